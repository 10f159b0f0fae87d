/** The candidate that a string was probably meant to be, or nothing when none is near. */
export function nearest(given: string, candidates: readonly string[]): string | undefined {
  const ranked = byDistance(given, candidates).map(({ candidate }) => candidate);
  return misspelt(given, candidates) ?? ranked.find((candidate) => begins(plain(given), plain(candidate)));
}

/** The candidate that a string is but for a slip of the fingers, its letter case or its hyphens. */
export function misspelt(given: string, candidates: readonly string[]): string | undefined {
  const [best] = byDistance(given, candidates);
  return best !== undefined && best.distance <= Math.max(1, Math.floor(best.candidate.length / 4))
    ? best.candidate
    : undefined;
}

function byDistance(given: string, candidates: readonly string[]) {
  return candidates
    .map((candidate) => ({ candidate, distance: distance(plain(given), plain(candidate)) }))
    .sort((a, b) => a.distance - b.distance);
}

function plain(given: string): string {
  return given.toLowerCase().replace(/[^a-z0-9]/g, "");
}

/** Whether one is the beginning of the other, as `repo` is of `repository`. */
function begins(a: string, b: string): boolean {
  return Math.min(a.length, b.length) >= 4 && (a.startsWith(b) || b.startsWith(a));
}

/** The Levenshtein distance, one row at a time. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + cost));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
