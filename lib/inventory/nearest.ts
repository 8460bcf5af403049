/** The candidate that a person most likely meant by `text`, or null when none is near enough to suggest. */
export function nearest(text: string, candidates: Iterable<string>): string | null {
  const wanted = text.toLowerCase();
  const limit = Math.max(1, Math.floor(Math.min(wanted.length, LONGEST_COMPARED) / 3));
  let best: { readonly candidate: string; readonly distance: number } | null = null;
  for (const candidate of candidates) {
    const distance = editDistance(
      wanted.slice(0, LONGEST_COMPARED),
      candidate.toLowerCase().slice(0, LONGEST_COMPARED),
    );
    if (distance <= limit && (best === null || distance < best.distance)) best = { candidate, distance };
  }
  return best?.candidate ?? null;
}

/** Distance is quadratic in length; no field or tag is longer than this. */
const LONGEST_COMPARED = 64;

/** Levenshtein's distance, where swapping two neighbours also counts as one step. */
function editDistance(a: string, b: string): number {
  const start = Array.from({ length: b.length + 1 }, (_, column) => column);
  let [twoAbove, above]: readonly (readonly number[])[] = [[], start];
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const isSame = a[row - 1] === b[column - 1];
      const isSwapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const steps = [
        at(above, column) + 1,
        at(current, column - 1) + 1,
        at(above, column - 1) + (isSame ? 0 : 1),
        isSwapped ? at(twoAbove, column - 2) + 1 : Number.POSITIVE_INFINITY,
      ];
      current.push(Math.min(...steps));
    }
    [twoAbove, above] = [above, current];
  }
  return at(above, b.length);
}

/** Nothing stands outside a row, and nothing is never the shortest way. */
function at(row: readonly number[] | undefined, column: number): number {
  return row?.[column] ?? Number.POSITIVE_INFINITY;
}
