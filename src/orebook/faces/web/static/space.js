// Drawings of the ground: nearer and further with axes that stay true (the server draws them anew), what lies under the
// pointer, and the ways between map, sections, holes and tables.
import { say } from "./orebook.js";

const numbers = (words) => words.split(",").map(Number);
const tip = Object.assign(document.createElement("div"), { className: "tip", hidden: true });
document.body.append(tip);

/** The rectangle of a drawing in its own pixels, and the ground that it reaches over: left, right, bottom, top. */
function frameOf(svg) {
  const axes = svg?.querySelector(".axes[data-room]");
  if (!axes) return null;
  const [left, top, right, bottom] = numbers(axes.dataset.room);
  return { left, top, right, bottom, reach: numbers(axes.dataset.reach) };
}

/** Where an event lies in the pixels of a drawing. */
const pixel = (svg, event) => new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());

/** The ground below a pixel. */
function ground(frame, point) {
  const [left, right, bottom, top] = frame.reach;
  return [left + ((point.x - frame.left) / (frame.right - frame.left)) * (right - left),
    top - ((point.y - frame.top) / (frame.bottom - frame.top)) * (top - bottom)];
}

const inside = (frame, point) => point.x >= frame.left && point.x <= frame.right
  && point.y >= frame.top && point.y <= frame.bottom;

/** Ask the server for the same drawing over another reach, or over all. */
let asking = null;
async function look(view, reach) {
  const address = new URL(location.href);
  if (reach) address.searchParams.set("reach", reach.map((each) => each.toFixed(3)).join(","));
  else address.searchParams.delete("reach");
  asking?.abort();
  asking = new AbortController();
  view.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(`${view.dataset.view}${address.search}`, { signal: asking.signal });
    if (!answer.ok) throw new Error(String(answer.status));
    view.querySelector(".drawn").outerHTML = await answer.text();
    history.replaceState(history.state, "", address);
  } catch (problem) {
    if (problem.name === "AbortError") return;
    say("The drawing could not be made anew.");
  }
  view.classList.remove("moving");
  view.removeAttribute("aria-busy");
}

/** Nearer by some times, around a place of the ground or the middle. */
function zoom(view, times, around) {
  if (!times) { look(view, null); return; }
  const frame = frameOf(view.querySelector("svg"));
  if (!frame) return;
  const [left, right, bottom, top] = frame.reach;
  const [x, y] = around ?? [(left + right) / 2, (bottom + top) / 2];
  if (times > 1 && right - left < 4) return;
  look(view, [x - (x - left) / times, x + (right - x) / times, y - (y - bottom) / times, y + (top - y) / times]);
}

function shift(view, across, up) {
  const frame = frameOf(view.querySelector("svg"));
  if (!frame) return;
  const [left, right, bottom, top] = frame.reach;
  const x = across * (right - left), y = up * (top - bottom);
  look(view, [left + x, right + x, bottom + y, top + y]);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-zoom]");
  if (button) zoom(button.closest("[data-view]"), Number(button.dataset.zoom));
  const draws = event.target.closest("[data-draw]");
  if (draws) drawing(draws.getAttribute("aria-pressed") === "true" ? null : draws);
});

const SHIFTS = { ArrowLeft: [-0.25, 0], ArrowRight: [0.25, 0], ArrowUp: [0, 0.25], ArrowDown: [0, -0.25] };
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") { drawing(null); tip.hidden = true; }
  if (!event.shiftKey || !SHIFTS[event.key] || event.target.closest("input, textarea, select")) return;
  const view = document.querySelector("[data-view]");
  if (view) { shift(view, ...SHIFTS[event.key]); event.preventDefault(); event.stopImmediatePropagation(); }
}, true);

let wheeled = 0;
document.addEventListener("wheel", (event) => {
  const view = event.target.closest?.("[data-view]"), svg = event.target.closest?.("svg");
  if (!view || !svg || !(event.ctrlKey || event.metaKey || view.contains(document.activeElement))) return;
  const frame = frameOf(svg);
  if (!frame) return;
  event.preventDefault();
  wheeled += event.deltaY;
  if (view.getAttribute("aria-busy") === "true" || Math.abs(wheeled) < 40) return;
  zoom(view, wheeled < 0 ? 1.5 : 1 / 1.5, ground(frame, pixel(svg, event)));
  wheeled = 0;
}, { passive: false });

