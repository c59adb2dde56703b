// The box of axes with the coordinates of the grid, the arrow to the north, and a bar that says how long things are.
import { Vector3 } from "./vendor/three.js";

/** The least round step that cuts a span into at most so many pieces. */
export function step(span, most) {
  const least = span / most, power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 2.5, 5, 10].map((each) => each * power).find((each) => each >= least * 0.999999);
}

const said = (value) => value.toLocaleString("en", { maximumFractionDigits: 1 });

/** The lines of the box with its ticks, and a function that writes the labels where they are seen now. */
export function axes(world, room, north, rule) {
  const { low, high } = world.box, { origin, unit } = world.about;
  const corner = (x, y, z) => [x ? high[0] : low[0], y ? high[1] : low[1], z ? high[2] : low[2]];
  const lines = [];
  for (let at = 0; at < 8; at++) {
    for (const bit of [1, 2, 4]) if (!(at & bit)) lines.push(...corner(at & 1, at & 2, at & 4), ...corner((at | bit) & 1, (at | bit) & 2, (at | bit) & 4));
  }
  const by = step(Math.max(...low.map((each, axis) => high[axis] - each)), 6);
  const ticks = [0, 1, 2].map((axis) => {
    const found = [];
    for (let at = Math.ceil((low[axis] + origin[axis]) / by) * by; at <= high[axis] + origin[axis]; at += by) found.push(at);
    return found;
  });
  for (const [axis, across] of [[0, 1], [1, 0]]) {
    for (const value of ticks[axis]) {
      const begin = [0, 0, low[2]], end = [0, 0, low[2]];
      begin[axis] = end[axis] = value - origin[axis];
      begin[across] = low[across];
      end[across] = high[across];
      lines.push(...begin, ...end);
    }
  }
  const pool = [];
  let used = 0;
  const write = (words, place, kind = "") => {
    const each = pool[used] ?? room.appendChild(document.createElement("span"));
    pool[used++] = each;
    each.hidden = false;
    each.className = kind;
    each.textContent = words;
    each.style.left = `${place.x}px`;
    each.style.top = `${place.y}px`;
  };

  function labels(camera, target, space, names, shown) {
    const seen = (place) => {
      const at = new Vector3(...place).project(camera);
      return { x: (at.x + 1) / 2 * space.clientWidth, y: (1 - at.y) / 2 * space.clientHeight, far: at.z > 1 };
    };
    const free = [];
    const tell = (words, place, kind) => {
      const at = seen(place), wide = words.length * 6.5 + 8;
      const box = [at.x, at.y - 7, at.x + wide, at.y + 8];
      if (at.far || box[0] < 0 || box[1] < 0 || box[2] > space.clientWidth || box[3] > space.clientHeight) return;
      if (free.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) return;
      free.push(box);
      write(words, { x: at.x + 4, y: at.y - 8 }, kind);
    };
    used = 0;
    if (shown) {
      const y = camera.position.y < target.y ? low[1] : high[1], x = camera.position.x > target.x ? high[0] : low[0];
      for (const value of ticks[0]) tell(`${said(value)} E`, [value - origin[0], y, low[2]]);
      for (const value of ticks[1]) tell(`${said(value)} N`, [x, value - origin[1], low[2]]);
      const edges = [[x === high[0] ? low[0] : high[0], y], [x, y === high[1] ? low[1] : high[1]]];
      const edge = edges.sort((one, other) => seen([...one, low[2]]).x - seen([...other, low[2]]).x)[0];
      for (const value of ticks[2]) tell(`${said(value)} ${unit}`, [...edge, value - origin[2]]);
    }
    if (names) world.about.holes.forEach((hole, at) => { if (world.about.tops[at]) tell(hole, world.about.tops[at], "name"); });
    for (let at = used; at < pool.length; at++) pool[at].hidden = true;
    compass(camera, target);
    bar(camera, target, space);
  }

  function compass(camera, target) {
    const from = target.clone().project(camera), to = target.clone().add(new Vector3(0, (high[1] - low[1]) / 50, 0)).project(camera);
    const angle = Math.atan2((to.x - from.x) * camera.aspect, to.y - from.y);
    north.firstElementChild.setAttribute("transform", `rotate(${angle * 180 / Math.PI})`);
  }

  function bar(camera, target, space) {
    const far = camera.position.distanceTo(target);
    const perPixel = 2 * far * Math.tan(camera.fov * Math.PI / 360) / space.clientHeight;
    const long = step(150 * perPixel, 1) > 150 * perPixel * 1.3 ? step(75 * perPixel, 1) : step(150 * perPixel, 1);
    rule.style.width = `${long / perPixel}px`;
    rule.firstElementChild.textContent = `${said(long)} ${unit} at the middle`;
  }

  return { lines: new Float32Array(lines), labels };
}
