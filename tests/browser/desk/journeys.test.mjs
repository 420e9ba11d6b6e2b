// The main ways through the desk, in a real browser.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, before, test } from "node:test";
import { accessible, browser, desk, feeds, mails, overflow, tab } from "./harness.mjs";
import { hostile, late, later, reports } from "./reports.mjs";

let papers, letters, office, chromium, reader, page;
const FEEDS = ["/herald.xml", "/gazette.xml", "/standard.xml", "/orchard.xml"];

before(async () => {
  papers = await feeds();
  FEEDS.forEach((path, at) => papers.put(path, [reports[at]]));
  letters = await mails();
  office = await desk("--smtp", letters.address, "--mail-from", "Desk <desk@herald.example>");
  chromium = await browser();
  reader = await tab(chromium);
  page = reader.page;
});
after(async () => {
  await chromium?.close();
  assert.equal(await office?.close(), 0, "the desk closes cleanly");
  papers?.close();
  letters?.close();
});

test("an empty desk says what to do", async () => {
  await page.goto(office.base);
  await page.getByRole("link", { name: "Add feeds" }).click();
  await page.waitForURL("**/sources");
});

test("feeds are added, and a story forms while one looks on", async () => {
  const onlooker = await tab(chromium);
  await onlooker.page.goto(office.base);
  for (const path of FEEDS.slice(0, 2)) {
    await page.getByLabel("Address of a feed").fill(papers.base + path);
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await page.locator("table.feeds tr").filter({ hasText: papers.base + path }).waitFor();
  }
  const outline = `<opml version="2.0"><body>${FEEDS.slice(2).map((path) => `<outline type="rss" xmlUrl="${papers.base}${path}"/>`).join("")}</body></opml>`;
  await page.getByLabel("Or a list of feeds").fill(outline);
  await page.getByRole("button", { name: "Add all" }).click();
  await page.locator("table.feeds tr").filter({ hasText: papers.base + FEEDS[3] }).waitFor();
  // The other tab learns of it by itself.
  await onlooker.page.getByRole("heading", { level: 2, name: /Marlin/ }).waitFor({ timeout: 20000 });
  await onlooker.page.getByText("3 reports").first().waitFor({ timeout: 20000 });
  assert.deepEqual(onlooker.wrong, []);
  await onlooker.close();
});

test("sources tell how they are, and go out as OPML", async () => {
  await page.goto(`${office.base}/sources`);
  await page.getByText("well").first().waitFor();
  const opml = await (await page.request.get(`${office.base}/sources.opml`)).text();
  for (const path of FEEDS) assert.ok(opml.includes(papers.base + path), path);
});

test("a story opens, and a discrepancy leads to the words", async () => {
  await page.goto(office.base);
  await page.getByRole("link", { name: /Marlin/ }).first().click();
  await page.waitForURL(/stories\/s\d+$/);
  const conflict = page.locator(".difference.conflict").first();
  await conflict.waitFor();
  assert.match(await conflict.innerText(), /14/);
  await conflict.locator(".side a.words").first().click();
  await page.locator(".bar").waitFor();
  const here = page.locator(".p.here").first();
  await here.waitFor();
  assert.ok(await here.isVisible());
  await page.keyboard.press("n");
  await page.keyboard.press("Escape");
});

test("a report that comes slides in, and the page stays where it is", async () => {
  await page.evaluate(() => document.querySelector("section.reports").scrollIntoView());
  const before = await page.locator(".report").count();
  papers.put("/wire.xml", [late]);
  const answer = await page.request.post(`${office.base}/sources/add`, { form: { address: `${papers.base}/wire.xml` } });
  assert.ok(answer.ok());
  await page.locator(".report").nth(before).waitFor({ state: "attached", timeout: 20000 });
  await page.getByText("A report has joined").waitFor();
  const top = await page.evaluate(() => document.querySelector("section.reports").getBoundingClientRect().top);
  assert.ok(Math.abs(top) < 40, `the reader was moved by ${top} px`);
});

test("a report is split off by hand, and comes back", async () => {
  const story = page.url();
  const member = page.locator(".member").filter({ hasText: "Northern Wire" });
  await member.getByRole("checkbox").check();
  await page.getByRole("button", { name: "Split the chosen off" }).click();
  await page.waitForURL((url) => url.href !== story && /stories\/s\d+$/.test(url.href));
  await page.getByText("1 report").first().waitFor();
  await page.goto(story);
  assert.equal(await page.locator(".member").filter({ hasText: "Northern Wire" }).count(), 0);
  await page.getByText("Decided by hand").waitFor();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.waitForURL(story);
  await page.locator(".member").filter({ hasText: "Northern Wire" }).waitFor();
  assert.equal(await page.getByText("Decided by hand").count(), 0);
});

test("what was said is searched as one types", async () => {
  await page.goto(`${office.base}/search`);
  await page.getByLabel("Quotations").check();
  await page.getByRole("searchbox", { name: /Words/ }).pressSequentially("speaker:Varnholt curtain");
  await page.locator(".hit blockquote").first().waitFor();
  assert.match(await page.locator(".hit blockquote").first().innerText(), /like a curtain/);
  assert.ok(page.url().includes("curtain"));
});

