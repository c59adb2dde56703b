// What lies under the pointer: the nearest sample of a hole on the screen, else the first block on the way into it.
import { Vector3 } from "./vendor/three.js";

const NEAR = 7;

/** What is there in words; nothing where nothing is. */
export function picked(world, camera, canvas, event, plane, control) {
  const rect = canvas.getBoundingClientRect();
  const x = event.clientX - rect.left, y = event.clientY - rect.top;
  const cuts = Boolean(control("cut").value);
  const sample = control("show-holes").checked ? nearest(world, camera, rect, x, y, cuts && control("cut-holes").checked ? plane : null) : null;
  if (sample) return sample;
  return world.blocks && control("show-blocks")?.checked ? first(world, camera, rect, x, y, cuts ? plane : null) : null;
}

function nearest(world, camera, rect, x, y, plane) {
  const { ends, grades, depths, hole } = world.samples, { holes, unit, grade } = world.about;
  if (!grades) return null;
  const m = camera.projectionMatrix.clone().multiply(camera.matrixWorldInverse).elements;
  const wide = rect.width / 2, high = rect.height / 2;
  let found = -1, least = NEAR, front = Infinity;
  for (let at = 0; at < grades.length; at++) {
    const o = at * 6;
    const w1 = m[3] * ends[o] + m[7] * ends[o + 1] + m[11] * ends[o + 2] + m[15];
    if (w1 <= 0) continue;
    const x1 = (1 + (m[0] * ends[o] + m[4] * ends[o + 1] + m[8] * ends[o + 2] + m[12]) / w1) * wide;
    const y1 = (1 - (m[1] * ends[o] + m[5] * ends[o + 1] + m[9] * ends[o + 2] + m[13]) / w1) * high;
    if (Math.abs(x1 - x) > 200 || Math.abs(y1 - y) > 200) continue;
    const w2 = m[3] * ends[o + 3] + m[7] * ends[o + 4] + m[11] * ends[o + 5] + m[15];
    if (w2 <= 0) continue;
    const x2 = (1 + (m[0] * ends[o + 3] + m[4] * ends[o + 4] + m[8] * ends[o + 5] + m[12]) / w2) * wide;
    const y2 = (1 - (m[1] * ends[o + 3] + m[5] * ends[o + 4] + m[9] * ends[o + 5] + m[13]) / w2) * high;
    const run = x2 - x1, rise = y2 - y1, long = run * run + rise * rise;
    const share = long ? Math.max(0, Math.min(1, ((x - x1) * run + (y - y1) * rise) / long)) : 0;
    const away = Math.hypot(x1 + share * run - x, y1 + share * rise - y);
    if (away > least || away > least - 0.5 && w1 > front) continue;
    if (plane && plane.distanceToPoint(new Vector3(ends[o], ends[o + 1], ends[o + 2])) < 0) continue;
    least = away;
    front = w1;
    found = at;
  }
  if (found < 0) return null;
  const depth = [depths[found * 2], depths[found * 2 + 1]].map((each) => Number(each.toFixed(2)));
  return { hole: holes[hole[found]], words: `${depth[0]} to ${depth[1]} ${unit}: ${Number(grades[found].toPrecision(4))} ${grade}` };
}

function first(world, camera, rect, x, y, plane) {
  const { middles, halves, grades, one_size: one } = world.blocks, { origin, unit, grade } = world.about;
  if (!grades) return null;
  const from = camera.position;
  const way = new Vector3(x / rect.width * 2 - 1, 1 - y / rect.height * 2, 0.5).unproject(camera).sub(from).normalize();
  const ray = [way.x, way.y, way.z], start = [from.x, from.y, from.z];
  let found = -1, least = Infinity;
  for (let at = 0; at < grades.length; at++) {
    let near = 0, far = least;
    for (let axis = 0; axis < 3 && near < far; axis++) {
      const half = halves[one ? axis : at * 3 + axis], away = middles[at * 3 + axis] - start[axis];
      const one_end = (away - half) / ray[axis], other = (away + half) / ray[axis];
      near = Math.max(near, Math.min(one_end, other));
      far = Math.min(far, Math.max(one_end, other));
    }
    if (near >= far || near >= least) continue;
    if (plane && plane.distanceToPoint(new Vector3(middles[at * 3], middles[at * 3 + 1], middles[at * 3 + 2])) < 0) continue;
    least = near;
    found = at;
  }
  if (found < 0) return null;
  const place = [0, 1, 2].map((axis) => (middles[found * 3 + axis] + origin[axis]).toLocaleString("en", { maximumFractionDigits: 1 }));
  return { words: `block at ${place[0]} E, ${place[1]} N, ${place[2]} ${unit}: ${Number(grades[found].toPrecision(4))} ${grade}` };
}
