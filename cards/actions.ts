import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Introduction } from '../bot/access/introduction.ts';
import type { QuestionsAlone } from '../bot/chase/delivery.ts';
import type { FindingRecord } from '../bot/findings/register.ts';
import type { TypedAnswer } from '../bot/findings/typed-return.ts';
import type { TermKey } from '../bot/calendar/terms.ts';
import type { ReturnKey } from '../bot/returns/return.ts';

/**
 * What a card's button carries, and the only place where it is written and read. A card can be
 * forwarded, edited and replayed: nothing here says who acts, and every field is checked again
 * against the lists when the action runs.
 */
const form = z.enum(['KPI', 'LAR']);
const year = z.string().regex(/^20\d\d-\d\d$/);
const term = z.coerce.number().int().min(1).max(6);
const district = z.string().min(1).max(100);
const returnFields = { form, district, year, term };
const finding = z.string().min(1).max(4000);
/** What is decided on, as {@link seenCode} or {@link seenRequest} writes it; empty on cards that were made before it was carried. */
const seen = z.string().max(40).default('');
const text = z.string().max(4000).default('');
const page = z.coerce.number().int().min(0).max(1000).default(0);
/** All districts where it names none. */
const oneDistrict = z.string().max(100).default('');
/** Findings of terms that may still change, or of those that are locked. */
const terms = z.enum(['open', 'locked']).default('open');
/** The card that the button stands on, where that card is to change rather than be answered below. */
const on = z.enum(['finding', 'findings']).optional();
const approvingOn = z.enum(['approvals', 'district']).optional();
/** A term in one text, as {@link codeOfTerm} writes it and {@link termIn} reads it. */
const of = z
  .string()
  .max(20)
  .refine((code) => termIn(code) !== undefined)
  .optional();
/** Several returns in one text, as {@link codeOf} writes them and {@link returnsIn} reads them. */
const returns = z
  .string()
  .max(4000)
  .refine((code) => returnsIn(code).length > 0);
/** The same, as ticked in a list of them: none may be. */
const ticked = z
  .string()
  .max(4000)
  .refine((code) => code === '' || returnsIn(code).length > 0)
  .optional();

/** The id of a clinic's item. */
const clinic = z.string().regex(/^\d{1,12}$/);
/** The clinics of the card that a button stands on, which is shown anew with them: `12,15`. */
const clinics = z
  .string()
  .regex(/^(?:\d{1,12}(?:,\d{1,12}){0,19})?$/)
  .default('');
/** The Entra object id of somebody who asks to be let in. */
const stranger = z.string().regex(/^[0-9a-f-]{36}$/i);

/** The id of an item of a list, or none. */
const item = z
  .string()
  .regex(/^\d{0,12}$/)
  .default('');

/** Where only the questions of one finding are asked: the finding, and their ids as {@link onlyIn} reads them. */
const alone = { finding: finding.optional(), only: text };
/** What stands in the boxes beside the findings of the same card, by the finding. */
const beside = z.record(z.string(), z.object({ cause: text, words: text })).default({});

/** Inputs of the questions of a form: `answer.schoolCaseload`, `without.…`, `reason.…`. */
const inputs = z.record(z.string(), z.unknown());

