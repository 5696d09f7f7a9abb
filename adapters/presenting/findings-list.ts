import { openTerm } from '../../bot/chase/outstanding.ts';
import { findTerm } from '../../bot/calendar/terms.ts';
import { pageOf, type DistrictGroup, type RuleGroup } from '../../bot/findings/grouped.ts';
import { foundInWords, messageOf, type Finding } from '../../bot/findings/finding.ts';
import { isOpen, isToDecide, type FindingRecord } from '../../bot/findings/register.ts';
import { notCheckedInWords, type Look } from '../../bot/look.ts';
import { findingCode, seenCode } from '../../cards/actions.ts';
import type {
  DistrictFindingsView,
  FindingsView,
  ListedFindingView,
  ListTurn,
  RuleFindingsView,
} from '../../cards/views.ts';
import { aboutOf, canAccept, districtOf, labelOf, statusOf, whoAndWhen } from './finding-words.ts';
import { age, count, shortened } from './words.ts';

/** How many findings fit a screen. */
export const FINDINGS_A_PAGE = 6;

/** What is said of one finding, or of a rule, at the most: the finding's own card says all. */
export const MOST_OF_A_FINDING = 220;

/** Which findings: of one district or, where it is empty, of all; of terms that may change, or are locked. */
export type Listing = Pick<ListTurn, 'district' | 'terms' | 'page'>;

/** The findings that are not settled, a page of them. */
export function findingsView(look: Look, asked: Listing): FindingsView {
  const { district, terms } = asked;
  const records = findingsOf(district, terms, look);
  const { groups, page, pages } = pageOf(records, asked.page, FINDINGS_A_PAGE);
  return {
    headline: headlineOf(records),
    shown: [
      district || 'Every district',
      terms === 'open' ? 'terms that may still change' : 'terms that are locked',
      ...(pages > 1 ? [`page ${page + 1} of ${pages}`] : []),
    ].join(' · '),
    groups: districtGroups(groups, look, true).map((group) => ({
      ...group,
      only: onlyOf(group.district, asked, records, look),
    })),
    empty: records.length === 0 ? nothingOpen(look) : '',
    notChecked: notCheckedInWords(look.reading.notChecked),
    turns: turnsFrom({ district, terms, page }, pages, look),
  };
}

function headlineOf(records: readonly FindingRecord[]): string {
  if (records.length === 0) return 'No findings';
  const deciding = records.filter(isToDecide).length;
  const wait = deciding > 0 ? `, ${deciding} for you to decide` : '';
  return `${count(records.length, 'finding')}${wait}`;
}

/** Where nothing is listed, what is known. */
const nothingOpen = ({ reading }: Look): string =>
  reading.notChecked.length > 0
    ? 'Nothing is known to be open, but not everything could be checked.'
    : 'Nothing is open here: whatever the rules found is corrected or accepted.';

/** Findings that wait for an answer or a decision; what names no known term counts with the open ones. */
function findingsOf(district: string, terms: Listing['terms'], look: Look): FindingRecord[] {
  return openFindings(look, terms).filter(
    ({ finding }) => district === '' || finding.district === district,
  );
}

/** What a commissioner should know of: of terms that may still change, and of items that name none. */
export const openFindings = (look: Look, terms: Listing['terms'] = 'open'): FindingRecord[] =>
  [...look.assessment.register.values()]
    .filter(isOpen)
    .filter(({ finding }) => isLocked(finding, look) === (terms === 'locked'));

const isLocked = (finding: Finding, { situation }: Look): boolean =>
  findTerm(situation.calendar.terms, finding) !== undefined && !openTerm(finding, situation);

/** *Back*, *Next* and the ways to what else there is. */
function turnsFrom(here: Listing, pages: number, look: Look): ListTurn[] {
  const { district, terms, page } = here;
  const others = terms === 'open' ? 'locked' : 'open';
  const elsewhere = findingsOf(district, others, look).length;
  const turn = (title: string, to: Partial<Listing>): ListTurn => ({
    title,
    ...here,
    page: 0,
    ...to,
    on: 'findings',
  });
  return [
    ...(page > 0 ? [turn('Back', { page: page - 1 })] : []),
    ...(page < pages - 1 ? [turn('Next', { page: page + 1 })] : []),
    ...(district === '' ? [] : [turn('Every district', { district: '' })]),
    ...(elsewhere > 0
      ? [
          turn(others === 'locked' ? `Locked terms (${elsewhere})` : `Open terms (${elsewhere})`, {
            terms: others,
          }),
        ]
      : []),
  ];
}