document.addEventListener("dblclick", (event) => {
  const view = event.target.closest?.("[data-view]"), svg = event.target.closest?.("svg");
  const frame = view && frameOf(svg);
  if (frame) zoom(view, 2, ground(frame, pixel(svg, event)));
});

// --- the pointer: move, pick a box with Shift, draw a section, click ---------------------------------------------------

let held = null;
let drawsLine = null;

/** Draw the line of what a button says, or nothing any more. */
function drawing(button) {
  drawsLine = button;
  for (const each of document.querySelectorAll("[data-draw]")) each.setAttribute("aria-pressed", String(each === button));
  for (const view of document.querySelectorAll("[data-map]")) view.classList.toggle("drawing-line", Boolean(button));
  if (button) say("Drag a line over the map.");
}

function shape(svg, name, classes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  made.setAttribute("class", classes);
  svg.append(made);
  return made;
}

document.addEventListener("pointerdown", (event) => {
  const view = event.target.closest?.("[data-view]"), svg = event.target.closest?.("svg");
  const frame = view && svg && frameOf(svg);
  if (!frame || event.button !== 0 || event.pointerType === "touch" && !drawsLine) return;
  const begin = pixel(svg, event);
  if (!inside(frame, begin)) return;
  const how = drawsLine ? "line" : event.shiftKey ? "box" : "move";
  held = { view, svg, frame, begin, how, far: false, shape: null };
  svg.setPointerCapture(event.pointerId);
});

document.addEventListener("pointermove", (event) => {
  tell(event);
  if (!held) return;
  const now = pixel(held.svg, event);
  const x = now.x - held.begin.x, y = now.y - held.begin.y;
  if (!held.far && Math.hypot(x, y) < 5) return;
  held.far = true;
  tip.hidden = true;
  if (held.how === "move") {
    held.view.classList.add("moving");
    held.svg.querySelector(".moved")?.setAttribute("transform", `translate(${x} ${y})`);
  } else if (held.how === "box") {
    held.shape ??= shape(held.svg, "rect", "box");
    for (const [name, value] of Object.entries({ x: Math.min(now.x, held.begin.x), y: Math.min(now.y, held.begin.y),
      width: Math.abs(x), height: Math.abs(y) })) held.shape.setAttribute(name, value);
  } else {
    held.shape ??= shape(held.svg, "path", "drawn-line");
    held.shape.setAttribute("d", `M${held.begin.x} ${held.begin.y}L${now.x} ${now.y}`);
  }
});

document.addEventListener("pointerup", (event) => {
  if (!held) return;
  const { view, svg, frame, begin, how, far, shape: made } = held;
  held = null;
  const now = pixel(svg, event), from = ground(frame, begin), to = ground(frame, now);
  if (!far) { if (how !== "line") clicked(view, svg, frame, begin); return; }
  const [left, right, bottom, top] = frame.reach;
  if (how === "move") {
    const x = from[0] - to[0], y = from[1] - to[1];
    look(view, [left + x, right + x, bottom + y, top + y]);
  } else if (how === "box") {
    look(view, [Math.min(from[0], to[0]), Math.max(from[0], to[0]), Math.min(from[1], to[1]), Math.max(from[1], to[1])]);
  } else {
    made?.remove();
    const page = new URL(drawsLine.dataset.draw, location.href);
    drawing(null);
    const azimuth = (Math.atan2(to[0] - from[0], to[1] - from[1]) * 180 / Math.PI + 360) % 360;
    section([(from[0] + to[0]) / 2, (from[1] + to[1]) / 2], azimuth, page);
  }
});

/** Go to the section over a place in a direction; what else is asked of sections stays. */
function section([east, north], azimuth, address) {
  const within = new URLSearchParams(location.search).get("within");
  if (within && !address.searchParams.has("show")) address.searchParams.set("within", within);
  address.searchParams.set("line", [east, north, azimuth].map((each) => each.toFixed(2)).join(","));
  location.href = address;
}

/** A click on the map: the hole whose collar is near, else the section whose line is. */
function clicked(view, svg, frame, point) {
  if (!("map" in view.dataset)) return;
  const near = nearest(svg, point);
  if (near) { location.href = `/holes/${encodeURIComponent(near.dataset.hole)}`; return; }
  const line = nearLine(view, frame, point);
  if (line) location.href = line[1];
}

