// Plays a video in a real browser: node video.mjs URL
// URL is a server's that holds `clip.mp4`, about a minute and 40 MB, that cuts off who takes nothing after a second or two, and tells its
// metrics at `/metrics`. NODE_PATH leads to playwright-core; CHROMIUM is the browser. Says what it sees; exits with 1 at the first fault.
import { createRequire } from "node:module";
import assert from "node:assert/strict";

const { chromium } = createRequire(import.meta.url)("playwright-core");
const url = process.argv[2];
const PATIENCE = { timeout: 20_000 };

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--autoplay-policy=no-user-gesture-required"],
});
const page = await browser.newPage();
const ranges = [];
page.on("response", (response) => {
  if (response.url().includes("/clip.mp4")) {
    ranges.push([response.status(), Number(/^bytes (\d+)-/.exec(response.headers()["content-range"])?.[1] ?? -1)]);
  }
});

const stalls = async () => {
  const text = await (await fetch(new URL("metrics", url))).text();
  return Number(/jsendfile_timeouts_total\{limit="stall"\} (\S+)/.exec(text)?.[1] ?? 0);
};
const video = (work, argument) => page.locator("video").evaluate(work, argument);
const time = () => video((v) => v.currentTime);
/** Waits until a time has been played. */
const played = (second) => page.waitForFunction((s) => document.querySelector("video").currentTime > s, second, PATIENCE);

try {
  await page.goto(`${url}clip.mp4`); // the browser makes a player of it
  await video((v) => { v.muted = true; return v.play(); });
  await played(1);
  assert.equal(await video((v) => Math.round(v.duration)), 60);
  console.log("plays");

  // A pause longer than the server waits: the connection is cut, and the browser asks for the rest.
  await video((v) => v.pause());
  const deadline = Date.now() + PATIENCE.timeout;
  while ((await stalls()) === 0) {
    assert.ok(Date.now() < deadline, "the server has not cut a browser that pauses");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const asked = ranges.length;
  await video((v) => { v.playbackRate = 8; return v.play(); });
  await played(45);
  await video((v) => { v.playbackRate = 1; });
  assert.ok(ranges.length > asked, "the browser has not asked again");
  console.log("plays on after a pause", ranges.slice(asked).join(" "));

  await page.goto(`${url}clip.mp4?again`); // nothing of it is in the browser's memory
  const before = ranges.length;
  for (const to of [55, 10, 30]) {
    await video((v, second) => new Promise((done) => { v.onseeked = done; v.currentTime = second; }), to);
    await played(to + 0.5);
    assert.ok((await time()) < to + 8, `is at ${await time()} after a seek to ${to}`);
  }
  const seeks = ranges.slice(before);
  assert.ok(seeks.every(([status]) => status === 206), `answers: ${seeks.join("; ")}`);
  assert.ok(seeks.some(([, first]) => first > 20_000_000), `answers: ${seeks.join("; ")}`);
  console.log("seeks", seeks.join(" "));
  assert.equal(await video((v) => v.error), null);
} finally {
  await browser.close();
}
