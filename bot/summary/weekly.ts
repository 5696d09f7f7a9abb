import {
  addDays,
  daysBetween,
  londonDay,
  londonInstant,
  londonTime,
  mondayOf,
  type Day,
  shortDay,
} from '../calendar/london.ts';
import { sameTerm, termName, type Term } from '../calendar/terms.ts';
import { openTerms } from '../calendar/open-terms.ts';
import { firstWorkingDayOfWeek } from '../calendar/working-days.ts';
import {
  pauseFor,
  promiseInWords,
  brokenPromise,
  promiseKeptOpen,
  standingFor,
} from '../chase/arrangement.ts';
import type { ChaseEntry } from '../chase/history.ts';
import type { Message } from '../chase/message.ts';
import { summaryId } from '../chase/message-id.ts';
import { quietReason, type ReturnStatus, type Situation } from '../chase/situation.ts';
import { isOpen, wasCorrected, type FindingRecord } from '../findings/register.ts';
import { OWED_FORMS, type Form } from '../returns/measure.ts';
import { formName } from '../returns/return.ts';
import { isFiled, type ReturnState } from '../returns/state.ts';

/** Returned and timely out of expected, for one form. */
export type Tally = { form: Form; returned: number; timely: number; expected: number };

export type DistrictLine = {
  district: string;
  states: Partial<Record<Form, ReturnState | 'could not check' | 'not due yet'>>;
  openFindings: number;
};

/** The week's news for the commissioning channel. */
export type WeeklySummary = {
  term: string;
  due: Day;
  /** Monday of the week. */
  week: Day;
  tallies: Tally[];
  districts: DistrictLine[];
  newFindings: number;
  openFindings: number;
  resolvedFindings: number;
  /** Days since the oldest open finding was raised. */
  oldestOpenDays: number | undefined;
  chased: { district: string; name: string; about: number; outcome: ChaseEntry['outcome'] }[];
  paused: string[];
  /** What was promised, handed over or withdrawn of the returns that are not filed. */
  arranged: string[];
  notChecked: string[];
};

/** `9 of 12 (75%)`; nothing expected is `n/a`. */
export function countOf(count: number, of: number): string {
  return of === 0 ? 'n/a' : `${count} of ${of} (${Math.round((count / of) * 100)}%)`;
}

/** The summary is due on the first working day of the week, from its hour. */
export function decideSummary(now: Situation): Message[] {
  const today = londonDay(now.at);
  const due =
    londonTime(now.at) >= now.policy.summaryAt &&
    !quietReason(now) &&
    firstWorkingDayOfWeek(today, now.calendar) === today;
  if (!due) return [];
  return [{ id: summaryId(mondayOf(today)), kind: 'summary', returns: [], findings: [], logs: [] }];
}

/** Puts the week together for the term whose returns are being gathered. */
export function weeklySummary(
  now: Situation,
  term: Term,
  districts: readonly string[],
  notChecked: readonly { list: string; reason: string; forms: readonly Form[] }[],
): WeeklySummary {
  const unread = new Set(notChecked.flatMap((n) => n.forms));
  const expected = openTerms(now.calendar, now.at, now.policy.returnStages).some((open) =>
    sameTerm(open, term),
  );
  const absent = expected || londonDay(now.at) > term.due ? 'missing' : 'not due yet';
  const statuses = now.statuses.filter((s) => sameTerm(s, term));
  const week = mondayOf(londonDay(now.at));
  const mine = now.findings.filter((r) => sameTerm(r.finding, term));
  const open = mine.filter(isOpen);
  const ages = open.map((r) => daysBetween(londonDay(r.raisedAt), londonDay(now.at)));
  return {
    term: termName(term),
    due: term.due,
    week,
    tallies: OWED_FORMS.map((form) =>
      tallyOf(form, statuses, unread.has(form) || absent !== 'missing' ? 0 : districts.length),
    ),
    districts: districts.map((district) => lineOf(district, { statuses, open, unread, absent })),
    newFindings: mine.filter((r) => isNews(r.raisedAt, now)).length,
    openFindings: open.length,
    resolvedFindings: mine.filter((r) => resolvedSince(r, now)).length,
    oldestOpenDays: ages.length > 0 ? Math.max(...ages) : undefined,
    chased: chasedSince(now),
    paused: districts.flatMap((district) => {
      const pause = pauseFor(district, now);
      return pause ? [`${district} until ${shortDay(pause.until)}, by ${pause.name}`] : [];
    }),
    arranged: statuses.flatMap((status) => arrangedFor(status, now)),
    notChecked: notChecked.map(({ list, reason }) => `${list}: ${reason}`),
  };
}

