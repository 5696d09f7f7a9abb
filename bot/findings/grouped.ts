import { isToDecide, type FindingRecord } from './register.ts';

/** Findings about one district by one rule, the newest first. */
export type RuleGroup = { rule: string; records: FindingRecord[] };

/** Findings about one district. */
export type DistrictGroup = { district: string; rules: RuleGroup[] };

/** As many findings as fit a screen, in their groups. */
type FindingsPage = {
  groups: DistrictGroup[];
  /** 0, 1, 2 …: the page asked for, or the last where there are fewer. */
  page: number;
  pages: number;
};

/**
 * Findings by district, then by rule. Where a commissioner has something to decide comes first; then
 * districts go by name, and rules with errors before rules with queries. The order of what is given
 * does not matter.
 */
export function grouped(records: readonly FindingRecord[]): DistrictGroup[] {
  return groupsOf(records, ({ finding }) => finding.district)
    .sort(([a, mine], [b, others]) => waitingFirst(mine, others) || byName(a, b))
    .map(([district, mine]) => ({ district, rules: byRule(mine) }));
}

/** The same order without the groups. */
export const inOrder = (records: readonly FindingRecord[]): FindingRecord[] =>
  grouped(records).flatMap(({ rules }) => rules.flatMap((rule) => rule.records));

const byRule = (records: readonly FindingRecord[]): RuleGroup[] =>
  groupsOf(records, ({ finding }) => finding.rule)
    .sort(
      ([a, mine], [b, others]) =>
        waitingFirst(mine, others) || errorsFirst(mine, others) || byName(a, b),
    )
    .map(([rule, mine]) => ({ rule, records: mine.sort(newestFirst) }));

/** One page of so many findings; a group that begins on one page may go on on the next. */
export function pageOf(
  records: readonly FindingRecord[],
  page: number,
  most: number,
): FindingsPage {
  const pages = Math.max(1, Math.ceil(records.length / most));
  const shown = Math.min(page, pages - 1);
  return { groups: part(grouped(records), shown * most, most), page: shown, pages };
}

/** So many findings from a place on, each in its group. */
function part(groups: readonly DistrictGroup[], from: number, most: number): DistrictGroup[] {
  let at = 0;
  const isShown = (): boolean => {
    at += 1;
    return at > from && at <= from + most;
  };
  return groups
    .map(({ district, rules }) => ({
      district,
      rules: rules
        .map(({ rule, records }) => ({ rule, records: records.filter(isShown) }))
        .filter((group) => group.records.length > 0),
    }))
    .filter((group) => group.rules.length > 0);
}

const groupsOf = (
  records: readonly FindingRecord[],
  by: (record: FindingRecord) => string,
): [string, FindingRecord[]][] => [...Map.groupBy(records, by)];

const waitingFirst = (a: readonly FindingRecord[], b: readonly FindingRecord[]): number =>
  Number(b.some(isToDecide)) - Number(a.some(isToDecide));

const hasError = (records: readonly FindingRecord[]): boolean =>
  records.some(({ finding }) => finding.severity === 'error');

const errorsFirst = (a: readonly FindingRecord[], b: readonly FindingRecord[]): number =>
  Number(hasError(b)) - Number(hasError(a));

const newestFirst = (a: FindingRecord, b: FindingRecord): number =>
  b.raisedAt.getTime() - a.raisedAt.getTime() || byName(a.finding.id, b.finding.id);

/** As people expect names, and two that only a machine tells apart always the same way round. */
const byName = (a: string, b: string): number => a.localeCompare(b) || (a < b ? -1 : a > b ? 1 : 0);
