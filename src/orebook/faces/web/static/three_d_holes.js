// Holes in the page in space: their traces, and over them the samples, thicker the richer they are and the nearer one is.
import * as THREE from "./vendor/three.js";

/** How many pixels wide samples are from near and from far, by class from the poorest to the richest. */
const NEAR = [1, 3, 4, 5, 6.5, 8], FAR = [1, 1.9, 2.4, 3, 3.7, 4.5];

/** Where samples are very many, those that are seen from far are so much narrower, not to cover one another. */
const CROWDED = 0.7;

/** So many samples are drawn as thick lines from however far; of more, those of the richest classes. */
const MOST = 8000;

/** How many pixels wide traces are from near and from far, where there are few. */
const TRACE = [1.7, 1.1];

/** Lines one pixel wide between each two places. */
export function thin(places, shade) {
  const geometry = new THREE.BufferGeometry();
  geometry.setAttribute("position", new THREE.BufferAttribute(places, 3));
  return new THREE.LineSegments(geometry, new THREE.LineBasicMaterial({ color: shade }));
}

/** Thick lines, `always` or only from near, so many pixels wide from near and from far. */
function thick(places, shade, near, far, always) {
  const geometry = new THREE.LineSegmentsGeometry();
  geometry.setPositions(places);
  const lines = new THREE.LineSegments2(geometry, new THREE.LineMaterial({ color: shade, linewidth: near }));
  lines.frustumCulled = false;
  lines.userData = { near, far, always };
  return lines;
}

/** The traces and the samples of each class; richer ones lie a hair before the poorer, and all of them before traces. */
export function holes({ traces, ends, grades }, classes, classOf, colour, quiet) {
  const lines = [traces.length <= MOST * 3 ? thick(traces, quiet, TRACE[0], TRACE[1], true) : thin(traces, quiet)];
  const sorted = Array.from({ length: classes }, () => []);
  for (let at = 0; at < (grades?.length ?? 0); at++) sorted[classOf(grades[at])].push(at);
  const crowded = (grades?.length ?? 0) > MOST ? CROWDED : 1;
  let count = 0;
  for (let number = classes - 1; number >= 0; number--) {
    const own = sorted[number], rank = number && number + NEAR.length - classes;
    if (!own.length) continue;
    count += own.length;
    const places = new Float32Array(own.length * 6);
    own.forEach((at, place) => places.set(ends.subarray(at * 6, at * 6 + 6), place * 6));
    if (!number) { lines.push(thin(places, colour(number))); continue; }
    const made = thick(places, colour(number), NEAR[rank], FAR[rank] * crowded, count <= MOST);
    Object.assign(made.material, { polygonOffset: true, polygonOffsetFactor: -1, polygonOffsetUnits: -8 * number });
    lines.push(made);
    if (!made.userData.always) lines.push(thin(places, colour(number)));
  }
  return lines;
}

/** Make lines as wide as is fit for so many pixels to a unit of length, and leave out those that would take too long. */
export function widen(lines, perUnit, shown) {
  const near = Math.min(1, perUnit / 1.2), nearer = Math.min(2, Math.max(1, Math.sqrt(perUnit / 3)));
  for (const each of lines) {
    if (!each.userData.near) continue;
    each.material.linewidth = (each.userData.far + (each.userData.near - each.userData.far) * near) * nearer;
    each.visible = shown && (each.userData.always || near >= 0.5);
  }
}
