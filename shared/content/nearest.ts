/** How many letters must be inserted, deleted, replaced or swapped with their neighbour to make one word of the other. */
export function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, index) => index)];
  const at = (row: number, column: number) => rows[row]?.[column] ?? 0;
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j += 1) {
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const replaced = at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(at(i - 1, j) + 1, (row[j - 1] ?? 0) + 1, replaced, swapped ? at(i - 2, j - 2) + 1 : replaced));
    }
  }
  return at(a.length, b.length);
}

/** The known word that was probably meant, or undefined when none is near. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  // A word of any length may have two slips, a long one more; beyond that a suggestion would only confuse.
  const limit = Math.max(2, Math.floor(word.length / 3));
  if (word.length > 60) return undefined;
  return known
    .map((candidate) => ({ candidate, away: candidate.startsWith(word) && word.length > 2 ? 0 : distance(word.toLowerCase(), candidate) }))
    .filter(({ candidate, away }) => away <= limit && away < candidate.length)
    .sort((a, b) => a.away - b.away)[0]?.candidate;
}

/** ` Did you mean X?`, or nothing. */
export function didYouMean(word: string, known: readonly string[]): string {
  const meant = nearest(word, known);
  return meant === undefined ? '' : ` Did you mean ${meant}?`;
}
