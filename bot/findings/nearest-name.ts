/** As many slips as are likely to be one. */
const MOST_SLIPS = 2;

/** The name that somebody most likely meant to write, if one is near enough: `schoolCaseload` for `scoolCaseload`. */
export function nearestName(written: string, names: readonly string[]): string | undefined {
  const near = [...new Set(names)]
    .map((name) => ({ name, slips: slipsBetween(written.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, slips }) => slips <= MOST_SLIPS && slips < name.length / 2)
    .sort((a, b) => a.slips - b.slips || (a.name < b.name ? -1 : 1));
  return near[0]?.name;
}

/** How many letters have to be put in, taken out or changed (Levenshtein, 1965). */
function slipsBetween(one: string, other: string): number {
  let above = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (const [i, letter] of [...one].entries()) {
    const row = [i + 1];
    for (const [j, wanted] of [...other].entries()) {
      const changed = (above[j] ?? 0) + (letter === wanted ? 0 : 1);
      row.push(Math.min(changed, (above[j + 1] ?? 0) + 1, (row[j] ?? 0) + 1));
    }
    above = row;
  }
  return above.at(-1) ?? 0;
}
