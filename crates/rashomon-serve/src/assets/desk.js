(() => {
"use strict";
const all = (root, selector) => Array.from(root.querySelectorAll(selector));
const live = document.querySelector(".live");
let quiet;
function say(text) {
  live.textContent = text;
  clearTimeout(quiet);
  quiet = setTimeout(() => { live.textContent = ""; }, 6000);
}

// Moments are written in UTC; a reader counts from now.
const short = new Intl.RelativeTimeFormat("en", { numeric: "auto", style: "short" });
function ago(root) {
  for (const time of all(root, "time[datetime]")) {
    const minutes = (Date.parse(time.dateTime) - Date.now()) / 60000;
    if (Math.abs(minutes) < 1) time.textContent = "just now";
    else if (Math.abs(minutes) < 60) time.textContent = short.format(Math.round(minutes), "minute");
    else if (Math.abs(minutes) < 60 * 24) time.textContent = short.format(Math.round(minutes / 60), "hour");
  }
}
ago(document);
setInterval(() => ago(document), 30000);

// Pieces of this server's own pages, parsed without running anything in them.
async function fetched(address) {
  const answer = await fetch(address, { headers: { accept: "text/html" }, credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

// A list that is open is fetched anew when something happened; what is new in it lights up.
async function renew(list) {
  const address = new URL(list.dataset.live, location.href);
  address.search = location.search;
  const page = await fetched(address);
  const fresh = page.getElementById(list.id) ?? page.body;
  const key = (item) => item.dataset.story && `${item.dataset.story} ${item.textContent}`;
  const known = new Set(all(list, "[data-story]").map(key));
  const hadFocus = list.contains(document.activeElement) && document.activeElement.getAttribute("href");
  list.replaceChildren(...fresh.childNodes);
  for (const item of all(list, "[data-story]")) if (known.size && !known.has(key(item))) item.classList.add("arrived");
  if (hadFocus) list.querySelector(`a[href="${CSS.escape(hadFocus)}"]`)?.focus({ preventScroll: true });
  ago(list);
}

// The comparison of a story that is open, in place of the old one: folds stay open, and the page
// stays where it is.
const synopsis = document.getElementById("synopsis");
async function grow() {
  const page = await fetched(`/stories/s${synopsis.dataset.story}/synopsis`);
  const fresh = page.querySelector("[data-version]");
  if (!fresh || fresh.dataset.version === synopsis.dataset.version) return 0;
  const before = all(synopsis, ".report").length;
  const open = new Set(all(synopsis, "details[open] > summary").map((it) => it.textContent));
  const anchor = all(synopsis, ".story > *").find((it) => it.getBoundingClientRect().bottom > 0);
  const slot = anchor && { name: anchor.className, top: anchor.getBoundingClientRect().top };
  document.dispatchEvent(new Event("rashomon:leave"));
  synopsis.replaceChildren(...fresh.childNodes);
  synopsis.dataset.version = fresh.dataset.version;
  const desk = page.querySelector("#desk");
  if (desk) document.getElementById("desk")?.replaceWith(desk);
  for (const summary of all(synopsis, "details > summary")) if (open.has(summary.textContent)) summary.parentElement.open = true;
  synopsis.dispatchEvent(new Event("rashomon:shown", { bubbles: true }));
  ago(document);
  if (slot && scrollY > 0) await stay(slot);
  return all(synopsis, ".report").length - before;
}

// What is above the reader is laid out step by step: what was in view is brought back until it stays.
async function stay({ name, top }) {
  for (let frame = 0, still = 0; frame < 30 && still < 3; frame++) {
    const same = all(synopsis, ".story > *").find((it) => it.className === name);
    if (!same) return;
    const moved = same.getBoundingClientRect().top - top;
    still = Math.abs(moved) < 1 ? still + 1 : 0;
    scrollBy({ top: moved, behavior: "instant" });
    await new Promise(requestAnimationFrame);
  }
}

// Many events at once are one.
function settled(act, pause) {
  let timer = null, running = false, again = false;
  const run = async () => {
    timer = null;
    if (running) { again = true; return; }
    running = true;
    try { await act(); } catch { /* the next event tries again */ }
    running = false;
    if (again) { again = false; call(); }
  };
  const call = () => { if (timer === null) timer = setTimeout(run, pause); };
  return call;
}

const lists = all(document, "[data-live]");
const renewals = new Map(lists.map((list) => [list, settled(() => renew(list), 700)]));
const growing = synopsis && settled(async () => {
  const more = await grow();
  if (more > 0) say(more === 1 ? "A report has joined" : `${more} reports have joined`);
}, 500);
if (lists.length || synopsis) {
  const events = new EventSource("/events");
  const on = (kind) => (event) => {
    for (const list of lists) if ((list.dataset.liveOn ?? "story").split(" ").includes(kind)) renewals.get(list)();
    const data = JSON.parse(event.data);
    if (growing && kind === "story" && String(data.story) === synopsis.dataset.story) growing();
  };
  events.addEventListener("story", on("story"));
  events.addEventListener("feeds", on("feeds"));
  events.addEventListener("delivered", on("delivered"));
  events.addEventListener("alert", (event) => {
    on("alert")(event);
    const { search, hits } = JSON.parse(event.data);
    say(`${hits} new for “${search}”`);
  });
  events.addEventListener("behind", () => { for (const call of renewals.values()) call(); growing?.(); });
  addEventListener("pagehide", () => events.close());
}

// Search as one types: the last words count, and the address follows.
for (const form of all(document, "[data-live-search]")) {
  const hits = document.getElementById("hits");
  let turn = 0;
  const search = settled(async () => {
    const mine = ++turn;
    const query = new URLSearchParams(new FormData(form));
    const page = await fetched(`${form.dataset.liveSearch}?${query}`);
    if (mine !== turn) return;
    hits.replaceChildren(...page.body.childNodes);
    history.replaceState(null, "", `${form.action.split("?")[0]}?${query}`);
    ago(hits);
  }, 180);
  form.addEventListener("input", search);
  form.addEventListener("submit", (event) => { event.preventDefault(); search(); });
}

// The same for what narrows a list.
for (const form of all(document, "[data-filter]")) {
  const list = document.getElementById(form.dataset.filter);
  let turn = 0;
  const narrow = settled(async () => {
    const mine = ++turn;
    const query = new URLSearchParams(new FormData(form));
    for (const [name, value] of [...query]) if (!value) query.delete(name);
    const address = `${form.getAttribute("action")}${query.size ? `?${query}` : ""}`;
    list.setAttribute("aria-busy", "true");
    const page = await fetched(address);
    if (mine !== turn) return;
    const fresh = page.getElementById(list.id);
    if (fresh) list.replaceChildren(...fresh.childNodes);
    list.setAttribute("aria-busy", "false");
    history.replaceState(null, "", address);
    ago(list);
  }, 180);
  form.addEventListener("input", narrow);
  form.addEventListener("submit", (event) => { event.preventDefault(); narrow(); });
}

// A file that is dropped on a field is read into it.
for (const field of all(document, "[data-drop]")) {
  field.addEventListener("dragover", (event) => { event.preventDefault(); field.classList.add("dropping"); });
  field.addEventListener("dragleave", () => field.classList.remove("dropping"));
  field.addEventListener("drop", async (event) => {
    event.preventDefault();
    field.classList.remove("dropping");
    const file = event.dataTransfer.files[0];
    if (file) field.value = await file.text();
  });
}

// Keys: / goes to the search, j and k from story to story.
document.addEventListener("keydown", (event) => {
  if (event.metaKey || event.ctrlKey || event.altKey || event.target.matches("input, textarea, select")) return;
  if (event.key === "/") {
    event.preventDefault();
    document.querySelector("#q, #find").focus();
  } else if (event.key === "j" || event.key === "k") {
    const links = all(document, ".entry h2 a, .hit h2 a, .hit blockquote a");
    const at = links.indexOf(document.activeElement);
    const next = links[at < 0 ? 0 : at + (event.key === "j" ? 1 : -1)];
    if (next) { event.preventDefault(); next.focus(); }
  }
});
})();
