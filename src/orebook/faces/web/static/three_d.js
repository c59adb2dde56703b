// The page in space: holes, blocks and ground from arrays of the server; turned, cut and asked with pointer and keys.
import * as THREE from "./vendor/three.js";
import { say } from "./orebook.js";
import { unpacked } from "./three_d_arrays.js";
import { axes } from "./three_d_axes.js";
import { holes, thin, widen } from "./three_d_holes.js";
import { picked } from "./three_d_picking.js";

const space = document.getElementById("space"), canvas = document.getElementById("stage");
const control = (name) => document.getElementById(name);
const query = space.dataset.query ? `?${space.dataset.query}` : "";

const renderer = new THREE.WebGLRenderer({ canvas, antialias: true, preserveDrawingBuffer: true });
renderer.setPixelRatio(Math.min(devicePixelRatio, 2));
renderer.localClippingEnabled = true;
const scene = new THREE.Scene();
const camera = new THREE.PerspectiveCamera(38, 1, 1, 1e6);
camera.up.set(0, 0, 1);
const orbit = new THREE.OrbitControls(camera, canvas);
const sun = new THREE.DirectionalLight(0xffffff, 1.6);
scene.add(new THREE.AmbientLight(0xffffff, 1.5), sun, sun.target);
const plane = new THREE.Plane(new THREE.Vector3(0, 1, 0), 0);

const world = { about: null, samples: null, blocks: null, box: null, parts: {}, labels: null };
const dark = () => {
  const said = document.documentElement.dataset.ground;
  return said ? said === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
};
const colour = (number) => new THREE.Color(world.about.colours[number][dark() ? 1 : 0]);
const classOf = (grade) => world.about.bounds.reduce((found, bound) => found + (grade >= bound), 0);
const style = (name) => getComputedStyle(document.documentElement).getPropertyValue(name);

// --- what is drawn ------------------------------------------------------------------------------------------------------

function put(name, ...things) {
  for (const old of world.parts[name] ?? []) {
    scene.remove(old);
    old.geometry.dispose();
    old.material.dispose();
  }
  world.parts[name] = things;
  for (const each of things) scene.add(each);
}

/** Pixels for a length of one at the middle of the picture. */
const perUnit = () => space.clientHeight / 2 / camera.position.distanceTo(orbit.target) / Math.tan(camera.fov * Math.PI / 360);

const drawHoles = () => put("holes", ...holes(world.samples, world.about.said.length, classOf, colour, colourOf("--quiet")));

/** A colour of the page. */
const colourOf = (name) => {
  const probe = Object.assign(document.createElement("i"), { hidden: true });
  probe.style.color = style(name);
  space.append(probe);
  const said = getComputedStyle(probe).color;
  probe.remove();
  return new THREE.Color(said);
};

function drawBlocks() {
  const { middles, halves, grades, one_size: one } = world.blocks;
  const count = grades?.length ?? 0;
  if (!count) { put("blocks"); return; }
  const material = new THREE.MeshLambertMaterial();
  const made = new THREE.InstancedMesh(new THREE.BoxGeometry(2, 2, 2), material, count);
  const matrix = made.instanceMatrix.array, shades = new Float32Array(count * 3);
  const classes = world.about.colours.map((_, number) => colour(number));
  for (let at = 0; at < count; at++) {
    const from = one ? 0 : at * 3, to = at * 16, shade = classes[classOf(grades[at])];
    matrix[to] = halves[from];
    matrix[to + 5] = halves[from + 1];
    matrix[to + 10] = halves[from + 2];
    matrix[to + 12] = middles[at * 3];
    matrix[to + 13] = middles[at * 3 + 1];
    matrix[to + 14] = middles[at * 3 + 2];
    matrix[to + 15] = 1;
    shades.set([shade.r, shade.g, shade.b], at * 3);
  }
  made.instanceColor = new THREE.InstancedBufferAttribute(shades, 3);
  made.frustumCulled = false;
  put("blocks", made);
  seeThrough();
}

