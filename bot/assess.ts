import type { Person } from './access/people.ts';
import { findTerm, isTimely, type Term } from './calendar/terms.ts';
import type { Calendar } from './calendar/working-days.ts';
import type { ReturnStatus } from './chase/situation.ts';
import { subjectOf } from './chase/subject.ts';
import { londonDay } from './calendar/london.ts';
import { openTerms, termBeingGathered } from './calendar/open-terms.ts';
import { calendarUnknown, listProblems } from './list-problems.ts';
import type { ChasePolicy } from './chase/policy.ts';
import type { District } from './directory/district.ts';
import { check, type CheckReport } from './findings/check.ts';
import type { Finding } from './findings/finding.ts';
import {
  isOpenQuery,
  isStandingError,
  reconcile,
  type FindingRecord,
} from './findings/register.ts';
import type { Rule } from './findings/rule.ts';
import type { UnusableRow } from './findings/rule-problem.ts';
import { whyGone, type RulesByUse } from './findings/why-gone.ts';
import type { Form, Measure } from './returns/measure.ts';
import { measuresOf, OWED_FORMS } from './returns/measure.ts';
import {
  compareReturns,
  countingById,
  keyOf,
  owedFor,
  returnId,
  type Return,
  type ReturnKey,
  type Stray,
} from './returns/return.ts';
import {
  approvalIn,
  changesSince,
  isAsApproved,
  type Approvals,
  type Voided,
} from './returns/approval.ts';
import { blanksOf, isFiled, stateOf } from './returns/state.ts';

/** A list that could not be read now, and why. What is in it is not missing. */
export type NotChecked = { list: string; reason: string; forms: readonly Form[] };

/** Everything that the lists say, as read at one moment. */
export type Held = {
  terms: readonly Term[];
  measures: readonly Measure[];
  /** Measures whose column is gone or of another type: they are neither asked nor missing. */
  unreadMeasures: readonly Measure[];
  rules: readonly Rule[];
  /** Rules that are switched off, and could be used. One that could not is a problem only for whoever tries it. */
  rulesOff: readonly Rule[];
  /** Rows that are switched off and could not be used. */
  unusableOff: readonly UnusableRow[];
  districts: readonly District[];
  people: readonly Person[];
  policy: ChasePolicy;
  bankHolidays: ReadonlySet<string>;
  returns: readonly Return[];
  strays: readonly Stray[];
  notChecked: readonly NotChecked[];
  /** Titles of rows of the rules and measures lists that could not be used. */
  unusableRules: readonly string[];
  unusableMeasures: readonly string[];
  /** Titles of rows of the terms list that could not be used: which days are working days is not known. */
  unusableTerms: readonly string[];
  /** Rows of the bot's own lists that could not be used, in words for the person who edits them. */
  rowProblems: readonly string[];
};

/**
 * What is remembered of a return's filing, by return id: the instant it was first complete (frozen,
 * so that amending it makes it neither late nor timely), or that it was seen part filed.
 */
export type Filing = Date | 'part filed' | Complete;

/** Complete since then by the rules and columns that could be used: as long as some cannot, nothing is frozen. */
type Complete = { complete: Date };

/** What the bot remembers between sweeps. */
export type Remembered = {
  findings: ReadonlyMap<string, FindingRecord>;
  approvals: Approvals;
  filings: ReadonlyMap<string, Filing>;
};

/** Where everything stands. */
export type Assessment = {
  at: Date;
  calendar: Calendar;
  statuses: ReturnStatus[];
  report: CheckReport;
  /** The register after this look, by finding id. */
  register: Map<string, FindingRecord>;
  /** The records that this look changed. */
  changed: FindingRecord[];
  /** Approvals that a later edit voided, in the order of their returns. */
  voided: Voided[];
  /** What this look learnt about filings. */
  newFilings: Map<string, Filing>;
  /** Why the calendar cannot be right; while there is any reason nobody is chased. */
  contradictions: string[];
  problems: string[];
};

/** What the rules find rests on what is held alone: looks at the same share it. */
const reports = new WeakMap<Held, CheckReport>();

function reportOn(held: Held): CheckReport {
  const report = reports.get(held) ?? check(held.rules, held);
  reports.set(held, report);
  return report;
}

/** Looks at everything held and says where it stands. Pure: the same input gives the same answer. */
export function assess(held: Held, remembered: Remembered, at: Date): Assessment {
  const calendar: Calendar = { terms: held.terms, bankHolidays: held.bankHolidays };
  const report = reportOn(held);
  const unread = new Set(held.notChecked.flatMap((n) => n.forms));
  const couldNotRun = whatCouldNotRun(report);
  const unusable = new Set(unusableAmong(held));
  const couldBeSeen = (finding: Finding) =>
    !unread.has(finding.form) && !unusable.has(finding.rule) && !couldNotRun(finding);
  const rules = rulesByUse(held);
  const changed = reconcile(remembered.findings, report.findings, at, (record) =>
    couldBeSeen(record.finding) ? whyGone(record, rules, report.seenAgain) : undefined,
  );
  const register = new Map(remembered.findings);
  for (const record of changed) register.set(record.finding.id, record);
  const counting = countingById(held.returns);
  const found = Map.groupBy(register.values(), ({ finding }) => returnId(finding));
  const newFilings = new Map<string, Filing>();
  const judged = judgedInFull(held, report);
  const keys = expectedAndHeld(held, counting, calendar, at).filter((k) => !unread.has(k.form));
  const statuses = keys.map((key) => {
    const id = returnId(key);
    const status = statusOf(key, counting.get(id), held, found.get(id) ?? [], remembered);
    const inFull = judged && measuresOf(held.unreadMeasures, key.form, key).length === 0;
    const known = remembered.filings.get(id);
    const learnt = learntOf(status, known, inFull);
    if (learnt) newFilings.set(id, learnt);
    return withFirstFiled(status, held.terms, learnt ?? known);
  });
  return {
    at,
    calendar,
    statuses,
    report,
    register,
    changed,
    voided: voidedApprovals(remembered.approvals, counting, held, unread),
    newFilings,
    contradictions: calendarUnknown(held, at),
    problems: listProblems(held, report, at),
  };
}

