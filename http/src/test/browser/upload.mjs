// Drives the folder's page in a real browser: node upload.mjs URL FILE SCREENSHOTS
// URL is a server's that takes uploads, with a file `old.txt`; FILE is uploaded; SCREENSHOTS is a directory, or - for none.
// NODE_PATH leads to playwright-core and axe-core; CHROMIUM is the browser. Says what it sees; exits with 1 at the first fault.
import { createRequire } from "node:module";
import net from "node:net";
import { basename } from "node:path";
import assert from "node:assert/strict";

const require = createRequire(import.meta.url);
const { chromium } = require("playwright-core");
const axe = require.resolve("axe-core/axe.min.js");
const [target, file, shots] = process.argv.slice(2);
const name = basename(file);

// Between browser and server, so that connections can be cut.
const pairs = new Set();
const between = net.createServer((near) => {
  const far = net.connect(Number(new URL(target).port), new URL(target).hostname);
  near.pipe(far).pipe(near);
  const cut = () => { near.destroy(); far.destroy(); pairs.delete(cut); };
  for (const side of [near, far]) { side.on("error", cut).on("close", cut); }
  pairs.add(cut);
});
await new Promise((resolve) => between.listen(0, "127.0.0.1", resolve));
const url = `http://127.0.0.1:${between.address().port}/`;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});
const context = await browser.newContext({ viewport: { width: 1100, height: 760 }, bypassCSP: false });
const page = await context.newPage();
const elsewhere = [];
page.on("request", (request) => { if (!request.url().startsWith(url) && !request.url().startsWith("data:")) { elsewhere.push(request.url()); } });
const complaints = [];
page.on("console", (message) => { if (message.type() === "error") { complaints.push(message.text()); } });
page.on("pageerror", (error) => complaints.push(String(error)));

const shoot = async (what) => { if (shots !== "-") { await page.screenshot({ path: `${shots}/${what}.png` }); } };
const row = (text) => page.locator("tbody tr", { hasText: text });

/** What axe finds serious. It is put in by the debugger, past the page's policy. */
const accessible = async (what) => {
  const { readFileSync } = await import("node:fs");
  await page.evaluate(readFileSync(axe, "utf8") + ";0");
  const found = await page.evaluate(() => axe.run({ resultTypes: ["violations"] }));
  const serious = found.violations.filter((violation) => ["serious", "critical"].includes(violation.impact));
  assert.deepEqual(serious.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(" ")}`), [], what);
};

const session = await context.newCDPSession(page);
await session.send("Network.enable");
const throttle = async (bytesPerSecond) => {
  await session.send("Network.emulateNetworkConditions",
    { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: bytesPerSecond });
};

try {
  for (const scheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.goto(url);
    await accessible(scheme);
    await shoot(scheme);
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 390, height: 760 });
  await page.goto(url);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, "scrolls sideways");
  await accessible("phone");
  await shoot("phone");
  await page.setViewportSize({ width: 1100, height: 760 });

  // An upload that is slow: its bar moves, and it can be cancelled.
  await page.goto(url);
  await throttle(300_000);
  await page.setInputFiles("#chosen", file);
  await page.waitForFunction(() => Number(document.querySelector("progress")?.value) > 0);
  await accessible("uploading");
  await shoot("uploading");
  await page.getByRole("button", { name: `Cancel ${name}` }).click();
  await page.locator(".jobs .cancelled").waitFor();
  await shoot("cancelled");
  await throttle(-1);

  // One whose connection breaks goes on where it was.
  await throttle(300_000);
  await page.setInputFiles("#chosen", file);
  await page.waitForFunction(() => Number(document.querySelector("progress")?.value) > 300_000);
  const complaintsBefore = complaints.length;
  pairs.forEach((cut) => cut());
  await page.locator(".jobs .failed").waitFor();
  await shoot("broken");
  complaints.length = complaintsBefore; // the browser does complain of that
  await throttle(-1);
  const resumed = page.waitForRequest((request) => request.method() === "PUT");
  await page.getByRole("button", { name: `Resume ${name}` }).click();
  assert.match((await resumed).headers()["content-range"] ?? "none", /^bytes [1-9]/, "begins anew");
  await page.locator(".jobs .done").waitFor();
  console.log("resumed");
  await row(name).getByRole("link", { name: `Delete ${name}` }).press("Enter");
  await page.getByRole("button", { name: "Delete", exact: true }).press("Enter");
  await row(name).waitFor({ state: "detached" });

  // One that completes appears.
  await page.setInputFiles("#chosen", file);
  await row(name).waitFor();
  console.log("uploaded");

  // One that would replace asks before.
  await page.setInputFiles("#chosen", file);
  await page.getByRole("dialog").waitFor();
  await accessible("question");
  await shoot("question");
  await page.getByRole("button", { name: "Replace" }).click();
  await page.locator(".jobs .done").waitFor();
  await shoot("done");

  // A drop.
  const dropped = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(["dropped"], "dropped.txt"));
    return data;
  });
  await page.dispatchEvent("body", "dragenter", { dataTransfer: dropped });
  await shoot("dragging");
  await page.dispatchEvent("body", "drop", { dataTransfer: dropped });
  await row("dropped.txt").waitFor();
  console.log("dropped");

  // A new folder and a deletion, by the keyboard.
  await page.focus("#folder-name");
  await page.keyboard.type("made here");
  await page.keyboard.press("Enter");
  await row("made here").waitFor();
  await row("old.txt").getByRole("link", { name: "Delete old.txt" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor();
  await shoot("delete");
  await page.keyboard.press("Escape");
  assert.equal(await row("old.txt").count(), 1, "Escape deletes nothing");
  await row("old.txt").getByRole("link", { name: "Delete old.txt" }).press("Enter");
  await page.getByRole("button", { name: "Delete", exact: true }).press("Enter");
  await row("old.txt").waitFor({ state: "detached" });
  console.log("deleted");

  assert.deepEqual(elsewhere, [], "asks elsewhere");
  assert.deepEqual(complaints, [], "the browser complains");

  // Without a script.
  const plain = await browser.newContext({ javaScriptEnabled: false });
  const bare = await plain.newPage();
  await bare.goto(url);
  await bare.setInputFiles("#chosen", { name: "plain.txt", mimeType: "text/plain", buffer: Buffer.from("plain") });
  await bare.getByRole("button", { name: "Upload", exact: true }).click();
  await bare.getByRole("link", { name: "plain.txt", exact: true }).waitFor();
  if (shots !== "-") { await bare.screenshot({ path: `${shots}/plain.png` }); }
  await bare.getByRole("link", { name: "Delete plain.txt" }).click();
  if (shots !== "-") { await bare.screenshot({ path: `${shots}/plain-delete.png` }); }
  await bare.getByRole("button", { name: "Delete" }).click();
  await bare.getByRole("link", { name: "plain.txt", exact: true }).waitFor({ state: "detached" });
  console.log("without a script");
} finally {
  await browser.close();
  between.close();
  pairs.forEach((cut) => cut());
}