test("people and outlets have their pages", async () => {
  await page.goto(office.base);
  await page.getByRole("navigation", { name: "Desk" }).getByRole("link", { name: "People" }).click();
  await page.getByRole("searchbox", { name: "Whose name begins so" }).pressSequentially("varn");
  await page.getByRole("link", { name: "Ilse Varnholt" }).click();
  await page.getByRole("heading", { level: 1, name: "Ilse Varnholt" }).waitFor();
  assert.match(await page.locator(".said blockquote").first().innerText(), /like a curtain/);
  await page.getByRole("navigation", { name: "Desk" }).getByRole("link", { name: "Outlets" }).click();
  await page.getByRole("link", { name: "Tarn Gazette" }).click();
  await page.getByRole("heading", { name: /What it tells alone/ }).waitFor();
});

test("a search is saved, and tells of what is new by feed, webhook and e-mail", async () => {
  await page.goto(`${office.base}/search?q=Marlin`);
  await page.getByRole("link", { name: "Tell me of new ones" }).click();
  await page.getByLabel("Name").fill("The ferry");
  await page.getByText("Also tell somebody").click();
  await page.getByLabel("Webhook").fill(`${papers.base}/hook`);
  await page.getByLabel("Its secret").fill("whsec_c2VjcmV0IG9mIHRoZSBkZXNr");
  await page.getByLabel("E-mail").fill("ada@herald.example");
  await page.getByRole("button", { name: "Save" }).click();
  await page.locator(".saved").filter({ hasText: "The ferry" }).waitFor();
  papers.put("/weekly.xml", [later]);
  await page.request.post(`${office.base}/sources/add`, { form: { address: `${papers.base}/weekly.xml` } });
  await page.getByText("1 new for “The ferry”").waitFor({ timeout: 20000 });
  await page.getByText("webhook: told").waitFor({ timeout: 20000 });
  await page.getByText("email: told").waitFor({ timeout: 20000 });
  assert.equal(papers.posted.length, 1);
  const [{ headers, body }] = papers.posted;
  const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  const expected = createHmac("sha256", Buffer.from("c2VjcmV0IG9mIHRoZSBkZXNr", "base64")).update(signed).digest("base64");
  assert.equal(headers["webhook-signature"], `v1,${expected}`);
  assert.match(JSON.parse(body).article.title, /Divers/);
  assert.equal(letters.taken.length, 1);
  assert.match(letters.taken[0], /Subject: The ferry: Divers/);
  const feed = await page.request.get(new URL(await page.getByRole("link", { name: "Feed" }).getAttribute("href"), office.base).href);
  assert.match(await feed.text(), /<title>The ferry<\/title>[^]*Divers/);
});

test("a wrong query is told and breaks nothing", async () => {
  await page.goto(`${office.base}/search?q=${encodeURIComponent('"harbour')}`);
  await page.getByRole("alert").waitFor();
});

test("nothing that a feed says runs", async () => {
  papers.put("/evil.xml", [hostile]);
  await page.request.post(`${office.base}/sources/add`, { form: { address: `${papers.base}/evil.xml` } });
  const evil = await tab(chromium);
  const search = `${office.base}/search?q=${encodeURIComponent("outlet:Evil")}`;
  await evil.page.goto(search);
  for (let tries = 0; tries < 100 && !(await evil.page.locator(".hit").count()); tries++) {
    await evil.page.waitForTimeout(200);
    await evil.page.reload();
  }
  const story = await evil.page.locator(".hit h2 a").first().getAttribute("href");
  await evil.page.goto(office.base + story);
  const article = await evil.page.locator(".member").filter({ hasText: "Evil" }).getByRole("link").first().getAttribute("href");
  const paths = ["/?only=single", "/sources", "/search?q=Marlin", "/search?q=outlet:Evil", "/search?q=Varnholt&kind=quotation", story, article];
  for (const path of paths) {
    await evil.page.goto(office.base + path);
    assert.notEqual(await evil.page.title(), "owned", path);
    const strangers = await evil.page.evaluate(() => document.querySelectorAll("main script, main img, main iframe, main style, main [onload], main [onerror], main [onmouseover]").length);
    assert.equal(strangers, 0, path);
    assert.ok((await overflow(evil.page)) <= 0, `${path} scrolls sideways`);
  }
  assert.deepEqual(evil.wrong, []);
  await evil.close();
});

test("every page is accessible, fits every width and works without scripts", async () => {
  await page.goto(office.base);
  const story = await page.locator(".entry h2 a").first().getAttribute("href");
  const paths = ["/", story, "/search?q=fog", "/sources", "/alerts", "/people", "/people/ilse%20varnholt", "/outlets", "/outlets/Tarn%20Gazette", "/articles/a1", "/nowhere"];
  for (const path of paths) {
    for (const dark of [false, true]) {
      const one = await tab(chromium, { dark });
      await one.page.goto(office.base + path);
      assert.deepEqual(await accessible(one.page), [], `${path} ${dark ? "dark" : "light"}`);
      assert.deepEqual(one.wrong.filter((what) => path !== "/nowhere" || !what.includes("404")), [], path);
      await one.close();
    }
    for (const width of [320, 390, 820, 1920]) {
      const one = await tab(chromium, { width });
      await one.page.goto(office.base + path);
      assert.ok((await overflow(one.page)) <= 0, `${path} scrolls sideways at ${width} px`);
      await one.close();
    }
    const plain = await tab(chromium, { script: false });
    await plain.page.goto(office.base + path);
    assert.ok((await plain.page.locator("main h1").first().innerText()).length > 0, path);
    await plain.close();
  }
});