function seeThrough() {
  const opacity = Number(control("opacity")?.value ?? 100) / 100;
  for (const each of world.parts.blocks ?? []) {
    Object.assign(each.material, { transparent: opacity < 1, opacity, depthWrite: opacity > 0.6 });
    each.material.needsUpdate = true;
  }
}

function drawGround({ across, up, square, start, heights }) {
  if (!across || !up) { control("show-ground").closest("label").hidden = true; return; }
  const places = new Float32Array(across * up * 3), faces = [];
  for (let at = 0; at < heights.length; at++) {
    places.set([start[0] + (at % across) * square, start[1] + Math.floor(at / across) * square, heights[at]], at * 3);
  }
  const known = (...all) => all.every((at) => heights[at] > -1e8);
  for (let row = 0; row + 1 < up; row++) {
    for (let column = 0; column + 1 < across; column++) {
      const at = row * across + column;
      if (known(at, at + 1, at + across)) faces.push(at, at + 1, at + across);
      if (known(at + 1, at + across + 1, at + across)) faces.push(at + 1, at + across + 1, at + across);
    }
  }
  const geometry = new THREE.BufferGeometry();
  geometry.setAttribute("position", new THREE.BufferAttribute(places, 3));
  geometry.setIndex(faces);
  geometry.computeVertexNormals();
  put("ground", new THREE.Mesh(geometry, new THREE.MeshLambertMaterial({ color: 0xa8895c, side: THREE.DoubleSide,
    transparent: true, opacity: 0.35, depthWrite: false })));
}

// --- the camera ---------------------------------------------------------------------------------------------------------

function bounds() {
  const low = [Infinity, Infinity, Infinity], high = [-Infinity, -Infinity, -Infinity];
  for (const places of [world.samples.traces, world.blocks?.middles]) {
    for (let at = 0; at < (places?.length ?? 0); at++) {
      const axis = at % 3;
      if (places[at] < low[axis]) low[axis] = places[at];
      if (places[at] > high[axis]) high[axis] = places[at];
    }
  }
  if (low[0] > high[0]) return { low: [-50, -50, -50], high: [50, 50, 50] };
  return { low: low.map((each) => each - 15), high: high.map((each) => each + 15) };
}

const DIRECTIONS = { top: [0, -0.001, 1], north: [0, -1, 0.02], east: [-1, 0, 0.02], all: [0.75, -1, 0.55] };

/** From how far along a way the whole box is seen, with a little room around it for words. */
function distance(way, middle) {
  const { low, high } = world.box, up = Math.tan(camera.fov * Math.PI / 360) / 1.08, across = up * camera.aspect;
  const right = new THREE.Vector3().crossVectors(camera.up, way).normalize(), above = new THREE.Vector3().crossVectors(way, right);
  let far = 0;
  for (let at = 0; at < 8; at++) {
    const corner = new THREE.Vector3(...[0, 1, 2].map((axis) => (at >> axis & 1 ? high : low)[axis] - middle[axis]));
    const needs = Math.max(Math.abs(corner.dot(right)) / across, Math.abs(corner.dot(above)) / up);
    far = Math.max(far, needs + corner.dot(way));
  }
  return far;
}

function look(from) {
  const { low, high } = world.box, middle = low.map((each, axis) => (each + high[axis]) / 2);
  const turn = Number(space.dataset.azimuth) * Math.PI / 180;
  const way = new THREE.Vector3(...(from === "section" ? [Math.cos(turn), -Math.sin(turn), 0.02] : DIRECTIONS[from])).normalize();
  const size = Math.hypot(...low.map((each, axis) => high[axis] - each)), far = distance(way, middle);
  orbit.target.set(...middle);
  camera.position.copy(orbit.target).addScaledVector(way, far);
  Object.assign(camera, { near: size / 500, far: far + size * 6 });
  camera.updateProjectionMatrix();
  orbit.update();
  draw();
}

function at(hole) {
  const top = world.about.tops[world.about.holes.indexOf(hole)];
  if (!top) return;
  orbit.target.set(...top);
  camera.position.copy(orbit.target).add(new THREE.Vector3(120, -220, 110));
  orbit.update();
  pick(null, `${hole}`);
  draw();
}