/** *Only Dover*, where there is something else too, and Dover is a district of the list. */
function onlyOf(
  district: string,
  { terms }: Listing,
  records: readonly FindingRecord[],
  { reading }: Look,
): ListTurn[] {
  const isAlone = records.every(({ finding }) => finding.district === district);
  if (isAlone || !reading.districts.some(({ name }) => name === district)) return [];
  return [{ title: `Only ${district}`, district, terms, page: 0, on: 'findings' }];
}

/**
 * At most so many findings in their groups, for a card that is about more than them; `canDecide` says
 * whether whoever looks decides on findings.
 */
export function fewFindings(
  records: readonly FindingRecord[],
  most: number,
  look: Look,
  canDecide: boolean,
): DistrictFindingsView[] {
  return districtGroups(pageOf(records, 0, most).groups, look, canDecide);
}

/** The way from another card to all of them; none where all are shown there. */
export const allOf = (
  records: readonly FindingRecord[],
  most: number,
  district: string,
): ListTurn[] =>
  records.length <= most
    ? []
    : [
        {
          title: `All ${records.length} findings${district ? ` of ${district}` : ''}`,
          district,
          terms: 'open',
          page: 0,
        },
      ];

const districtGroups = (
  groups: readonly DistrictGroup[],
  look: Look,
  canDecide: boolean,
): DistrictFindingsView[] =>
  groups.map(({ district, rules }) => ({
    district: districtOf({ district }),
    only: [],
    rules: rules.map((group) => ruleGroup(group, look, canDecide)),
  }));

/** The rule is said once for all its findings, in the words of the newest. */
function ruleGroup(
  { rule, records }: RuleGroup,
  { at }: Look,
  canDecide: boolean,
): RuleFindingsView {
  const isError = records.some(({ finding }) => finding.severity === 'error');
  const why = records.find(({ finding }) => finding.why !== '')?.finding.why ?? '';
  return {
    label: labelOf(isError),
    isError,
    wording: shortened(why || rule, MOST_OF_A_FINDING),
    findings: records.map((record) => listedFinding(record, { why, canDecide, at })),
  };
}

/** `why` is what stands above it already. */
type Listed = { why: string; canDecide: boolean; at: Date };

function listedFinding(record: FindingRecord, { why, canDecide, at }: Listed): ListedFindingView {
  const { finding } = record;
  return {
    id: findingCode(finding.id),
    about: aboutOf(finding),
    age: age(record.raisedAt, at),
    figures: shortened(figuresOf(finding, why), MOST_OF_A_FINDING),
    status: shortened(standing(record, canDecide), MOST_OF_A_FINDING),
    action: canDecide && isToDecide(record) ? 'Decide' : 'History',
    seen: seenCode(record),
    canAccept: canDecide && canAccept(record),
  };
}

/**
 * Its rule may have been worded otherwise when it was last looked at. Of many figures there is room for
 * what they came to; its own card has each.
 */
function figuresOf(finding: Finding, above: string): string {
  const said = finding.why === above ? foundInWords(finding) : messageOf(finding);
  const { compared } = finding;
  return compared !== undefined && said.length > MOST_OF_A_FINDING ? `${compared}.` : said;
}

/** The same, with who said what last. */
function standing(record: FindingRecord, canDecide: boolean): string {
  const stands = statusOf(record, canDecide);
  const last = record.history.findLast(({ what }) => what === record.status);
  if (record.status === 'open' || !last) return stands;
  const words = last.text ? `: “${last.text}”` : '';
  return isToDecide(record)
    ? `${stands}. ${whoAndWhen(last)}${words}`
    : `${stands} by ${whoAndWhen(last)}${words}`;
}
