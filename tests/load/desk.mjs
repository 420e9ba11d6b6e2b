// Asks a desk for mixed pages at a fixed rate while it takes in articles, and tells how long the
// answers took and how its memory grew.
//
//   node desk.mjs STORE REPORTS.jsonl [--seconds 600] [--warm 20] [--rate 200] [--articles 50]
//       [--program rashomon]
//
// STORE is copied and stays as it is. REPORTS are sent again and again through a feed of this
// program's own, with new ids and a word of their own in each. Requests go to 127.0.0.1 alone. A
// request's time counts from the moment at which it was due, so that a server that lags is not
// spared the requests that wait (no coordinated omission). The first seconds, in which stories are
// compared that nobody asked for since the start, are told apart.
import { spawn } from "node:child_process";
import { copyFileSync, createReadStream, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { Agent, createServer, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { createGunzip } from "node:zlib";

const { values: options, positionals: [store, reports] } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: "string", default: "600" },
    rate: { type: "string", default: "200" },
    articles: { type: "string", default: "50" },
    warm: { type: "string", default: "20" },
    program: { type: "string", default: process.env.RASHOMON ?? "rashomon" },
  },
});
const [seconds, rate, articles, warm] = [options.seconds, options.rate, options.articles, options.warm].map(Number);

// The reports to send.
const texts = [];
const stream = createReadStream(reports);
for await (const line of createInterface({ input: reports.endsWith(".gz") ? stream.pipe(createGunzip()) : stream })) {
  const { title, text, outlet, articles: nested } = JSON.parse(line);
  for (const one of nested ?? [{ title, text, outlet }]) if ((one.text ?? "").length > 300) texts.push(one);
}

const escape = (text) => text.replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd]/g, " ").replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);
let sent = 0;
const begun = Date.now();
// Each request for the feed gives what is due since the last one.
const feed = createServer((asked, answer) => {
  if (asked.url !== "/feed.xml") return answer.writeHead(404).end();
  const due = Math.min(Math.floor((Date.now() - begun) / 1000 * articles) - sent, articles * 20);
  const items = [];
  for (let at = 0; at < due; at++, sent++) {
    const { title, text } = texts[sent % texts.length];
    const mark = `run${sent.toString(36)}`;
    items.push(`<item><title>${escape(title ?? "A report")} ${mark}</title><link>http://paper${sent % 40}.example/${mark}</link><guid>${mark}</guid>
      <pubDate>${new Date().toUTCString()}</pubDate><content:encoded>${escape(text.split("\n").map((part) => `<p>${escape(part)}</p>`).join(""))}</content:encoded></item>`);
  }
  answer.writeHead(200, { "content-type": "application/rss+xml" });
  answer.end(`<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Load</title><link>http://127.0.0.1</link><description>x</description>${items.join("")}</channel></rss>`);
});
await new Promise((done) => feed.listen(0, "127.0.0.1", done));

const folder = mkdtempSync(join(tmpdir(), "rashomon-load-"));
const db = join(folder, "desk.db");
copyFileSync(store, db);
const desk = spawn(options.program, ["serve", "--db", db, "--listen", "127.0.0.1:0", "--allow-private", "--pages", "never", "--every", "1s", "--delay", "1ms"]);
let log = "";
const base = await new Promise((done, failed) => {
  desk.stderr.on("data", (part) => { log += part; const found = /open at (http:\S+?)\/? /.exec(log); if (found) done(found[1]); });
  desk.on("exit", () => failed(new Error(log)));
});
const memory = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${desk.pid}/status`, "utf8"))[1]) / 1024;

// Seconds of processor, of the desk with all its threads.
const processor = () => readFileSync(`/proc/${desk.pid}/stat`, "utf8").split(") ")[1].split(" ").slice(11, 13).reduce((sum, ticks) => sum + Number(ticks) / 100, 0);

const agent = new Agent({ keepAlive: true, maxSockets: 64 });
// Pages are asked for packed, as browsers do.
let packed = false;
const get = (path, method = "GET", body = null) => new Promise((done, failed) => {
  const asked = request(base + path, { agent, method, headers: body ? { "content-type": "application/x-www-form-urlencoded" } : packed ? { "accept-encoding": "gzip" } : {} }, (answer) => {
    let size = 0;
    const parts = [];
    answer.on("data", (part) => { size += part.length; if (size < 200000) parts.push(part); });
    answer.on("end", () => done({ status: answer.statusCode, size, text: Buffer.concat(parts).toString() }));
  });
  asked.on("error", failed);
  asked.end(body);
});
const found = (text, pattern) => [...text.matchAll(pattern)].map((match) => match[1]);
const front = await get("/?order=told");
const stories = [...found(front.text, /href="(\/stories\/s\d+)"/g), ...found((await get("/")).text, /href="(\/stories\/s\d+)"/g)];
const people = found((await get("/people")).text, /href="(\/people\/[^"]+)"/g);
const outlets = found((await get("/outlets")).text, /href="(\/outlets\/[^"]+)"/g);
const words = ["minister", "election", "\"climate change\"", "speaker:Trump", "court ruling", "strike OR protest", "outlet:cnn", "police"];
await get("/sources/add", "POST", new URLSearchParams({ address: `http://127.0.0.1:${feed.address().port}/feed.xml` }).toString());

