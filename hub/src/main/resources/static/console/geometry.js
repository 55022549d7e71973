// Plane geometry of what is drawn into a picture. Points are [x, y] in fractions of it; nothing here touches the page.
const STEPS = 1000;
export const FEWEST_CORNERS = 3;
export const MOST_CORNERS = 100;

/** Inside the picture, and no finer than a thousandth of it: so the file stays readable. */
export function tidy([x, y]) {
  const fraction = (value) => Math.round(Math.min(1, Math.max(0, value)) * STEPS) / STEPS;
  return [fraction(x), fraction(y)];
}

export const same = (a, b) => a[0] === b[0] && a[1] === b[1];
export const middle = (a, b) => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];

/** Positive to the right of the line seen from its start, negative to the left; y grows downwards. */
function rightOf(from, to, point) {
  return (to[0] - from[0]) * (point[1] - from[1]) - (to[1] - from[1]) * (point[0] - from[0]);
}

function overlap(a, b, c, d) {
  return Math.max(a, b) >= Math.min(c, d) && Math.max(c, d) >= Math.min(a, b);
}

/** Whether the sides from a to b and from c to d touch or cross. */
export function meet(a, b, c, d) {
  const [toC, toD, toA, toB] = [rightOf(a, b, c), rightOf(a, b, d), rightOf(c, d, a), rightOf(c, d, b)];
  if (toC === 0 && toD === 0) return overlap(a[0], b[0], c[0], d[0]) && overlap(a[1], b[1], c[1], d[1]);
  return toC * toD <= 0 && toA * toB <= 0;
}

/** Whether the way from a by b to c turns round and covers itself. */
function foldsBack(a, b, c) {
  const forward = (b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1]);
  return rightOf(a, b, c) === 0 && forward <= 0;
}

/** The sides that may not be as they are, by the number of the point where each begins; empty for a good polygon. */
export function badSides(polygon) {
  const bad = new Set();
  const at = (index) => polygon[index % polygon.length];
  for (let i = 0; i < polygon.length; i += 1) {
    if (foldsBack(at(i), at(i + 1), at(i + 2))) bad.add(i).add((i + 1) % polygon.length);
    for (let j = i + 2; j < polygon.length; j += 1) {
      const neighbours = (j + 1) % polygon.length === i;
      if (!neighbours && meet(at(i), at(i + 1), at(j), at(j + 1))) bad.add(i).add(j);
    }
  }
  return bad;
}

/** What is wrong with a polygon, for people; empty where nothing is. */
export function polygonProblem(polygon) {
  if (polygon.length < FEWEST_CORNERS) return `It has ${polygon.length} points and needs at least ${FEWEST_CORNERS}.`;
  if (polygon.length > MOST_CORNERS) return `It has ${polygon.length} points; ${MOST_CORNERS} are the most.`;
  const bad = [...badSides(polygon)].sort((a, b) => a - b);
  if (bad.length === 0) return "";
  const names = bad.map((side) => `${side + 1}–${((side + 1) % polygon.length) + 1}`);
  return `Its sides ${names.join(", ")} touch or cross each other. Move or remove a point.`;
}

export function lineProblem([from, to]) {
  return same(from, to) ? "It starts where it ends. Move one of its ends." : "";
}

/** Where a label stands: the mean of the corners. */
export function centre(points) {
  const sum = points.reduce(([x, y], point) => [x + point[0], y + point[1]], [0, 0]);
  return [sum[0] / points.length, sum[1] / points.length];
}

/**
 * The arrow across a line from its side a, on the left seen from its start, to its side b.
 *
 * @param size {width, height} of the picture in pixels
 * @return {start, end} in pixels
 */
export function arrowAcross([from, to], size, length) {
  const [dx, dy] = [(to[0] - from[0]) * size.width, (to[1] - from[1]) * size.height];
  const long = Math.hypot(dx, dy) || 1;
  const [x, y] = [((from[0] + to[0]) / 2) * size.width, ((from[1] + to[1]) / 2) * size.height];
  const [right, down] = [(-dy / long) * length, (dx / long) * length];
  return { start: [x - right / 2, y - down / 2], end: [x + right / 2, y + down / 2] };
}