const actions = z.discriminatedUnion('verb', [
  z.object({ verb: z.literal('return.open'), ...returnFields, beside }),
  z.object({ verb: z.literal('return.save'), ...returnFields, version: text, ...alone, beside }),
  z.object({ verb: z.literal('return.submit'), ...returnFields, version: text, ...alone, beside }),
  z.object({ verb: z.literal('finding.explain'), finding, cause: text, words: text, beside }),
  z.object({ verb: z.literal('finding.correct'), finding, beside }),
  z.object({ verb: z.literal('finding.accept'), finding, seen, note: text, on }),
  z.object({ verb: z.literal('finding.sendBack'), finding, seen, note: text, on }),
  z.object({ verb: z.literal('finding.reopen'), finding, on }),
  z.object({ verb: z.literal('finding.show'), finding }),
  z.object({ verb: z.literal('findings.list'), district: oneDistrict, terms, page, on }),
  z.object({ verb: z.literal('approvals.show'), of }),
  z.object({ verb: z.literal('return.approve'), returns, shown: text, on: approvingOn }),
  z.object({ verb: z.literal('return.undoApproval'), returns, on: approvingOn }),
  z.object({ verb: z.literal('promise.make'), returns, which: ticked, until: text, beside }),
  z.object({ verb: z.literal('promise.undo'), returns, beside }),
  z.object({
    verb: z.literal('return.handOver'),
    returns,
    handing: ticked,
    colleague: text,
    beside,
  }),
  z.object({ verb: z.literal('return.takeBack'), returns, beside }),
  z.object({ verb: z.literal('return.seen'), returns, beside }),
  z.object({ verb: z.literal('chase.escalate'), returns }),
  z.object({ verb: z.literal('return.withdraw'), returns, note: text }),
  z.object({ verb: z.literal('return.askAgain'), returns }),
  z.object({ verb: z.literal('chase.now'), district }),
  z.object({ verb: z.literal('chase.pause'), district, until: text }),
  z.object({ verb: z.literal('chase.resume'), district }),
  z.object({ verb: z.literal('district.show'), district }),
  z.object({ verb: z.literal('overview.show') }),
  z.object({ verb: z.literal('clinic.book'), clinic, shown: clinics }),
  z.object({ verb: z.literal('clinic.cancel'), clinic, shown: clinics }),
  z.object({ verb: z.literal('practitioner.away'), from: text, until: text, cover: text }),
  z.object({ verb: z.literal('practitioner.back') }),
  z.object({ verb: z.literal('person.introduce'), school: text }),
  z.object({ verb: z.literal('person.letIn'), who: stranger, seen, email: text, fill: item }),
  z.object({ verb: z.literal('person.decline'), who: stranger }),
  z.object({ verb: z.literal('clock.nextWorkingDay') }),
]);

export type CardAction = z.infer<typeof actions>;
type Verb = CardAction['verb'];

/** Every verb, for the routes of the Teams edge. */
export const VERBS = actions.options.map((option) => option.shape.verb.value) satisfies Verb[];

export type ParsedAction =
  | { ok: true; action: CardAction; typed: ReadonlyMap<string, TypedAnswer> }
  | { ok: false; problem: string };

const SEPARATORS = /[%,|]/g;
const ESCAPED = /%(25|2C|7C)/g;

/** Returns as one text: `KPI|Dover|2026-27|1,LAR|Dover|2026-27|1`, which a list of ticks gives back too. */
export const codeOf = (keys: readonly ReturnKey[]): string =>
  keys
    .map(({ form, district, year, term }) => [form, escaped(district), year, term].join('|'))
    .join(',');

