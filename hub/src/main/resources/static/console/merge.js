// Brings two changes of the same tree together. Nothing here touches the page.

const tree = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

export function alike(a, b) {
  if (!tree(a) || !tree(b)) {
    if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((one, index) => alike(one, b[index]));
    return a === b;
  }
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && alike(a[key], b[key]));
}

/**
 * Three-way: what only one side changed is taken from it; what both changed differently is a conflict, and mine is taken.
 *
 * @param base what both began with; undefined where a key was missing
 * @return {value, conflicts}: conflicts are paths, lists of keys; the order of keys is theirs, with mine after them
 */
export function merge(base, mine, theirs, path = []) {
  if (alike(mine, theirs) || alike(base, theirs)) return { value: mine, conflicts: [] };
  if (alike(base, mine)) return { value: theirs, conflicts: [] };
  if (!tree(mine) || !tree(theirs)) return { value: mine, conflicts: [path] };
  const value = {};
  const conflicts = [];
  for (const key of new Set([...Object.keys(theirs), ...Object.keys(mine)])) {
    const merged = merge(tree(base) ? base[key] : undefined, mine[key], theirs[key], [...path, key]);
    conflicts.push(...merged.conflicts);
    if (merged.value !== undefined) value[key] = merged.value;
  }
  return { value, conflicts };
}

/** The paths at which two trees differ, down to what is no tree on one side. */
export function differences(before, after, path = []) {
  if (alike(before, after)) return [];
  if (!tree(before) || !tree(after)) return [path];
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) => differences(before[key], after[key], [...path, key]));
}