function nearest(svg, point) {
  let found = null, least = 8;
  for (const each of svg.querySelectorAll("circle.collar")) {
    const away = Math.hypot(each.cx.baseVal.value - point.x, each.cy.baseVal.value - point.y);
    if (away < least) { least = away; found = each; }
  }
  return found;
}

function nearLine(view, frame, point) {
  const [x, y] = ground(frame, point);
  const perUnit = (frame.right - frame.left) / (frame.reach[1] - frame.reach[0]);
  let found = null, least = 7;
  for (const line of JSON.parse(view.querySelector("[data-sections]")?.dataset.sections ?? "[]")) {
    const angle = line[4] * Math.PI / 180;
    const away = Math.abs((x - line[2]) * Math.cos(angle) - (y - line[3]) * Math.sin(angle)) * perUnit;
    if (away < least) { least = away; found = line; }
  }
  return found;
}

document.addEventListener("click", (event) => {
  const there = event.target.closest(".there"), svg = event.target.closest("svg");
  const frame = there && frameOf(svg);
  if (!frame) return;
  const point = pixel(svg, event);
  if (inside(frame, point)) section(ground(frame, point), Number(there.dataset.azimuth), new URL(there.dataset.go, location.href));
});

// --- what lies under the pointer ----------------------------------------------------------------------------------------

const said = (value, places = 1) => value.toLocaleString("en", { minimumFractionDigits: places, maximumFractionDigits: places });

function tell(event) {
  const view = event.target.closest?.("[data-view]"), svg = event.target.closest?.("svg");
  const frame = view && svg && frameOf(svg);
  if (!frame) { tip.hidden = true; return; }
  const point = pixel(svg, event), drawn = view.querySelector(".drawn");
  const place = inside(frame, point) ? ground(frame, point) : null;
  view.querySelector(".where").textContent = place ? words(place, drawn.dataset) : "\u00a0";
  if (held) return;
  const dot = "map" in view.dataset ? nearest(svg, point) : null;
  const over = "map" in view.dataset ? dot && lying(dot) : under(event.target, svg, point);
  const line = !over && place && "map" in view.dataset ? nearLine(view, frame, point) : null;
  svg.style.cursor = over && "map" in view.dataset || line ? "pointer" : "";
  warm(over);
  if (!over && !line) { tip.hidden = true; return; }
  tip.textContent = over ? about(over, drawn.dataset) : `Section ${line[0]}`;
  beside(over?.rect ?? new DOMRect(event.clientX, event.clientY, 1, 1));
}

/** What an element tells of: its hole, an interval of it if it is one, and where it lies on the screen. */
const lying = (element) => ({ ...element.dataset, rect: element.getBoundingClientRect() });

/** What of a drawing lies at a pixel: a hole or an interval, with its grade where it is a bar. */
function under(target, svg, point) {
  const over = target.closest("[data-hole]"), path = target.closest("[data-each]");
  if (!over || !path) return over && lying(over);
  const bar = barsOf(path).find((each) => holds(each.corners, point));
  return bar && { hole: over.dataset.hole, ...bar, rect: onScreen(svg, bar.corners) };
}

/** The bars of a path: from, to, grade, and the corners of each. */
const known = new WeakMap();
function barsOf(path) {
  if (!known.has(path)) {
    const told = path.dataset.each.split(" ").map(Number);
    const drawn = path.getAttribute("d").match(/-?(?:\d+\.?\d*|\.\d+)/g).map(Number);
    known.set(path, Array.from({ length: told.length / 3 }, (_, bar) => {
      const [x, y, ...ways] = drawn.slice(8 * bar, 8 * bar + 8), corners = [{ x, y }];
      for (let at = 0; at < 6; at += 2) corners.push({ x: corners.at(-1).x + ways[at], y: corners.at(-1).y + ways[at + 1] });
      const [from, to, grade] = told.slice(3 * bar, 3 * bar + 3);
      return { from, to, grade, corners };
    }));
  }
  return known.get(path);
}