const escaped = (words: string): string =>
  words.replaceAll(SEPARATORS, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

const key = z.object(returnFields);

/** A term as one text: `2026-27|1`. */
export const codeOfTerm = (of: TermKey): string => `${of.year}|${of.term}`;

/** Reads it; undefined where it names none. */
export function termIn(code: string): TermKey | undefined {
  const [inYear, ofTerm, ...more] = code.split('|');
  const read = z.object({ year, term }).safeParse({ year: inYear, term: ofTerm });
  return more.length === 0 ? read.data : undefined;
}

/** Reads several returns from one text. None where any of them cannot be read. */
export function returnsIn(code: string): ReturnKey[] {
  const read = code.split(',').map((one) => {
    const [form, district = '', year, term, ...more] = one.split('|');
    const words = district.replaceAll(ESCAPED, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
    return more.length === 0
      ? key.safeParse({ form, district: words, year, term }).data
      : undefined;
  });
  return read.every((one) => one !== undefined) ? read : [];
}

/** A box beside a finding: `words.` or `cause.`, and the finding as {@link findingCode} writes it. */
const BESIDE = /^(?:words|cause)\.([\w-]{22})$/;
/** Enough of a digest that no two findings share it. */
const CODE_LENGTH = 22;

const SEEN_LENGTH = 11;

/** What a card shows of a finding's answer: the same where nobody said or decided anything else since. */
export function seenCode({ status, history }: Pick<FindingRecord, 'status' | 'history'>): string {
  const words = history.findLast(({ what }) => what === 'explained')?.text ?? '';
  return codeOfSeen([status, words]);
}

/** Who asks to be let in where, as a card shows it: the same as long as they name no other school. */
export const seenRequest = ({
  name,
  school,
  district,
}: Pick<Introduction, 'name' | 'school' | 'district'>): string =>
  codeOfSeen([name, school, district]);

const codeOfSeen = (seen: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(seen)).digest('base64url').slice(0, SEEN_LENGTH);

/** A finding as a button carries it: its own id is as long as the values that it rests on. */
export const findingCode = (id: string): string =>
  createHash('sha256').update(id).digest('base64url').slice(0, CODE_LENGTH);

/** The finding that a button names: by its code or, as older cards do, by its id. */
export function findingNamed<T>(findings: ReadonlyMap<string, T>, code: string): T | undefined {
  const named = findings.get(code);
  if (named !== undefined || code.length !== CODE_LENGTH) return named;
  for (const [id, finding] of findings) if (findingCode(id) === code) return finding;
  return undefined;
}

/** The questions that a form asked alone; undefined where it asked all of its return. */
export function onlyIn({
  finding: named,
  only,
}: {
  finding?: string | undefined;
  only: string;
}): QuestionsAlone | undefined {
  const measures = only.split(',').filter((id) => id !== '');
  return named !== undefined && measures.length > 0 ? { finding: named, measures } : undefined;
}

const LONGEST_TYPED = 2000;

/** Reads what came back from a card. Never throws: a card may carry anything. */
export function parseAction(verb: unknown, data: unknown): ParsedAction {
  const fields = inputs.safeParse(data ?? {});
  if (!fields.success) return { ok: false, problem: 'the button carried no fields' };
  const inner = findingInputs(fields.data);
  const parsed = actions.safeParse({ ...fields.data, ...inner, verb: verb ?? fields.data['verb'] });
  if (!parsed.success) {
    return { ok: false, problem: parsed.error.issues.map((i) => i.path.join('.')).join(', ') };
  }
  return { ok: true, action: parsed.data, typed: typedAnswers(fields.data) };
}

/** Inputs that stand beside one finding among several carry its row, or its code: `note.2`, `words.…`. */
function findingInputs(fields: Record<string, unknown>): Record<string, unknown> {
  const beside = besideFindings(fields);
  const row = fields['row'] ?? fields['finding'] ?? fields['who'];
  if (typeof row !== 'string' && typeof row !== 'number') return { beside };
  const at = (name: string) => fields[`${name}.${row}`] ?? fields[name];
  return {
    cause: at('cause'),
    words: at('words'),
    note: at('note'),
    email: at('email'),
    until: at('until'),
    beside,
  };
}

/** What was typed beside the findings of the card. */
function besideFindings(fields: Record<string, unknown>) {
  const codes = Object.keys(fields).flatMap((name) => BESIDE.exec(name)?.[1] ?? []);
  const at = (name: string) => {
    const value = fields[name];
    return typeof value === 'string' ? value.slice(0, LONGEST_TYPED) : '';
  };
  return Object.fromEntries(
    [...new Set(codes)].map((code) => [
      code,
      { cause: at(`cause.${code}`), words: at(`words.${code}`) },
    ]),
  );
}

function typedAnswers(fields: Record<string, unknown>): Map<string, TypedAnswer> {
  const typed = new Map<string, TypedAnswer>();
  for (const [name, value] of Object.entries(fields)) {
    const [part, id] = name.split('.');
    if (!id || (part !== 'answer' && part !== 'without' && part !== 'reason')) continue;
    const known = typed.get(id) ?? { answer: '', without: '', reason: '' };
    const words =
      typeof value === 'string' || typeof value === 'number'
        ? String(value).slice(0, LONGEST_TYPED)
        : '';
    typed.set(
      id,
      part === 'without' ? { ...known, without: withoutFrom(words) } : { ...known, [part]: words },
    );
  }
  return typed;
}

const withoutFrom = (words: string): TypedAnswer['without'] =>
  words === 'not known' || words === 'not applicable' ? words : '';
