// The SQL page: keys of the field, names put into it, and the last questions, which this browser alone remembers.
const KEY = "orebook-sql";
const MOST = 20;
const field = document.getElementById("sql");
const form = document.getElementById("question");
const before = document.getElementById("before");

function remembered() {
  try { return JSON.parse(localStorage.getItem(KEY) || "[]").filter((each) => typeof each === "string"); } catch { return []; }
}

function remember(question) {
  const all = [question, ...remembered().filter((each) => each !== question)].slice(0, MOST);
  try { localStorage.setItem(KEY, JSON.stringify(all)); } catch { /* nothing is remembered then */ }
  list();
}

function list() {
  const all = remembered();
  before.hidden = all.length === 0;
  before.querySelector("ol").replaceChildren(...all.map((question) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet mono";
    button.dataset.sql = question;
    button.textContent = question;
    const item = document.createElement("li");
    item.append(button);
    return item;
  }));
}

document.addEventListener("click", (event) => {
  const asked = event.target.closest("[data-sql]");
  if (asked) { field.value = asked.dataset.sql; form.requestSubmit(); return; }
  const name = event.target.closest("[data-put]");
  if (name) {
    field.setRangeText(name.dataset.put, field.selectionStart, field.selectionEnd, "end");
    field.focus();
    return;
  }
  if (event.target.closest("[data-forget]")) {
    try { localStorage.removeItem(KEY); } catch { /* nothing was remembered */ }
    list();
  }
});

field.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); form.requestSubmit(); }
});
form.addEventListener("submit", () => { if (field.value.trim()) remember(field.value.trim()); });

list();