/** Whether a bar holds a pixel, or is so thin that it is as good as on it. */
function holds([begin, end, , out], point) {
  const part = (to) => {
    const x = to.x - begin.x, y = to.y - begin.y, long = Math.hypot(x, y) || 1e-9;
    const away = ((point.x - begin.x) * x + (point.y - begin.y) * y) / long;
    return away >= -0.3 && away <= long + 0.3;
  };
  return part(end) && part(out);
}

/** The rectangle on the screen that holds some pixels of a drawing. */
function onScreen(svg, corners) {
  const matrix = svg.getScreenCTM(), at = corners.map(({ x, y }) => new DOMPoint(x, y).matrixTransform(matrix));
  const x = at.map((each) => each.x), y = at.map((each) => each.y), left = Math.min(...x), top = Math.min(...y);
  return new DOMRect(left, top, Math.max(...x) - left, Math.max(...y) - top);
}

function words([x, y], about) {
  if (!about.line) return `${said(x)} E, ${said(y)} N`;
  const [east, north, azimuth] = numbers(about.line), angle = azimuth * Math.PI / 180;
  return `${said(east + x * Math.sin(angle))} E, ${said(north + x * Math.cos(angle))} N, elevation ${said(y)} ${about.unit}`;
}

function about(over, page) {
  const { hole, from, to, grade } = over;
  if (from === undefined) return hole;
  return `${hole}  ${from} to ${to} ${page.unit}${grade === undefined ? "" : `  ${grade} ${page.grade}`}`;
}

/** The words beside what they tell of, never over it. */
function beside(rect) {
  tip.hidden = false;
  const wide = tip.offsetWidth, high = tip.offsetHeight;
  const right = rect.right + 16 + wide < innerWidth;
  tip.style.left = `${Math.max(right ? rect.right + 16 : rect.left - 16 - wide, 4)}px`;
  tip.style.top = `${Math.max(Math.min(rect.top - high - 6, innerHeight - high - 4), 4)}px`;
}

// --- table and drawing tell of one another -------------------------------------------------------------------------------

let warmed = "";
function warm(over) {
  const now = over?.from === undefined ? "" : `${over.from} ${over.to} ${over.hole}`;
  if (now === warmed) return;
  warmed = now;
  for (const row of document.querySelectorAll("table.linked tr.hot")) row.classList.remove("hot");
  if (now) for (const row of rowsOf(over)) row.classList.add("hot");
}

function rowsOf({ hole, from, to }) {
  const middle = (Number(from) + Number(to)) / 2;
  return [...document.querySelectorAll("table.linked tr[data-hole]")].filter((row) => row.dataset.hole === hole
    && Number(row.dataset.from) <= middle && Number(row.dataset.to) >= middle);
}

function pick(row) {
  for (const each of document.querySelectorAll(".view .hot")) {
    if (each.classList.contains("picked")) each.remove();
    else each.classList.remove("hot");
  }
  if (!row) return;
  const { hole, from, to } = row.dataset, own = `.view [data-hole="${CSS.escape(hole)}"]`;
  const within = (each) => {
    const middle = (Number(each.from) + Number(each.to)) / 2;
    return middle >= Number(from) && middle <= Number(to);
  };
  for (const each of document.querySelectorAll(`${own}[data-from]`)) if (within(each.dataset)) each.classList.add("hot");
  for (const path of document.querySelectorAll(`${own} [data-each]`)) {
    const some = barsOf(path).filter(within).map(({ corners }) => `M${corners.map(({ x, y }) => `${x} ${y}`).join("L")}z`);
    if (!some.length) continue;
    const made = shape(path.parentNode, "path", `${path.getAttribute("class")} hot picked`);
    made.setAttribute("d", some.join(""));
  }
}

for (const kind of ["pointerover", "focusin"]) {
  document.addEventListener(kind, (event) => pick(event.target.closest?.("table.linked tr[data-hole]")));
}

document.addEventListener("click", (event) => {
  const svg = event.target.closest(".view svg"), over = svg && under(event.target, svg, pixel(svg, event));
  if (over?.from !== undefined) rowsOf(over)[0]?.scrollIntoView({ block: "nearest" });
});

document.addEventListener("htmx:after:swap", () => {
  const page = document.getElementById("section");
  if (!page || page.dataset.title === document.title.split(" · ")[0]) return;
  document.title = [page.dataset.title, ...document.title.split(" · ").slice(1)].join(" · ");
  say(page.dataset.said);
});
