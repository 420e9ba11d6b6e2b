(() => {
"use strict";
const all = (root, selector) => Array.from(root.querySelectorAll(selector));
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const smooth = () => (calm.matches ? "auto" : "smooth");
const bar = document.querySelector(".bar");
const what = bar?.querySelector(".bar-what");

// Light or dark: the reader's system decides until the reader does.
const theme = document.querySelector(".theme");
const root = document.documentElement;
const keep = (value) => { try { localStorage.setItem("rashomon-theme", value); } catch { /* no store */ } };
const kept = () => { try { return localStorage.getItem("rashomon-theme"); } catch { return null; } };
if (kept() === "dark" || kept() === "light") root.style.colorScheme = kept();
theme.hidden = false;
theme.addEventListener("click", () => {
  const dark = root.style.colorScheme
    ? root.style.colorScheme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  root.style.colorScheme = dark ? "light" : "dark";
  keep(root.style.colorScheme);
});

// The finding that is held: its key, the places where it is told, the place in view.
let held = null;

const storyOf = (node) => node.closest(".story");
const keysOf = (node) => (node.dataset.k || "").split(" ").filter(Boolean);
const pieces = (story, key) => all(story, `.p[data-k~="${CSS.escape(key)}"]`);

// A passage may be cut into pieces: the ones that follow on each other are one place.
function places(story, key) {
  const places = [];
  let last = null;
  for (const piece of pieces(story, key)) {
    const column = piece.closest(".report");
    const joined = last && last.column === column && follows(last.pieces.at(-1), piece);
    if (joined) last.pieces.push(piece);
    else places.push(last = { column, pieces: [piece] });
  }
  return places;
}
function follows(before, after) {
  let next = before.nextSibling;
  while (next && next.nodeType === Node.TEXT_NODE && !next.data.trim()) next = next.nextSibling;
  return next === after;
}

function light(story, keys) {
  for (const lit of all(document, ".p.lit")) lit.classList.remove("lit");
  for (const key of keys) for (const piece of pieces(story, key)) piece.classList.add("lit");
}

function label(key) {
  const finding = document.getElementById(key);
  const words = finding && finding.querySelector("h3, .words");
  const text = (words ? words.textContent : "").trim();
  return text.length > 110 ? text.slice(0, 109) + "…" : text;
}

function show(column, visible) {
  column.hidden = !visible;
  const box = storyOf(column).querySelector(`.picker input[value="${CSS.escape(column.id)}"]`);
  if (box) box.checked = visible;
}

function release() {
  if (!held) return;
  for (const piece of all(held.story, ".p.on, .p.here")) piece.classList.remove("on", "here");
  for (const column of all(held.story, ".report")) {
    column.classList.remove("without");
    column.querySelector(".missing").hidden = true;
    textOf(column).style.paddingBottom = "";
  }
  for (const finding of all(document, ".on-finding")) finding.classList.remove("on-finding");
  held.story.classList.remove("holding");
  held = null;
  bar.hidden = true;
}

const LIMIT = 8;

function hold(story, key, from, wanted) {
  release();
  const found = places(story, key);
  if (!found.length) return false;
  const start = Math.max(0, found.findIndex((place) => place.pieces.includes(wanted)));
  held = { story, key, places: found, at: start, from };
  story.classList.add("holding");
  const telling = new Set(found.map((place) => place.column));
  for (const column of all(story, ".report")) {
    const without = !telling.has(column);
    column.classList.toggle("without", without);
    column.querySelector(".missing").hidden = !without;
  }
  // Bring in columns that tell it, up to what can be read at once.
  const shown = () => all(story, ".report:not([hidden])").length;
  show(found[start].column, true);
  for (const column of telling) if (column.hidden && shown() < LIMIT) show(column, true);
  for (const place of found) for (const piece of place.pieces) piece.classList.add("on");
  const finding = document.getElementById(key);
  if (finding) finding.classList.add("on-finding");
  bar.hidden = false;
  align(story, found);
  go(0);
  return true;
}

// Every column shows its own telling at the same height.
function align(story, found) {
  // Room below the last words, so that each text can be scrolled to any height.
  for (const { column } of found) if (!column.hidden) textOf(column).style.paddingBottom = `${textOf(column).clientHeight}px`;
  const first = new Map();
  for (const { column, pieces } of found) if (!column.hidden && !first.has(column)) first.set(column, pieces[0]);
  const height = Math.min(...Array.from(first, ([column, piece]) => Math.min(depth(column, piece), room(column))));
  for (const [column, piece] of first) reveal(column, piece, height);
}
const textOf = (column) => column.querySelector(".text");
const room = (column) => textOf(column).clientHeight * 0.28;
// How far below the top of its report a piece stands.
function depth(column, piece) {
  const text = textOf(column);
  return piece.getBoundingClientRect().top - text.getBoundingClientRect().top + text.scrollTop;
}
function reveal(column, piece, height) {
  textOf(column).scrollTo({ top: Math.max(0, depth(column, piece) - height), behavior: smooth() });
}

function go(step) {
  if (!held) return;
  const { places: found, story } = held;
  held.at = (held.at + step + found.length) % found.length;
  const place = found[held.at];
  for (const piece of all(story, ".p.here")) piece.classList.remove("here");
  for (const piece of place.pieces) piece.classList.add("here");
  show(place.column, true);
  const text = textOf(place.column);
  const top = depth(place.column, place.pieces[0]) - text.scrollTop;
  if (top < 0 || top > text.clientHeight - 60) reveal(place.column, place.pieces[0], room(place.column));
  const columns = story.querySelector(".columns");
  const left = place.column.offsetLeft;
  if (left < columns.scrollLeft || left + place.column.offsetWidth > columns.scrollLeft + columns.clientWidth) {
    columns.scrollTo({ left, behavior: smooth() });
  }
  const box = columns.getBoundingClientRect();
  if (box.top < 0 || box.top > innerHeight * 0.3) columns.scrollIntoView({ block: "start", behavior: smooth() });
  place.pieces[0].focus({ preventScroll: true });
  const told = new Set(found.map((place) => place.column)).size;
  const verb = document.getElementById(held.key)?.dataset.verb ?? "told by";
  const name = document.createElement("b");
  name.textContent = label(held.key);
  what.replaceChildren(name, `${place.column.dataset.name} · ${held.at + 1} of ${found.length} · ${verb} ${told} of ${all(story, ".report").length} reports`);
}

function back() {
  if (!held) return;
  const { from, key } = held;
  const finding = document.getElementById(key);
  const target = from && from.isConnected && !from.closest(".reports") ? from : finding;
  release();
  if (!target) return;
  for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  target.scrollIntoView({ block: "center", behavior: smooth() });
  const link = target.matches("a") ? target : target.querySelector("a");
  if (link) link.focus({ preventScroll: true });
}

function close() {
  if (!held) return;
  const { from } = held;
  const far = from && from.isConnected && !from.closest(".reports");
  if (far) back(); else release();
}

document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const button = event.target.closest(".bar button");
  if (button) {
    const step = button.dataset.go;
    if (step === "back") back(); else if (step === "close") close(); else go(Number(step));
    return;
  }
  const link = event.target.closest("a[data-k]");
  if (!link || String(getSelection()).trim()) return;
  const story = storyOf(link);
  const keys = keysOf(link);
  if (link.classList.contains("p")) {
    // A second click on the same words goes on to the next finding over them.
    const again = held && keys.includes(held.key) ? (keys.indexOf(held.key) + 1) % keys.length : 0;
    if (hold(story, keys[again], link, link)) event.preventDefault();
  } else {
    const wanted = document.getElementById(link.getAttribute("href").slice(1));
    if (hold(story, keys[0], link, wanted)) event.preventDefault();
  }
});

