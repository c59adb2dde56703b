// What every page shares: keys, the ground, words about what is under the pointer. Pages bring their own modules.

const letters = new Map();
let going = false;

const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

function begin() {
  for (const link of document.querySelectorAll("header.top nav a")) {
    const letter = link.textContent.trim()[0].toLowerCase();
    if (!letters.has(letter)) letters.set(letter, link.href);
  }
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  if (going) {
    going = false;
    const place = letters.get(event.key.toLowerCase());
    if (place) location.href = place;
    return;
  }
  if (event.key === "g") { going = true; return; }
  if (event.key === "?") { document.getElementById("keys")?.showModal(); return; }
  if (event.key === "/") {
    const field = document.querySelector("[type=search]");
    if (field) { field.focus(); event.preventDefault(); }
    return;
  }
  const wanted = document.querySelector(`[data-key~="${CSS.escape(event.key)}"]:not([disabled])`);
  if (wanted) { wanted.click(); event.preventDefault(); }
});

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-ground]")) return;
  const root = document.documentElement;
  const dark = getComputedStyle(root).colorScheme === "dark"
    || (!root.dataset.ground && matchMedia("(prefers-color-scheme: dark)").matches);
  root.dataset.ground = dark ? "light" : "dark";
  try { localStorage.setItem("ground", root.dataset.ground); } catch { /* it holds for this page */ }
});

/** Say something to those who hear the page. */
export function say(words) {
  const live = document.getElementById("live");
  if (live) live.textContent = words;
}

begin();