// Of a hundred requests so many of a kind.
const kinds = [
  [30, "front", () => "/"],
  [20, "story", (at) => stories[at % stories.length]],
  [10, "told", () => "/?order=told"],
  [10, "search", (at) => `/search?q=${encodeURIComponent(words[at % words.length])}`],
  [8, "quotations", (at) => `/search?kind=quotation&q=${encodeURIComponent(words[at % words.length])}`],
  [8, "person", (at) => people[at % people.length]],
  [7, "outlet", (at) => outlets[at % outlets.length]],
  [5, "sources", () => "/sources"],
  [2, "article", (at) => `/articles/a${1 + at % 1000}`],
];
const deck = kinds.flatMap(([share, name, path]) => Array.from({ length: share }, () => ({ name, path })));
// The same order each time: a step that shares no factor with a hundred.
const pick = (at) => deck[(at * 37) % deck.length];

packed = true;
const times = new Map(kinds.map(([, name]) => [name, []]));
const everything = [];
let failed = 0;
let open = 0;
const start = performance.now();
const used = processor();
const marks = [];
const watch = setInterval(() => marks.push([Math.round((performance.now() - start) / 1000), Math.round(memory())]), 10000);
const total = (warm + seconds) * rate;
const warming = [];
await new Promise((done) => {
  let at = 0;
  const tick = setInterval(() => {
    while (at < total && performance.now() - start >= at * 1000 / rate) {
      const due = start + at * 1000 / rate;
      const { name, path } = pick(at);
      open += 1;
      get(path(at)).then(({ status }) => { if (status >= 500 || status === 429) failed += 1; }, () => { failed += 1; }).finally(() => {
        const took = performance.now() - due;
        if (due - start < warm * 1000) warming.push(took);
        else { times.get(name).push(took); everything.push(took); }
        open -= 1;
        if (at >= total && open === 0) { clearInterval(tick); done(); }
      });
      at += 1;
    }
  }, 2);
});
clearInterval(watch);
const quantile = (list, q) => Number([...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * q))].toFixed(1));
const line = (list) => list.length && ({ n: list.length, p50: quantile(list, .5), p99: quantile(list, .99), max: quantile(list, 1) });
const taken = /new=(\d+)/g;
const kept = found(log, taken).reduce((sum, count) => sum + Number(count), 0);
console.log(JSON.stringify({
  seconds, rate, articles_sent: sent, articles_kept: kept, articles_per_second: Number((kept / (warm + seconds)).toFixed(1)),
  failed, milliseconds: { warming_up: line(warming), all: line(everything), ...Object.fromEntries([...times].map(([name, list]) => [name, line(list)])) },
  processor_seconds: { desk: Number((processor() - used).toFixed(1)), client: Number((process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6).toFixed(1)) },
  memory_mib: marks,
}, null, 1));
desk.kill("SIGTERM");
await new Promise((done) => desk.once("exit", done));
rmSync(folder, { recursive: true });
feed.close();
agent.destroy();