/**
 * What stands of the arrangements about a return that is not filed, in words. The reason why one is not
 * asked for is somebody's own words, which may name a child's figure: it stays on the district's card.
 */
function arrangedFor(status: ReturnStatus, now: Situation): string[] {
  if (isFiled(status.state)) return [];
  const standing = standingFor(status, now);
  const what = `${status.district}, ${formName(status.form)}`;
  const { withdrawn, holder } = standing;
  if (withdrawn) return [`${what}: not asked for, says ${withdrawn.name}`];
  const open = promiseKeptOpen(standing, now.at);
  const broken = brokenPromise(standing, now.at);
  return [
    ...(open ? [`${what}: ${promiseInWords(open)}`] : []),
    ...(broken ? [`${what}: ${promiseInWords(broken)}, and it is not filed`] : []),
    ...(holder ? [`${what}: ${holder.name} handed it over to ${holder.toName}`] : []),
  ];
}

function tallyOf(form: Form, statuses: readonly ReturnStatus[], expected: number): Tally {
  const filed = statuses.filter((s) => s.form === form && isFiled(s.state));
  return {
    form,
    expected,
    returned: filed.length,
    timely: filed.filter((s) => s.timely === true).length,
  };
}

type Known = {
  statuses: readonly ReturnStatus[];
  open: readonly FindingRecord[];
  unread: ReadonlySet<Form>;
  /** What a return that is not there is called at present. */
  absent: 'missing' | 'not due yet';
};

function lineOf(district: string, { statuses, open, unread, absent }: Known): DistrictLine {
  const stateOf = (form: Form) =>
    unread.has(form)
      ? 'could not check'
      : (statuses.find((s) => s.district === district && s.form === form)?.state ?? absent);
  return {
    district,
    states: Object.fromEntries(OWED_FORMS.map((form) => [form, stateOf(form)])),
    openFindings: open.filter((r) => r.finding.district === district).length,
  };
}

/** How far back the last summary is looked for: longer than the summer holiday. */
const MOST_WEEKS = 12;

/** When the last summary before this week's was due: what happened since is news. */
function lastSummary({ at, calendar, policy }: Situation): Date {
  const monday = mondayOf(londonDay(at));
  const days = Array.from({ length: MOST_WEEKS }, (_, i) =>
    firstWorkingDayOfWeek(addDays(monday, -7 * (i + 1)), calendar),
  );
  const day = days.find((one) => one !== undefined) ?? addDays(monday, -7);
  return londonInstant(day, policy.summaryAt);
}

const isNews = (at: Date, now: Situation): boolean => at > lastSummary(now) && at <= now.at;

const resolvedSince = (record: FindingRecord, now: Situation): boolean => {
  const last = record.history.at(-1);
  const isResolved = record.status === 'accepted' || wasCorrected(record);
  return isResolved && last !== undefined && isNews(last.at, now);
};

function chasedSince(now: Situation): WeeklySummary['chased'] {
  const recent = now.log
    .filter((e) => e.kind === 'chase' && isNews(e.at, now))
    .sort((a, b) => a.at.getTime() - b.at.getTime());
  const leads = now.people.filter((p) => p.role === 'District lead');
  return [...Map.groupBy(recent, (e) => e.person)].flatMap(([person, entries]) => {
    const lead = leads.find((p) => p.id === person);
    const last = entries.at(-1);
    if (!lead || !last) return [];
    const about = new Set(entries.map((e) => e.about)).size;
    return [{ district: lead.districts.join(', '), name: lead.name, about, outcome: last.outcome }];
  });
}
