// Opens a page of `rashomon compare --format html` in Chromium and uses it as people do.
//
//   node page.mjs FILE… [--screenshot OUT.png] [--width 1440] [--dark] [--full] [--hold KEY] [--print]
//
// Without --screenshot it checks each file and exits with 1 if anything is wrong.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import puppeteer from "puppeteer-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const { values: options, positionals: files } = parseArgs({
  allowPositionals: true,
  options: {
    screenshot: { type: "string" },
    width: { type: "string", default: "1440" },
    height: { type: "string", default: "900" },
    dark: { type: "boolean", default: false },
    full: { type: "boolean", default: false },
    hold: { type: "string" },
    scroll: { type: "string" },
    print: { type: "boolean", default: false },
  },
});

const which = (name) => {
  try { return execFileSync("which", [name], { encoding: "utf8" }).trim(); } catch { return null; }
};
const chromium = process.env.CHROMIUM ?? which("chromium") ?? which("chromium-browser") ?? which("google-chrome");
if (!chromium) throw new Error("no Chromium found: apt-get install chromium, or set CHROMIUM");

const browser = await puppeteer.launch({ executablePath: chromium, args: ["--no-sandbox", "--force-color-profile=srgb"] });

/** A fresh tab on the file, with everything that goes wrong in it. */
async function open(file, { width = 1440, height = 900, dark = false, script = true } = {}) {
  const page = await browser.newPage();
  const wrong = [];
  const address = pathToFileURL(resolve(file)).href;
  page.on("console", (message) => ["error", "warn"].includes(message.type()) && wrong.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => wrong.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => { wrong.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => request.url().split("#")[0] !== address && wrong.push(`request: ${request.url()}`));
  await page.setJavaScriptEnabled(script);
  await page.setViewport({ width, height });
  await page.emulateMediaFeatures([
    { name: "prefers-color-scheme", value: dark ? "dark" : "light" },
    { name: "prefers-reduced-motion", value: "reduce" },
  ]);
  await page.goto(address, { waitUntil: "load" });
  return { page, wrong };
}

async function accessible(page) {
  // The page's own policy forbids strangers' scripts; the tester comes in through the debugger.
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  return violations.map(({ id, help, nodes }) => `axe: ${id}: ${help} (${nodes.length}) ${nodes[0].target} ${nodes[0].failureSummary?.replace(/\s+/g, " ")}`);
}

/** What overflows sideways, if the page can be scrolled sideways at all. */
const overflow = (page) => page.evaluate(() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const clipped = (node) => { for (let up = node.parentElement; up; up = up.parentElement) if (getComputedStyle(up).overflowX !== "visible") return true; return false; };
  const wide = [...document.body.querySelectorAll("*")].filter((node) => node.getBoundingClientRect().right > width + 1 && !clipped(node));
  return [`sideways: ${document.documentElement.scrollWidth} > ${width}: ${wide.slice(0, 4).map((node) => node.tagName + "." + node.getAttribute("class")).join(", ")}`];
});

