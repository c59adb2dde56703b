// A document and what was found in it: from either side to the other, one finding after the other, filters, search.
import { say } from "/static/orebook.js";

const all = (what, where = document) => [...where.querySelectorAll(what)];
const shown = () => all(".finding:not([hidden])");
let now = 0;

const still = matchMedia("(prefers-reduced-motion: reduce)");
const bring = (element, block = "center") =>
  element?.scrollIntoView({ block, behavior: still.matches ? "instant" : "smooth" });

function within(list, element) {
  if (!list || !element) return;
  const top = element.offsetTop - list.offsetTop;
  if (top < list.scrollTop || top + element.offsetHeight > list.scrollTop + list.clientHeight) list.scrollTop = top - 40;
}

function mark(chosen) {
  for (const each of all(".on")) each.classList.remove("on");
  for (const each of chosen) each?.classList.add("on");
}

function open(panel) {
  const found = document.getElementById(panel);
  if (found) found.open = true;
  return found;
}

function finding(number, move = true) {
  const card = document.getElementById(`f${number}`);
  if (!card) return;
  now = number;
  const places = all(`.hit[data-f~="${number}"]`);
  mark([card, ...places]);
  within(open("findings")?.querySelector(".found"), card);
  if (move) bring(places[0] || document.querySelector(card.querySelector("[data-to]")?.getAttribute("href") || "#none"));
  const some = shown();
  const where = document.querySelector("[data-where]");
  if (where) where.textContent = `${some.indexOf(card) + 1} of ${some.length}`;
  say(`Finding ${some.indexOf(card) + 1} of ${some.length}: ${card.querySelector(".message").textContent}`);
}

function step(by) {
  const some = shown();
  if (!some.length) return;
  const at = some.findIndex((card) => Number(card.dataset.finding) === now);
  const next = at < 0 ? (by > 0 ? 0 : some.length - 1) : (at + by + some.length) % some.length;
  finding(Number(some[next].dataset.finding));
}

function fact(number, fromText) {
  const line = document.getElementById(`k${number}`);
  const places = all(`[data-k~="${number}"]`);
  mark([line, ...places]);
  if (!fromText) { bring(places[0] || document.querySelector(line?.querySelector("a")?.getAttribute("href") || "#none")); return; }
  const panel = open("facts");
  if (line) line.hidden = false;
  within(panel?.querySelector(".found"), line);
}

function booked(number, fromText) {
  const line = document.getElementById(`o${number}`);
  const places = all(`[data-b="${number}"]`);
  mark([line, ...places]);
  if (fromText) within(open("book")?.querySelector(".found"), line);
  else bring(places[0] || document.querySelector(line?.querySelector('a[href^="#"]')?.getAttribute("href") || "#none"));
}

function sift() {
  const form = document.querySelector("[data-sift]");
  const said = new FormData(form);
  const grades = said.getAll("grade"), rule = said.get("rule");
  const gone = new Set();
  for (const card of all(".finding")) {
    card.hidden = (grades.length > 0 && !grades.includes(card.dataset.grade)) || (rule && card.dataset.rule !== rule);
    if (card.hidden) gone.add(card.dataset.finding);
  }
  for (const hit of all(".hit")) hit.classList.toggle("dim", hit.dataset.f.split(" ").every((each) => gone.has(each)));
  const where = new URL(location.href);
  where.search = new URLSearchParams([...said].filter(([, value]) => value)).toString();
  history.replaceState(history.state, "", where);
  say(`${shown().length} findings are shown`);
}

function search(field) {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const line of all("[data-fact]")) {
    const text = line.textContent.toLowerCase();
    line.hidden = !words.every((word) => text.includes(word));
    count += !line.hidden;
  }
  document.querySelector("[data-count]").textContent = count.toLocaleString("en");
}

document.addEventListener("click", (event) => {
  const at = event.target;
  const by = at.closest("[data-step]");
  if (by) { step(Number(by.dataset.step)); return; }
  const to = at.closest("[data-to]");
  if (to) { event.preventDefault(); finding(Number(to.dataset.to)); return; }
  const hit = at.closest(".hit");
  if (hit) {
    event.preventDefault();
    const numbers = hit.dataset.f.split(" ").map(Number);
    finding(numbers[(numbers.indexOf(now) + 1) % numbers.length], false);
    return;
  }
  const card = at.closest(".finding");
  if (card && !at.closest("a, summary")) { finding(Number(card.dataset.finding)); return; }
  const line = at.closest("[data-fact]");
  if (line) { event.preventDefault(); fact(line.dataset.fact, false); return; }
  const kept = at.closest("[data-booked]");
  if (kept && !at.closest('a[href^="/"]')) { event.preventDefault(); booked(kept.dataset.booked, false); return; }
  const known = at.closest("[data-b]");
  if (known) { booked(known.dataset.b, true); return; }
  const told = at.closest("[data-k]");
  if (told) fact(told.dataset.k.split(" ").at(-1), true);
});

document.addEventListener("change", (event) => { if (event.target.closest("[data-sift]")) sift(); });
document.addEventListener("input", (event) => { if (event.target.closest("[data-search]")) search(event.target); });
document.addEventListener("submit", (event) => { if (event.target.closest("[data-search], [data-sift]")) event.preventDefault(); });

const asked = location.hash.match(/^#f(\d+)$/);
if (asked) finding(Number(asked[1]));
else bring(document.querySelector(".pointed"));
if (location.search.includes("grade=") || location.search.includes("rule=")) sift();