/**
 * First filed is frozen, so not while a row of the rules or measures cannot be used, nor of a return
 * whose columns cannot all be read.
 */
const judgedInFull = (held: Held, report: CheckReport): boolean =>
  unusableAmong(held).length + held.unusableMeasures.length + report.problems.length === 0;

/** Rules of which no row can be used: where another row of the id runs, nothing is left unseen. */
const unusableAmong = ({ unusableRules, rules }: Held): string[] =>
  unusableRules.filter((id) => !rules.some((rule) => rule.id === id));

const rulesByUse = ({ rules, rulesOff, unusableOff }: Held): RulesByUse => ({
  on: new Map(rules.map((rule) => [rule.id, rule])),
  off: new Set([...rulesOff, ...unusableOff].map(({ id }) => id)),
});

/** A finding stands where its rule could not be run again. */
function whatCouldNotRun(report: CheckReport): (finding: Finding) => boolean {
  const rules = new Set(report.problems.map(({ rule }) => rule));
  const failed = Map.groupBy(report.couldNotRun, ({ rule, on }) => `${rule}|${returnId(on)}`);
  return (finding) =>
    rules.has(finding.rule) ||
    (failed.get(`${finding.rule}|${returnId(finding)}`) ?? []).some(
      ({ outcome }) =>
        outcome.kind === 'could not run' &&
        (outcome.measure === undefined || finding.measures.includes(outcome.measure)),
    );
}

function expectedAndHeld(
  held: Held,
  counting: ReadonlyMap<string, Return>,
  calendar: Calendar,
  at: Date,
): ReturnKey[] {
  const names = held.districts.map((d) => d.name);
  const { returnStages } = held.policy;
  const gathered = termBeingGathered(calendar, at, returnStages);
  const terms = [
    ...openTerms(calendar, at, returnStages),
    ...(gathered && isDue(gathered, at) ? [gathered] : []),
  ];
  const owed = terms.flatMap((term) => owedFor(names, term));
  const filed = [...counting.values()].map(keyOf).filter((key) => isOwed(key.form));
  const keys = new Map([...owed, ...filed].map((key) => [returnId(key), key]));
  return [...keys.values()].sort(compareReturns);
}

/** What never came stays missing after its term is locked, until the next term is gathered. */
const isDue = (term: Term, at: Date): boolean => term.due < londonDay(at);

const isOwed = (form: Form): boolean => (OWED_FORMS as readonly Form[]).includes(form);

function statusOf(
  key: ReturnKey,
  filed: Return | undefined,
  held: Held,
  mine: readonly FindingRecord[],
  remembered: Remembered,
): ReturnStatus {
  const blank = filed ? blanksOf(filed, measuresOf(held.measures, key.form, key)) : [];
  const state = stateOf(
    filed,
    {
      blanks: blank.length,
      errors: mine.filter(isStandingError).length,
      openQueries: mine.filter(isOpenQuery).length,
    },
    approvalIn(remembered.approvals.get(returnId(key))),
  );
  return { ...key, state, blank, filed };
}

/** The approvals whose item is another now, or gone. Of a list that could not be read nothing is known. */
function voidedApprovals(
  approvals: Approvals,
  counting: ReadonlyMap<string, Return>,
  { measures }: Held,
  unread: ReadonlySet<Form>,
): Voided[] {
  return [...approvals]
    .flatMap(([id, made]): Voided[] => {
      const approval = approvalIn(made);
      const key = subjectOf(id)?.key;
      if (!approval || !key || unread.has(key.form)) return [];
      const filed = counting.get(id);
      if (!filed) return [{ key, approval, changes: undefined }];
      if (isAsApproved(approval, filed)) return [];
      return [{ key, approval, changes: changesSince(approval, filed, measures) }];
    })
    .sort((a, b) => compareReturns(a.key, b.key));
}

/**
 * What is newly known of a return's filing. One that is complete when first seen was filed when its
 * item was made; one that was seen part filed before was filed by its last change. While it cannot be
 * judged in full, both are kept for the look that can.
 */
function learntOf(
  { filed, state }: ReturnStatus,
  known: Filing | undefined,
  inFull: boolean,
): Filing | undefined {
  if (!filed || known instanceof Date) return undefined;
  if (!isFiled(state))
    return known && (known === 'part filed' || !inFull) ? undefined : 'part filed';
  const complete =
    known === undefined
      ? filed.createdAt
      : known === 'part filed'
        ? filed.modifiedAt
        : known.complete;
  if (inFull) return complete;
  return known && known !== 'part filed' ? undefined : { complete };
}

function withFirstFiled(
  status: ReturnStatus,
  terms: readonly Term[],
  known: Filing | undefined,
): ReturnStatus {
  if (!status.filed || known === undefined || known === 'part filed') return status;
  const isFrozen = known instanceof Date;
  if (!isFrozen && !isFiled(status.state)) return status;
  const firstFiled = isFrozen ? known : known.complete;
  const term = findTerm(terms, status);
  return { ...status, firstFiled, timely: term ? isTimely(term, firstFiled) : undefined };
}