function resize() {
  const { clientWidth: wide, clientHeight: high } = space;
  renderer.setSize(wide, high, false);
  camera.aspect = wide / high;
  camera.updateProjectionMatrix();
  draw();
}

let waiting = false;
function draw() {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    widen(world.parts.holes ?? [], perUnit(), control("show-holes").checked);
    sun.position.copy(camera.position);
    sun.target.position.copy(orbit.target);
    renderer.render(scene, camera);
    world.labels?.(camera, orbit.target, space, control("show-names").checked, control("show-axes").checked);
    space.dataset.drawn = String(Number(space.dataset.drawn ?? 0) + 1);
  });
}

// --- what people choose ---------------------------------------------------------------------------------------------------

function shownParts() {
  for (const name of ["holes", "blocks", "ground", "axes"]) {
    for (const each of world.parts[name] ?? []) each.visible = control(`show-${name}`)?.checked ?? true;
  }
  draw();
}

function cut() {
  const how = control("cut").value, slider = control("cut-at");
  slider.disabled = !how;
  const turn = Number(space.dataset.azimuth) * Math.PI / 180, { low, high } = world.box;
  const normal = new THREE.Vector3(...{ section: [-Math.cos(turn), Math.sin(turn), 0], east: [0, 1, 0], north: [-1, 0, 0],
    level: [0, 0, -1] }[how || "level"]);
  const corners = [0, 1, 2, 3, 4, 5, 6, 7].map((at) => normal.dot(new THREE.Vector3(...[0, 1, 2].map((axis) =>
    (at >> axis & 1 ? high : low)[axis]))));
  const least = Math.min(...corners), most = Math.max(...corners);
  plane.set(normal, -(least + (most - least) * Number(slider.value) / 1000));
  for (const [name, all] of Object.entries(world.parts)) {
    const planes = how && (name === "blocks" || name === "ground" || name === "holes" && control("cut-holes").checked) ? [plane] : [];
    for (const each of all) { each.material.clippingPlanes = planes; each.material.clipping = true; each.material.needsUpdate = true; }
  }
  draw();
}

let later = 0, asking = null;
function ask(grade) {
  clearTimeout(later);
  later = setTimeout(async () => {
    asking?.abort();
    asking = new AbortController();
    const address = new URLSearchParams(space.dataset.query);
    if (grade !== null) address.set("cutoff", String(grade));
    try {
      world.blocks = await unpacked(`/3d/blocks.bin?${address}`, asking.signal);
    } catch (problem) {
      if (problem.name !== "AbortError") told(problem);
      return;
    }
    drawBlocks();
    tellBlocks();
    cut();
  }, grade === null ? 0 : 120);
}

function tellBlocks() {
  const { shown, all, at_least: least } = world.blocks;
  const words = shown < all ? `the richest ${shown.toLocaleString("en")} of ${all.toLocaleString("en")}` : shown.toLocaleString("en");
  control("how-many").textContent = words;
  control("from").value = String(slide(least));
  say(`${words} blocks from ${Number(least).toPrecision(3)} on`);
}

/** Grades on a slider: by ratios from a tenth of the first bound to three times the last. */
const ends = () => [Math.max(world.about.bounds[0] / 10, 1e-9), world.about.bounds.at(-1) * 3];
const slide = (grade) => { const [low, high] = ends(); return Math.round(1000 * Math.log(Math.max(grade, low) / low) / Math.log(high / low)); };
const graded = (place) => { const [low, high] = ends(); return place <= 0 ? 0 : low * (high / low) ** (place / 1000); };

function told(problem) {
  control("waiting").hidden = false;
  control("waiting").textContent = `The server did not answer (${problem.message}).`;
}

function pick(found, words = "") {
  const said = control("picked");
  said.hidden = !found && !words;
  if (said.hidden) return;
  said.replaceChildren();
  const hole = found?.hole ?? words;
  if (hole) {
    const link = Object.assign(document.createElement("a"), { href: `/holes/${encodeURIComponent(hole)}`, textContent: hole });
    said.append(link, " ");
  }
  said.append(found?.words ?? "");
}

