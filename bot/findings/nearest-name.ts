import leven from 'leven';

/** As many slips as are likely to be one. */
const MOST_SLIPS = 2;

/** The name that somebody most likely meant to write, if one is near enough: `schoolCaseload` for `scoolCaseload`. */
export function nearestName(written: string, names: readonly string[]): string | undefined {
  const near = [...new Set(names)]
    .map((name) => ({ name, slips: leven(written.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, slips }) => slips <= MOST_SLIPS && slips < name.length / 2)
    .sort((a, b) => a.slips - b.slips || (a.name < b.name ? -1 : 1));
  return near[0]?.name;
}
