// A desk over an empty store, a server of feeds beside it, and a browser in front of it.
import { spawn } from "node:child_process";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { createServer as createSocketServer } from "node:net";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { html, rss } from "./reports.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const which = (name) => {
  try { return execFileSync("which", [name], { encoding: "utf8" }).trim(); } catch { return null; }
};

/** Serves a feed for each name; feeds may change while they are served. */
export async function feeds() {
  const held = new Map();
  const asked = [];
  const posted = [];
  const server = createServer((request, response) => {
    asked.push(request.url);
    if (request.method === "POST") {
      const parts = [];
      request.on("data", (part) => parts.push(part));
      request.on("end", () => {
        posted.push({ url: request.url, headers: request.headers, body: Buffer.concat(parts).toString() });
        response.writeHead(204).end();
      });
      return;
    }
    const reports = held.get(request.url);
    const report = [...held.values()].flat().find(({ path }) => path === request.url);
    if (report) {
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
      return response.end(html(report));
    }
    if (!reports) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": "application/rss+xml; charset=utf-8" });
    response.end(rss(reports, base));
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const base = `http://127.0.0.1:${server.address().port}`;
  return { base, asked, posted, put: (path, reports) => held.set(path, reports), close: () => server.close() };
}

/** A mail server that takes everything (RFC 5321, what a client needs of it). */
export async function mails() {
  const taken = [];
  const server = createSocketServer((socket) => {
    let data = null;
    let rest = "";
    socket.write("220 mail.example\r\n");
    socket.on("error", () => {});
    socket.on("data", (part) => {
      rest += part.toString("utf8");
      for (let end = rest.indexOf("\r\n"); end >= 0; end = rest.indexOf("\r\n")) {
        const line = rest.slice(0, end);
        rest = rest.slice(end + 2);
        if (data !== null) {
          if (line === ".") { taken.push(data.join("\n")); data = null; socket.write("250 taken\r\n"); } else data.push(line);
        } else if (/^EHLO/i.test(line)) socket.write("250 mail.example\r\n");
        else if (/^DATA/i.test(line)) { data = []; socket.write("354 go on\r\n"); }
        else if (/^QUIT/i.test(line)) socket.end("221 bye\r\n");
        else socket.write("250 ok\r\n");
      }
    });
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { address: `smtp://127.0.0.1:${server.address().port}`, taken, close: () => server.close() };
}

/** Starts the desk; gives its address. */
export async function desk(...options) {
  const folder = mkdtempSync(join(tmpdir(), "rashomon-desk-"));
  const db = join(folder, "desk.db");
  const program = process.env.RASHOMON ?? "rashomon";
  const child = spawn(program, ["serve", "--db", db, "--listen", "127.0.0.1:0", "--allow-private", "--delay", "10ms", "--every", "1s", ...options]);
  let log = "";
  const base = await new Promise((done, failed) => {
    child.stderr.on("data", (part) => {
      log += part;
      const found = /open at (http:\S+?)\/? /.exec(log);
      if (found) done(found[1]);
    });
    child.on("exit", () => failed(new Error(`the desk did not open: ${log}`)));
    child.on("error", failed);
  });
  const close = async () => {
    const gone = new Promise((done) => child.once("exit", done));
    child.kill("SIGTERM");
    const code = await gone;
    rmSync(folder, { recursive: true });
    return code;
  };
  return { base, db, log: () => log, close };
}

export async function browser() {
  const path = process.env.CHROMIUM ?? which("chromium") ?? which("chromium-browser") ?? which("google-chrome");
  if (!path) throw new Error("no Chromium found: apt-get install chromium, or set CHROMIUM");
  return chromium.launch({ executablePath: path, args: ["--no-sandbox", "--force-color-profile=srgb"] });
}

/** A tab, with everything that goes wrong in it. */
export async function tab(browser, { width = 1280, height = 900, dark = false, script = true } = {}) {
  const context = await browser.newContext({
    viewport: { width, height }, javaScriptEnabled: script,
    colorScheme: dark ? "dark" : "light", reducedMotion: "reduce",
  });
  const page = await context.newPage();
  const wrong = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && wrong.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => wrong.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => { wrong.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  return { page, wrong, close: () => context.close() };
}

export async function accessible(page) {
  // The page's own policy forbids strangers' scripts; the tester comes in through the debugger.
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  return violations.map(({ id, help, nodes }) => `axe: ${id}: ${help} (${nodes.length}) ${nodes[0].target} ${nodes[0].failureSummary?.replace(/\s+/g, " ")}`);
}

/** How far a page can be scrolled sideways. */
export const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