let moved = 0, kept = false;
function wire() {
  orbit.addEventListener("change", draw);
  new ResizeObserver(resize).observe(space);
  control("controls").addEventListener("input", (event) => {
    const { id, value } = event.target;
    if (id.startsWith("show-")) shownParts();
    else if (id.startsWith("cut")) cut();
    else if (id === "opacity") { seeThrough(); draw(); }
    else if (id === "from") { control("from-number").value = graded(Number(value)).toPrecision(3); ask(graded(Number(value))); }
    else if (id === "from-number" && value !== "") { control("from").value = String(slide(Number(value))); ask(Number(value)); }
  });
  control("controls").addEventListener("click", (event) => { const way = event.target.closest("[data-look]"); if (way) look(way.dataset.look); });
  canvas.addEventListener("pointermove", (event) => {
    if (event.buttons || kept) return;
    cancelAnimationFrame(moved);
    moved = requestAnimationFrame(() => pick(picked(world, camera, canvas, event, plane, control)));
  });
  canvas.addEventListener("click", (event) => {
    const found = picked(world, camera, canvas, event, plane, control);
    kept = Boolean(found);
    pick(found);
    if (found) say(`${found.hole ?? ""} ${found.words}`);
  });
  canvas.addEventListener("keydown", keys);
  document.addEventListener("click", (event) => { if (event.target.closest("[data-ground]")) setTimeout(recolour); });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolour);
}

function keys(event) {
  const turns = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
  const looks = { t: "top", n: "north", e: "east", 0: "all" }[event.key];
  if (looks) look(looks);
  else if (event.key === "+" || event.key === "-") {
    camera.position.sub(orbit.target).multiplyScalar(event.key === "+" ? 0.8 : 1.25).add(orbit.target);
  } else if (turns && event.shiftKey) {
    const step = camera.position.distanceTo(orbit.target) / 12, way = new THREE.Vector3();
    way.setFromMatrixColumn(camera.matrix, turns[0] ? 0 : 1).multiplyScalar(step * (turns[0] + turns[1]));
    camera.position.add(way);
    orbit.target.add(way);
  } else if (turns) {
    const away = camera.position.clone().sub(orbit.target), level = Math.hypot(away.x, away.y);
    const around = Math.atan2(away.y, away.x) - turns[0] * 0.12;
    const rise = Math.max(-1.5, Math.min(1.55, Math.atan2(away.z, level) + turns[1] * 0.1)), far = away.length();
    away.set(Math.cos(around) * Math.cos(rise), Math.sin(around) * Math.cos(rise), Math.sin(rise)).multiplyScalar(far);
    camera.position.copy(orbit.target).add(away);
  } else if (event.key === "Escape") { kept = false; pick(null); return; } else return;
  event.preventDefault();
  event.stopPropagation();
  orbit.update();
  draw();
}

function recolour() {
  renderer.setClearColor(colourOf("--sheet"));
  for (const each of document.querySelectorAll("[data-class]")) each.style.background = `#${colour(Number(each.dataset.class)).getHexString()}`;
  drawHoles();
  if (world.blocks) drawBlocks();
  const box = thin(world.axes, colourOf("--quiet"));
  Object.assign(box.material, { transparent: true, opacity: 0.4 });
  put("axes", box);
  shownParts();
}

async function begin() {
  try {
    const wanted = [unpacked(`/3d/holes.bin${query}`), unpacked(`/3d/ground.bin${query}`)];
    if (space.dataset.blocks) wanted.push(unpacked(`/3d/blocks.bin${query}`));
    const [holes, ground, blocks] = await Promise.all(wanted);
    world.about = holes;
    world.samples = holes;
    world.blocks = blocks ?? null;
    world.box = bounds();
    const made = axes(world, document.getElementById("labels"), document.getElementById("north"), document.getElementById("rule"));
    world.axes = made.lines;
    world.labels = made.labels;
    drawGround(ground);
    resize();
    look("all");
    recolour();
    if (blocks) tellBlocks();
    wire();
    if (space.dataset.hole) at(space.dataset.hole);
    control("waiting").hidden = true;
  } catch (problem) { told(problem); }
}

begin();
