// Pictures of the desk over the sample stories, for the docs.
//
//   RASHOMON=… node pictures.mjs FOLDER [--widths 1280,820,390]
import { execFileSync } from "node:child_process";
import { parseArgs } from "node:util";
import { browser, desk, tab } from "./harness.mjs";

const { values: { widths, samples }, positionals: [folder] } = parseArgs({
  allowPositionals: true,
  options: { widths: { type: "string", default: "1280" }, samples: { type: "string", default: "samples" } },
});

const office = await desk("--no-fetch");
execFileSync(process.env.RASHOMON ?? "rashomon", ["ingest", samples, "--db", office.db, "--quiet"]);
const chromium = await browser();
const pages = { desk: "/", person: "/people/ingrid%20thorsall", outlet: "/outlets/NPA", search: "/search?q=strike" };
for (const width of widths.split(",").map(Number)) {
  for (const [name, path] of Object.entries(pages)) {
    const { page, close } = await tab(chromium, { width, height: 900 });
    await page.goto(office.base + path);
    await page.waitForLoadState("load");
    await page.screenshot({ path: `${folder}/${name}${width === 1280 ? "" : `-${width}`}.png` });
    await close();
  }
}
await chromium.close();
await office.close();