for (const kind of ["pointerover", "focusin"]) {
  document.addEventListener(kind, (event) => {
    const link = event.target.closest && event.target.closest("a[data-k]");
    if (link) light(storyOf(link), keysOf(link).slice(0, 1));
    else if (document.querySelector(".p.lit")) light(document, []);
  });
}

document.addEventListener("keydown", (event) => {
  if (event.metaKey || event.ctrlKey || event.altKey || event.target.matches("input, textarea, select")) return;
  const inText = event.target.closest && event.target.closest(".text");
  const key = event.key;
  if (held && (key === "n" || key === "ArrowRight")) { event.preventDefault(); go(1); }
  else if (held && (key === "p" || key === "ArrowLeft")) { event.preventDefault(); go(-1); }
  else if (held && key === "b") { event.preventDefault(); back(); }
  else if (held && key === "Escape") { event.preventDefault(); close(); }
  else if (inText && (key === "ArrowDown" || key === "ArrowUp") && event.target.matches(".p")) {
    const starts = all(inText, ".p[id]");
    const at = starts.indexOf(event.target);
    const next = starts[at + (key === "ArrowDown" ? 1 : -1)];
    if (next) { event.preventDefault(); rove(inText, next); next.focus(); }
  }
});

// One stop of the tab key in each column; the arrows go from passage to passage.
function rove(text, piece) {
  for (const other of all(text, ".p[tabindex='0']")) other.tabIndex = -1;
  piece.tabIndex = 0;
}
// What a story needs once it is on the page, or on it anew.
function setUp(root) {
  for (const text of all(root, ".text")) {
    const starts = all(text, ".p[id]");
    for (const start of starts) start.tabIndex = -1;
    if (starts.length) starts[0].tabIndex = 0;
  }

  // The arrows go from mark to mark in a table; the tab key stops at its rows only.
  for (const table of all(root, "table.tells")) {
    table.addEventListener("keydown", (event) => {
      const step = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[event.key];
      const cell = event.target.closest("td, th");
      if (!step || !cell || event.metaKey || event.ctrlKey || event.altKey) return;
      const rows = Array.from(table.rows);
      let [row, column] = [rows.indexOf(cell.parentElement) + step[0], cell.cellIndex + step[1]];
      for (; rows[row]?.cells[column]; row += step[0], column += step[1]) {
        const link = rows[row].cells[column].querySelector("a");
        if (link) { event.preventDefault(); event.stopPropagation(); link.focus(); return; }
      }
    });
  }

  for (const picker of all(root, ".picker")) {
    const story = storyOf(picker);
    const columns = all(story, ".report");
    if (columns.length < 3) continue;
    picker.hidden = false;
    columns.forEach((column, at) => show(column, at < LIMIT));
    picker.addEventListener("change", (event) => {
      const column = document.getElementById(event.target.value);
      if (column) column.hidden = !event.target.checked;
    });
  }
  for (const link of all(root, "a[href^='#']:not([data-k])")) {
    link.addEventListener("click", () => {
      const target = document.getElementById(link.hash.slice(1));
      const column = target && target.closest(".report");
      if (column) show(column, true);
      if (target?.closest(".large")) arrive(target);
    });
  }
}
// What is above a target in a large story is laid out on the way: the target is held until it stays.
async function arrive(target) {
  for (let frame = 0, still = 0, before = NaN; frame < 40 && still < 4; frame++) {
    await new Promise(requestAnimationFrame);
    target.scrollIntoView({ block: "start", behavior: "instant" });
    const top = target.getBoundingClientRect().top;
    still = Math.abs(top - before) < 1 ? still + 1 : 0;
    before = top;
  }
}
setUp(document);
if (location.hash) {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target?.closest(".large")) arrive(target);
}
// Whoever puts a newer story in place of an old one lets go of the old and sets up the new.
document.addEventListener("rashomon:leave", release);
document.addEventListener("rashomon:shown", (event) => setUp(event.target));
addEventListener("beforeprint", () => { for (const fold of all(document, "details")) fold.open = true; });
})();
