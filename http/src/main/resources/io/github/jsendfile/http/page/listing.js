"use strict";
(() => {
  const one = (id) => document.getElementById(id);
  const say = (text) => { one("found").textContent = text; };
  let rows = [];
  let names = [];
  let present = new Set();

  // Times, as the reader's clock and language tell them.
  const near = new Intl.DateTimeFormat(undefined, {
    year: "numeric", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" });
  const full = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "long" });
  const localize = (time) => {
    const date = new Date(time.dateTime);
    if (!Number.isNaN(date.getTime())) {
      time.textContent = near.format(date);
      time.title = full.format(date);
    }
  };

  // The filter: at once where everything is on this page, by the server where it is not.
  const filter = one("filter");
  const whole = !document.querySelector(".pages, .note");
  const applyFilter = () => {
    const wanted = filter.value.toLowerCase();
    let shown = 0;
    rows.forEach((row, i) => {
      row.hidden = !names[i].includes(wanted);
      shown += row.hidden ? 0 : 1;
    });
    const none = one("files").querySelector(".empty");
    if (rows.length && none) { none.remove(); }
    if (rows.length && !shown) {
      one("files").append(Object.assign(document.createElement("p"), { className: "empty", textContent: "Nothing found." }));
    }
    say(wanted ? `${shown} of ${rows.length} shown` : "");
  };

  // The table, now and whenever it has changed.
  const dress = () => {
    rows = [...document.querySelectorAll("tbody tr:not(.up)")];
    names = rows.map((row) => row.querySelector("bdi").textContent.toLowerCase());
    present = new Set(rows.map((row) => row.querySelector("th a")).filter(Boolean)
      .map((link) => decodeURIComponent(link.getAttribute("href"))));
    document.querySelectorAll("time").forEach(localize);
    if (whole && filter.value) { applyFilter(); }
  };
  dress();
  const refresh = async () => {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
    if (!answer?.ok) { return; } // what is shown stays, and the uploads that wait to be resumed
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!fresh.querySelector("main#files + footer")) { location.reload(); return; } // an index file
    for (const part of ["main", "footer"]) {
      document.querySelector(part).replaceWith(fresh.querySelector(part));
    }
    dress();
    if (document.activeElement === document.body) { one("files").focus({ preventScroll: true }); }
  };

  if (whole) {
    one("apply").hidden = true;
    filter.addEventListener("input", applyFilter);
    filter.form.addEventListener("submit", (event) => {
      event.preventDefault();
      const first = rows.find((row) => !row.hidden && row.querySelector("a"));
      if (first) { first.querySelector("a").focus(); }
    });
  }
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, dialog");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      filter.focus();
    }
    if (event.key === "Escape" && event.target === filter && whole) {
      filter.value = "";
      applyFilter();
    }
  });

  // Questions.
  const ask = (question, about, yes) => new Promise((resolve) => {
    const dialog = one("ask");
    one("question").textContent = question;
    one("about").textContent = about;
    one("yes").textContent = yes;
    one("yes").className = yes === "Close" ? "" : "danger";
    one("no").hidden = yes === "Close";
    dialog.returnValue = "no";
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
    dialog.showModal();
  });
  const tell = (text) => ask("That did not work", text, "Close");
  const reason = (status) => ({
    0: "The connection broke.", 401: "You need to log in.", 403: "That is not allowed.",
    404: "It is not there any more.", 409: "There is something of that name already.",
    412: "There is a file of that name already.", 413: "That is more than the server accepts.",
    507: "There is no space left on the server." })[status] || `The server answered ${status}.`;

  // Delete.
  const remove = async (row) => {
    const name = row.querySelector("bdi").textContent;
    const target = row.querySelector("th a").getAttribute("href");
    const about = target.endsWith("/")
      ? "The folder is deleted with everything in it. This cannot be undone."
      : "This cannot be undone.";
    if (!await ask(`Delete ${name}?`, about, "Delete")) { return; }
    const answer = await fetch(target, { method: "DELETE" }).catch(() => ({ status: 0 }));
    if (answer.ok || answer.status === 404) {
      await refresh();
      say(`${name} is deleted`);
    } else {
      tell(reason(answer.status));
    }
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".acts a");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      remove(link.closest("tr"));
    }
  });

  const send = one("send");
  if (!send) { return; }
  const replaces = send.dataset.replaces === "true";

  // New folder.
  const address = (path) => path.split("/").map(encodeURIComponent).join("/");
  const makeFolder = (path) => fetch(`${address(path)}/`, { method: "MKCOL" }).catch(() => ({ status: 0 }));
  one("make")?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const name = one("folder-name").value;
    if (name.includes("/") || name === "." || name === "..") { tell("A name cannot contain a slash."); return; }
    const answer = await makeFolder(name);
    if (answer.ok) {
      one("make").reset();
      await refresh();
      say(`The folder ${name} is there`);
    } else {
      tell(answer.status === 405 ? "There is something of that name already." : reason(answer.status));
    }
  });

  // Uploads: two at a time, each with its own progress, to be cancelled, tried again and resumed.
  const waiting = [];
  let running = 0;
  let unseen = 0; // finished, and not in the table yet
  const human = (bytes) => {
    const units = ["B", "KiB", "MiB", "GiB", "TiB"];
    let i = 0;
    for (; bytes >= 999.5 && i < units.length - 1; i++) { bytes /= 1024; }
    return `${bytes.toFixed(i === 0 || bytes >= 9.95 ? 0 : 1)} ${units[i]}`;
  };

  class Upload {
    constructor(file, path) {
      this.file = file;
      this.path = path;
      // tells this file from another of its name: nothing is put behind a part of another
      this.address = `${address(path)}?upload=${file.size}-${file.lastModified}`;
      this.item = document.createElement("li");
      const what = document.createElement("span");
      what.className = "what";
      what.append(document.createElement("bdi"));
      what.firstChild.textContent = path;
      this.state = document.createElement("span");
      this.state.className = "state";
      this.button = document.createElement("button");
      this.button.type = "button";
      this.button.addEventListener("click", () => this.press());
      this.bar = document.createElement("progress");
      this.bar.max = Math.max(file.size, 1);
      this.bar.value = 0;
      this.bar.setAttribute("aria-label", `Progress of ${path}`);
      this.item.append(what, this.state, this.button, this.bar);
      one("jobs").append(this.item);
      one("jobs").hidden = false;
      this.show("Waiting", "Cancel");
    }

    show(text, action, kind = "") {
      this.state.textContent = text;
      this.state.className = `state ${kind}`;
      this.button.textContent = action;
      this.button.hidden = !action;
      if (action) { this.button.setAttribute("aria-label", `${action} ${this.path}`); }
      this.bar.hidden = kind !== "";
      if (kind) { say(`${this.path}: ${text}`); } // not each step of the bar, which can be asked for
    }

    press() {
      if (this.failed) {
        this.failed = false;
        this.show("Waiting", "Cancel");
        waiting.push(this);
        next();
      } else {
        this.cancelled = true;
        if (this.request) { this.request.abort(); } else { this.show("Cancelled", "", "cancelled"); }
      }
    }

    /** Resolves when it is over, well or not. */
    async run() {
      let position = 0;
      if (this.tried) {
        const held = await fetch(this.address, { method: "HEAD" }).catch(() => null);
        const length = held && held.ok ? Number(held.headers.get("Upload-Offset")) : 0;
        if (length > 0 && length < this.file.size) { position = length; }
      }
      if (this.cancelled) { return; }
      this.tried = true;
      await new Promise((resolve) => this.put(position, resolve));
    }

    put(position, over) {
      const request = this.request = new XMLHttpRequest();
      let shown = 0;
      const progress = (sent) => { this.state.textContent = `${human(position + sent)} of ${human(this.file.size)}`; };
      progress(0);
      request.open("PUT", this.address);
      if (!this.replace) { request.setRequestHeader("If-None-Match", "*"); }
      if (position > 0) {
        request.setRequestHeader("Content-Range", `bytes ${position}-${this.file.size - 1}/${this.file.size}`);
      }
      request.upload.onprogress = (event) => {
        this.bar.value = position + event.loaded;
        const now = Date.now();
        if (now - shown > 250) {
          shown = now;
          progress(event.loaded);
        }
      };
      request.upload.onload = () => { this.state.textContent = "Finishing"; };
      request.onloadend = () => {
        this.request = null;
        if (this.cancelled) {
          this.show("Cancelled", "", "cancelled");
          this.discard();
        } else if (request.status >= 200 && request.status < 300) {
          unseen++;
          this.show("Done", "", "done");
        } else {
          this.failed = true;
          this.show(reason(request.status), request.status === 0 ? "Resume" : "Try again", "failed");
        }
        over();
      };
      request.send(position > 0 ? this.file.slice(position) : this.file);
    }

    /** What the server holds of it is of no use any more; it may take a moment to see that nothing more comes. */
    discard(attempts = 3) {
      setTimeout(async () => {
        const answer = await fetch(this.address, { method: "DELETE" }).catch(() => null);
        if (answer?.status === 404 && attempts > 1) { this.discard(attempts - 1); }
      }, 1000);
    }
  }

  const next = () => {
    while (running < 2 && waiting.length > 0) {
      const upload = waiting.shift();
      if (upload.cancelled) { continue; }
      running++;
      upload.run().finally(() => {
        running--;
        next();
        if (running === 0 && unseen > 0) {
          unseen = 0;
          refresh();
        }
      });
    }
  };
  addEventListener("beforeunload", (event) => { if (running > 0) { event.preventDefault(); } });

  const begin = async (files) => {
    const clashes = files.filter(([, path]) => present.has(path));
    let replace = false;
    if (clashes.length > 0 && replaces) {
      const what = clashes.length === 1 ? clashes[0][1] : `${clashes.length} files`;
      replace = await ask(`Replace ${what}?`, "What is there now will be lost.", "Replace");
    }
    document.querySelectorAll(".jobs li:has(.done, .cancelled)").forEach((item) => item.remove());
    for (const entry of files) {
      const upload = new Upload(...entry);
      upload.replace = replace && clashes.includes(entry);
      waiting.push(upload);
    }
    next();
  };

  if (matchMedia("(any-pointer: fine)").matches) {
    one("hint").textContent = "Drop files or folders anywhere on this page.";
  }
  send.addEventListener("submit", (event) => {
    event.preventDefault();
    begin([...one("chosen").files].map((file) => [file, file.name]));
    send.reset();
  });
  one("chosen").addEventListener("change", () => send.requestSubmit());
  send.querySelector("button").hidden = true;
  send.classList.add("scripted");

  // Drag and drop, folders with what is in them.
  const read = async (entry, path, files) => {
    if (entry.isFile) {
      files.push([await new Promise((resolve, reject) => entry.file(resolve, reject)), path]);
      return;
    }
    await makeFolder(path);
    const reader = entry.createReader();
    for (;;) {
      const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
      if (some.length === 0) { return; }
      for (const child of some) { await read(child, `${path}/${child.name}`, files); }
    }
  };
  let depth = 0;
  const over = (on) => document.body.classList.toggle("over", on);
  addEventListener("dragenter", (event) => { if (event.dataTransfer?.types.includes("Files")) { depth++; over(true); } });
  addEventListener("dragleave", () => { depth = Math.max(0, depth - 1); over(depth > 0); });
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", async (event) => {
    event.preventDefault();
    depth = 0;
    over(false);
    const files = [];
    const entries = [];
    for (const item of event.dataTransfer.items) {
      const entry = item.webkitGetAsEntry?.();
      const file = entry ? null : item.getAsFile();
      if (entry) { entries.push(entry); } else if (file) { files.push([file, file.name]); }
    }
    try {
      for (const entry of entries) { await read(entry, entry.name, files); }
      begin(files);
    } catch (e) {
      tell("Some of it could not be read.");
    }
  });
})();
