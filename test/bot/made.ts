/** Made-up terms, returns, rules and people for the tests; each takes only what matters to a test. */
import { englishBankHolidays } from '../../adapters/bank-holidays.ts';
import type { Person } from '../../bot/access/people.ts';
import type { Held, Remembered } from '../../bot/assess.ts';
import type { Term } from '../../bot/calendar/terms.ts';
import type { Calendar } from '../../bot/calendar/working-days.ts';
import {
  districtSubject,
  type Arrangement,
  type Arrangements,
} from '../../bot/chase/arrangement.ts';
import { deliveryOf as asDelivery, type Delivery } from '../../bot/chase/delivery.ts';
import type { ChaseEntry } from '../../bot/chase/history.ts';
import type { Message } from '../../bot/chase/message.ts';
import type { ReturnStatus, Situation } from '../../bot/chase/situation.ts';
import { DEFAULT_POLICY } from '../../bot/chase/policy.ts';
import type { Clinic } from '../../bot/directory/directory.ts';
import type { Explanation } from '../../bot/findings/explanation.ts';
import { findingOf, type Finding, type Operand } from '../../bot/findings/finding.ts';
import type { FindingRecord } from '../../bot/findings/register.ts';
import { isComparison, type Rule } from '../../bot/findings/rule.ts';
import type { Answer } from '../../bot/returns/answer.ts';
import type { Approved } from '../../bot/returns/approval.ts';
import type { Measure } from '../../bot/returns/measure.ts';
import type { Return, ReturnKey } from '../../bot/returns/return.ts';
import { terms as demoTerms } from '../../infra/local/demo/terms.ts';

export const terms: readonly Term[] = demoTerms;
export const bankHolidays = englishBankHolidays([2022, 2023, 2024, 2025, 2026, 2027]);
export const calendar: Calendar = { terms, bankHolidays };

/** Term 1 of 2026-27: 2 September to 21 October, due on Wednesday 18 November, locked after 11 December. */
export const T1 = { year: '2026-27', term: 1 };

export const number = (value: number): Answer => ({ kind: 'number', value, raw: String(value) });
export const blank: Answer = { kind: 'blank' };
export const notKnown: Answer = { kind: 'not known', reason: 'the register was being moved' };
export const unreadable: Answer = {
  kind: 'unreadable',
  raw: '12 (approx)',
  why: 'it is not a plain number',
};

export const numbers = (figures: Record<string, number>): Record<string, Answer> =>
  Object.fromEntries(Object.entries(figures).map(([id, value]) => [id, number(value)]));

export const measureOf = (id: string, over: Partial<Measure> = {}): Measure => ({
  id,
  form: 'KPI',
  question: `Question ${id}`,
  definition: '',
  section: 'Section',
  unit: 'count',
  list: 'STLS KPI Returns',
  column: id,
  required: true,
  position: 10,
  ...over,
});

let items = 0;

export const filedReturn = (over: Partial<Return> = {}): Return => ({
  form: 'KPI',
  district: 'Dover',
  ...T1,
  list: 'STLS KPI Returns',
  itemId: String((items += 1)),
  etag: '"1"',
  answers: {},
  remarks: '',
  submittedBy: '',
  createdAt: new Date('2026-11-10T10:00:00Z'),
  modifiedAt: new Date('2026-11-10T10:00:00Z'),
  ...over,
});

/** A return's approval by the commissioner, as it stood then. */
export const approvedAs = (
  { itemId, etag, answers, remarks }: Return,
  over: Partial<Approved> = {},
): Approved => ({
  at: new Date('2026-11-20T10:00:00Z'),
  by: commissioner.id,
  name: commissioner.name,
  what: 'approved',
  itemId,
  etag,
  answers,
  remarks,
  accepted: [],
  ...over,
});

export const ruleOf = (over: Partial<Rule> = {}): Rule => ({
  id: 'a-within-b',
  forms: ['KPI'],
  left: 'a',
  operator: '≤',
  right: over.operator === undefined || isComparison(over.operator) ? 'b' : '',
  tolerance: 0,
  severity: 'query',
  missingValues: 'skip if any is missing',
  wording: 'A cannot be above B.',
  knownCauses: [],
  ...over,
});

export const personOf = (over: Partial<Person> = {}): Person => ({
  id: 'lead-dover',
  name: 'Priya Raman',
  email: 'priya@stls.example',
  role: 'District lead',
  districts: ['Dover'],
  organisation: '',
  managerEmail: '',
  ...over,
});