/** Every link inside the page leads somewhere, and no id stands twice. */
const whole = (page) => page.evaluate(() => {
  const wrong = [];
  const ids = [...document.querySelectorAll("[id]")].map((node) => node.id);
  const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
  if (ids.length < 5000 && twice.length) wrong.push(`ids twice: ${twice.slice(0, 5)}`);
  const known = new Set(ids);
  const dead = [...document.querySelectorAll("a[href^='#']")].filter((link) => !known.has(decodeURIComponent(link.getAttribute("href").slice(1))));
  if (dead.length) wrong.push(`dead links: ${dead.slice(0, 5).map((link) => link.getAttribute("href"))} (${dead.length})`);
  const foreign = [...document.querySelectorAll("a[href]")].filter((link) => !/^(#|https?:\/\/)/i.test(link.getAttribute("href")));
  if (foreign.length) wrong.push(`foreign links: ${foreign[0].getAttribute("href")}`);
  if (document.querySelector("main script, main img, main style, main iframe")) wrong.push("a report made an element");
  if (document.title.includes("owned")) { if (document.title === "owned") wrong.push("a report ran a script"); }
  if (!document.documentElement.lang) wrong.push("no language");
  return wrong;
});

const state = (page) => page.evaluate(() => {
  const here = document.querySelector(".p.here");
  const on = [...document.querySelectorAll(".p.on")];
  const inView = (node) => { const box = node.getBoundingClientRect(); return box.width > 0 && box.top >= 0 && box.top < innerHeight; };
  return {
    bar: !document.querySelector(".bar").hidden,
    what: document.querySelector(".bar-what").textContent,
    here: here?.id ?? null,
    hereInView: here ? inView(here) : false,
    columns: new Set(on.map((node) => node.closest(".report").id)).size,
    focus: document.activeElement?.id || document.activeElement?.className || document.activeElement?.tagName,
    focusInText: !!document.activeElement?.closest?.(".text"),
  };
});

/** A claim is clicked: its passage comes into view with its counterparts; the keys go round. */
async function holding(page) {
  const wrong = [];
  const claim = await page.$(".claim-text a[data-k]");
  if (!claim) return wrong;
  const key = await claim.evaluate((link) => link.dataset.k);
  const expected = await page.evaluate((key) => new Set([...document.querySelectorAll(`.p[data-k~="${key}"]`)].map((piece) => piece.closest(".report").id)).size, key);
  await claim.click();
  let now = await state(page);
  if (!now.bar) wrong.push("click: the bar does not show");
  if (!now.hereInView) wrong.push("click: the passage is not in view");
  if (now.columns !== expected) wrong.push(`click: ${now.columns} of ${expected} columns lit`);
  if (!now.focusInText) wrong.push(`click: the focus is on ${now.focus}`);
  const first = now.here;
  for (let step = 1; step < Math.min(expected, 4); step++) {
    await page.keyboard.press("n");
    now = await state(page);
    if (now.here === first) wrong.push("n: it stays where it is");
    if (!now.hereInView) wrong.push("n: the counterpart is not in view");
  }
  if (expected > 1) {
    for (let step = 1; step < Math.min(expected, 4); step++) await page.keyboard.press("ArrowLeft");
    if ((await state(page)).here !== first) wrong.push("ArrowLeft: it does not come back");
  }
  await page.keyboard.press("Escape");
  now = await state(page);
  if (now.bar || now.columns) wrong.push("Escape: still held");
  if (await page.evaluate((key) => document.activeElement?.dataset?.k !== key, key)) wrong.push(`Escape: the focus is on ${now.focus}`);
  // The same by keyboard alone, from the link that has the focus.
  await page.keyboard.press("Enter");
  if (!(await state(page)).bar) wrong.push("Enter: nothing is held");
  await page.keyboard.press("b");
  if (await page.evaluate((key) => document.activeElement?.dataset?.k !== key, key)) wrong.push("b: not back at the finding");
  // From the words of a report to their counterparts.
  const piece = await page.$(".report:not([hidden]) .p.k-claim");
  if (piece) {
    await piece.evaluate((node) => node.scrollIntoView({ block: "center" }));
    await piece.hover();
    if (!(await page.evaluate(() => document.querySelectorAll(".p.lit").length))) wrong.push("hover: nothing lights up");
    await piece.click();
    if (!(await state(page)).bar) wrong.push("click on a passage: nothing is held");
    await page.keyboard.press("Escape");
  }
  return wrong;
}

/** The tab key goes through the page: each stop can be seen, and the walk ends. */
async function walk(page) {
  const wrong = [];
  await page.evaluate(() => { document.activeElement?.blur?.(); scrollTo(0, 0); });
  const stops = await page.evaluate(() => document.querySelectorAll("a[href]:not([tabindex='-1']), button, summary, input, [tabindex='0']").length);
  for (let stop = 0; stop < Math.min(stops, 60); stop++) {
    await page.keyboard.press("Tab");
    const seen = await page.evaluate(() => {
      const node = document.activeElement;
      if (!node || node === document.body) return { body: true };
      const style = getComputedStyle(node);
      return { tag: node.tagName + "." + node.className, ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0, width: node.getBoundingClientRect().width };
    });
    if (seen.body) break;
    if (!seen.ring) wrong.push(`tab: no visible focus on ${seen.tag}`);
    if (!seen.width) wrong.push(`tab: ${seen.tag} cannot be seen`);
  }
  return wrong;
}

async function check(file) {
  const wrong = [];
  const within = (where, found) => wrong.push(...found.map((what) => `${where}: ${what}`));
  for (const dark of [false, true]) {
    const { page, wrong: events } = await open(file, { dark });
    const where = dark ? "dark" : "light";
    within(where, await accessible(page));
    within(where, await whole(page));
    await page.evaluate(() => { for (const fold of document.querySelectorAll("details")) fold.open = true; });
    within(`${where}, unfolded`, await accessible(page));
    if (!dark) {
      await page.reload();
      within("keyboard", await walk(page));
      within("desktop", await holding(page));
    }
    within(where, events);
    await page.close();
  }
  for (const width of [320, 375, 900, 1920]) {
    const { page, wrong: events } = await open(file, { width, height: 760 });
    within(`${width} px`, await overflow(page));
    await page.evaluate(() => { for (const fold of document.querySelectorAll("details")) fold.open = true; });
    within(`${width} px, unfolded`, await overflow(page));
    await page.evaluate(() => { for (const fold of document.querySelectorAll("details")) fold.open = false; });
    if (width === 375) { within("phone", await holding(page)); within("phone", await accessible(page)); }
    within(`${width} px`, events);
    await page.close();
  }
  const { page, wrong: events } = await open(file, { script: false });
  within("without script", await overflow(page));
  within("without script", events);
  await page.close();
  return wrong;
}

let failed = false;
for (const file of files) {
  if (options.screenshot) {
    const { page } = await open(file, { width: Number(options.width), height: Number(options.height), dark: options.dark });
    if (options.print) await page.emulateMediaType("print");
    if (options.hold) await page.evaluate((key) => document.querySelector(`a[data-k~="${key}"]:not(.p)`).click(), options.hold);
    if (options.scroll) await page.evaluate((selector) => document.querySelector(selector).scrollIntoView(), options.scroll);
    await new Promise((done) => setTimeout(done, 200));
    await page.screenshot({ path: options.screenshot, fullPage: options.full });
    await page.close();
    continue;
  }
  const started = Date.now();
  const wrong = await check(file);
  failed ||= wrong.length > 0;
  console.log(`${wrong.length ? "FAIL" : "ok"}   ${file} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  for (const what of wrong) console.log(`       ${what}`);
}
await browser.close();
process.exitCode = failed ? 1 : 0;