/** A clinic of Dover with four of its six places left. */
export const clinicOf = (over: Partial<Clinic> = {}): Clinic => ({
  id: '1',
  title: 'Clinic',
  district: 'Dover',
  phase: 'Primary',
  starts: new Date('2026-12-02T13:30:00Z'),
  place: 'Dover library',
  joinLink: '',
  minutes: 60,
  runByEmail: '',
  places: 6,
  booked: 2,
  bookings: [],
  ...over,
});

export const manager = personOf({
  id: 'manager',
  name: 'Greta Holloway',
  email: 'greta@stls.example',
  role: "Lead's manager",
  districts: [],
});

export const commissioner = personOf({
  id: 'commissioner',
  name: 'Colin Marsh',
  email: 'colin@stls.example',
  role: 'Commissioner',
  districts: [],
});

export const statusOf = (over: Partial<ReturnStatus> = {}): ReturnStatus => ({
  form: 'KPI',
  district: 'Dover',
  ...T1,
  state: 'missing',
  blank: [],
  ...over,
});

export function findingAt(
  over: Partial<Rule> & { on?: Partial<ReturnKey>; a?: number } = {},
): Finding {
  const { on, a = 9, ...rule } = over;
  const key: ReturnKey = { form: 'KPI', district: 'Dover', ...T1, ...on };
  const operands: Operand[] = [
    { name: 'a', label: 'Question a', value: a, shown: String(a), is: 'tested' },
    { name: 'b', label: 'Question b', value: 5, shown: '5', is: 'compared with' },
  ];
  return findingOf(ruleOf(rule), key, operands, { says: 'A is above B.', measures: ['a'] });
}

/** An explanation in a lead’s own words. */
export const inOwnWords = (words: string): Explanation => ({ cause: '', words });

export const recordOf = (over: Partial<FindingRecord> = {}): FindingRecord => ({
  finding: findingAt(),
  status: 'open',
  raisedAt: new Date('2026-11-19T10:00:00Z'),
  history: [],
  ...over,
});

export const situationOf = (at: string, over: Partial<Situation> = {}): Situation => ({
  at: new Date(at),
  calendar,
  policy: DEFAULT_POLICY,
  people: [personOf()],
  statuses: [],
  findings: [],
  contradictions: [],
  unread: new Set(),
  log: [],
  arrangements: new Map(),
  saving: new Set(),
  voided: [],
  concerns: [],
  ...over,
});

export const heldOf = (over: Partial<Held> = {}): Held => ({
  unusableRules: [],
  unusableMeasures: [],
  unusableTerms: [],
  terms,
  measures: [measureOf('a'), measureOf('b')],
  unreadMeasures: [],
  rules: [ruleOf()],
  rulesOff: [],
  unusableOff: [],
  districts: [{ name: 'Dover', otherNames: [], figures: [] }],
  people: [personOf()],
  policy: DEFAULT_POLICY,
  bankHolidays,
  returns: [],
  strays: [],
  notChecked: [],
  rowProblems: [],
  ...over,
});

export const nothingRemembered: Remembered = {
  findings: new Map(),
  approvals: new Map(),
  filings: new Map(),
};

/** What was arranged, about one return or district. */
export const arrangedFor = (about: string, ...made: readonly Arrangement[]): Arrangements =>
  new Map([[about, made]]);

/** A pause of a district, set by a commissioner. */
export const pauseOf = (district: string, until: string): Arrangements =>
  arrangedFor(districtSubject(district), {
    at: new Date('2026-11-16T10:00:00Z'),
    by: commissioner.id,
    name: commissioner.name,
    what: 'paused',
    until,
  });

/** The chase log once messages were delivered, as the outbox tells it. */
export const loggedOf = (
  messages: readonly Message[],
  at: string,
  outcome: ChaseEntry['outcome'] = 'sent',
): ChaseEntry[] =>
  messages.flatMap(({ person, kind, logs }) =>
    logs.map(({ about, stage }) => ({
      person: person?.id ?? '',
      kind,
      about,
      stage,
      at: new Date(at),
      outcome,
    })),
  );

/** A message as the outbox keeps it. */
export const deliveryOf = (
  message: Message,
  at: string,
  over: Partial<Delivery> = {},
): Delivery => ({
  ...asDelivery(message, new Date(at)),
  ...over,
});
