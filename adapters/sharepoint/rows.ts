import { z } from 'zod';
import { ROLES, type Person } from '../../bot/access/people.ts';
import { dayFrom } from '../../bot/calendar/london.ts';
import { readTerm, readTermLabel, readYear, type Term } from '../../bot/calendar/terms.ts';
import { DEFAULT_POLICY, soundPolicy, type ChasePolicy } from '../../bot/chase/policy.ts';
import { readBookings } from '../../bot/directory/booking.ts';
import {
  PHASES,
  type Clinic,
  type LinkPractitioner,
  type School,
} from '../../bot/directory/directory.ts';
import type { GlossaryEntry } from '../../bot/directory/glossary.ts';
import type { DistrictRow } from '../../bot/directory/district.ts';
import {
  CHECKS,
  COMPARISONS,
  FORM_CHOICES,
  MISSING_VALUES,
  formsOf,
  type Rule,
} from '../../bot/findings/rule.ts';
import type { UnusableRow } from '../../bot/findings/rule-problem.ts';
import { FORMS, STORED_AS, UNITS, type Measure } from '../../bot/returns/measure.ts';

const asText = (cell: unknown): string =>
  typeof cell === 'string' || typeof cell === 'number' || typeof cell === 'boolean'
    ? String(cell).trim()
    : '';

/** Cells of a row as people fill them: text is trimmed, an empty cell is ''. */
const text = z.preprocess(asText, z.string());
const needed = text.pipe(z.string().min(1, 'is empty'));
const lines = text.transform((all) =>
  all
    .split(/\r?\n|;/)
    .map((l) => l.trim())
    .filter((l) => l !== ''),
);
const whole = z.coerce.number('is not a number').int('is not a whole number');
const number = z.preprocess(
  (v) => (v === null || v === undefined || v === '' ? 0 : v),
  z.coerce.number('is not a number'),
);
const count = number.pipe(z.number().int('is not a whole number'));
const yes = z.preprocess((v) => v === true || v === 'true' || v === 1, z.boolean());
const day = needed.transform((value, ctx) => dayFrom(value) ?? refuse(ctx, 'is not a date'));
const optionalDay = text.transform((value, ctx) =>
  value === '' ? undefined : (dayFrom(value) ?? refuse(ctx, 'is not a date')),
);
const termLabel = text.transform((value, ctx) =>
  value === ''
    ? undefined
    : (readTermLabel(value) ?? refuse(ctx, 'is not a term such as 2023-24 T1')),
);
const oneOf = <const T extends readonly [string, ...string[]]>(choices: T) =>
  text.pipe(z.enum(choices, `is not one of: ${choices.join(', ')}`));
/** Empty: any phase. */
const phase = text.pipe(
  z.enum(['', ...PHASES], `is neither empty nor one of: ${PHASES.join(', ')}`),
);

function refuse(ctx: z.core.$RefinementCtx, message: string): never {
  ctx.addIssue({ code: 'custom', message });
  return z.NEVER;
}

export const termRow = z
  .object({
    AcademicYear: text.transform(
      (v, ctx) => readYear(v) ?? refuse(ctx, 'is not a year such as 2026-27'),
    ),
    Term: text.transform((v, ctx) => readTerm(v) ?? refuse(ctx, 'is not a term from 1 to 6')),
    Starts: day,
    Ends: day,
    Due: day,
    Locks: day,
  })
  .transform((r): Term => ({
    year: r.AcademicYear,
    term: r.Term,
    starts: r.Starts,
    ends: r.Ends,
    due: r.Due,
    locks: r.Locks,
  }));

export const measureRow = z
  .object({
    Title: text.pipe(z.string().regex(/^[a-z]\w*$/i, 'is not a plain id such as schoolCaseload')),
    Form: oneOf(FORMS),
    Question: needed,
    Definition: text,
    Section: text,
    Phase: phase,
    Unit: oneOf(UNITS),
    StoredAs: text.pipe(
      z.enum(['', ...STORED_AS], `is neither empty nor one of: ${STORED_AS.join(', ')}`),
    ),
    ListName: needed,
    ColumnName: needed,
    Required: yes,
    Position: number,
    FirstTerm: termLabel,
    LastTerm: termLabel,
  })
  .transform((r): Measure => ({
    id: r.Title,
    form: r.Form,
    question: r.Question,
    definition: r.Definition,
    section: r.Section,
    unit: r.Unit,
    list: r.ListName,
    column: r.ColumnName,
    required: r.Required,
    position: r.Position,
    ...(r.Phase ? { phase: r.Phase } : {}),
    ...(r.StoredAs ? { storedAs: r.StoredAs } : {}),
    ...(r.FirstTerm ? { firstTerm: r.FirstTerm } : {}),
    ...(r.LastTerm ? { lastTerm: r.LastTerm } : {}),
  }));

/** What a finding is about begins with its rule, up to the first `|`. */
const ruleId = needed.pipe(z.string().regex(/^[^|]*$/, 'holds a “|”'));

const ruleCells = z
  .object({
    Title: ruleId,
    Form: oneOf(FORM_CHOICES),
    LeftSide: text,
    Operator: oneOf([...COMPARISONS, ...CHECKS]),
    RightSide: text,
    Tolerance: number.pipe(z.number().min(0, 'is below zero')),
    Severity: oneOf(['error', 'query']),
    MissingValues: oneOf(MISSING_VALUES),
    Phase: phase,
    Wording: text,
    KnownCauses: lines,
    Enabled: yes,
    FirstTerm: termLabel,
    LastTerm: termLabel,
  })
  .transform((r): RuleRow => ({
    on: r.Enabled,
    rule: {
      id: r.Title,
      forms: formsOf(r.Form),
      left: r.LeftSide,
      operator: r.Operator,
      right: r.RightSide,
      tolerance: r.Tolerance,
      severity: r.Severity,
      missingValues: r.MissingValues,
      wording: r.Wording,
      knownCauses: r.KnownCauses,
      ...(r.Phase ? { phase: r.Phase } : {}),
      ...(r.FirstTerm ? { firstTerm: r.FirstTerm } : {}),
      ...(r.LastTerm ? { lastTerm: r.LastTerm } : {}),
    },
  }));

/**
 * A row of the rules list that can be used, and whether it is switched on; or one that is off and could
 * not be used: nobody has to mend that, and whoever tries it is told.
 */
type RuleRow = { on: boolean; rule: Rule } | { on: false; unusable: UnusableRow };

const switchedOff = z.looseObject({ Title: text, Enabled: yes }).refine((row) => !row.Enabled);

/** A rule, or a row that is switched off and could not be used. */
export const ruleRow = z.unknown().transform((cells, ctx): RuleRow => {
  const read = ruleCells.safeParse(cells);
  if (read.success) return read.data;
  const off = switchedOff.safeParse(cells);
  if (off.success) {
    return { on: false, unusable: { id: off.data.Title, problem: issuesInWords(read.error) } };
  }
  for (const { path, message } of read.error.issues) {
    ctx.addIssue({ code: 'custom', path, message });
  }
  return z.NEVER;
});

/** The rules that run, and those that are kept for later. */
export function onAndOff(rows: readonly RuleRow[]): {
  rules: Rule[];
  rulesOff: Rule[];
  unusableOff: UnusableRow[];
} {
  const usable = rows.flatMap((row) => ('rule' in row ? [row] : []));
  return {
    rules: usable.filter(({ on }) => on).map(({ rule }) => rule),
    rulesOff: usable.filter(({ on }) => !on).map(({ rule }) => rule),
    unusableOff: rows.flatMap((row) => ('unusable' in row ? [row.unusable] : [])),
  };
}

const optionalNumber = z.preprocess(
  (v) => (v === '' || v === null ? undefined : v),
  z.coerce.number('is not a number').optional(),
);

export const districtRow = z
  .object({
    Title: needed,
    OtherNames: lines,
    EarlyYearsSettings: optionalNumber,
    PrimarySchools: optionalNumber,
    SecondarySchools: optionalNumber,
    FirstTerm: termLabel,
    LastTerm: termLabel,
  })
  .transform((r): DistrictRow => ({
    name: r.Title,
    otherNames: r.OtherNames,
    figures: {
      ...(r.EarlyYearsSettings === undefined ? {} : { eySettings: r.EarlyYearsSettings }),
      ...(r.PrimarySchools === undefined ? {} : { primarySchools: r.PrimarySchools }),
      ...(r.SecondarySchools === undefined ? {} : { secondarySchools: r.SecondarySchools }),
    },
    ...(r.FirstTerm ? { firstTerm: r.FirstTerm } : {}),
    ...(r.LastTerm ? { lastTerm: r.LastTerm } : {}),
  }));

export const personRow = z
  .object({
    Title: needed,
    Email: text,
    EntraObjectId: text.pipe(z.string().regex(/^([0-9a-f-]{36})?$/i, 'is not an object id')),
    Role: oneOf(ROLES),
    Districts: lines,
    Organisation: text,
    ManagerEmail: text,
  })
  .transform((r): Person => ({
    id: r.EntraObjectId.toLowerCase(),
    name: r.Title,
    email: r.Email,
    role: r.Role,
    districts: r.Districts,
    organisation: r.Organisation,
    managerEmail: r.ManagerEmail,
  }));

export const schoolRow = z
  .object({
    Title: needed,
    Phase: oneOf(PHASES),
    District: needed,
    OtherNames: lines,
    LinkPractitionerEmail: text,
  })
  .transform((r): School => ({
    name: r.Title,
    phase: r.Phase,
    district: r.District,
    otherNames: r.OtherNames,
    linkPractitionerEmail: r.LinkPractitionerEmail,
  }));

export const practitionerRow = z
  .object({
    Title: needed,
    Email: needed,
    Phone: text,
    AwayFrom: optionalDay,
    AwayUntil: optionalDay,
    CoverEmail: text,
  })
  .transform((r): LinkPractitioner => ({
    name: r.Title,
    email: r.Email,
    phone: r.Phone,
    coverEmail: r.CoverEmail,
    ...(r.AwayFrom ? { awayFrom: r.AwayFrom } : {}),
    ...(r.AwayUntil ? { awayUntil: r.AwayUntil } : {}),
  }));

/** How long a clinic takes where the list does not say. */
const USUAL_MINUTES = 60;

export const clinicRow = z
  .object({
    id: text,
    Title: needed,
    District: needed,
    Phase: oneOf([...PHASES, 'All schools']),
    Starts: z.coerce.date('is not a date and time'),
    Place: text,
    JoinLink: text,
    Minutes: count,
    RunByEmail: text,
    Places: count,
    Booked: count,
    BookedBy: text.transform(readBookings),
  })
  .transform((r): Clinic => ({
    id: r.id,
    title: r.Title,
    district: r.District,
    phase: r.Phase,
    starts: r.Starts,
    place: r.Place,
    joinLink: r.JoinLink,
    minutes: r.Minutes > 0 ? r.Minutes : USUAL_MINUTES,
    runByEmail: r.RunByEmail,
    places: r.Places,
    booked: r.Booked,
    bookings: r.BookedBy,
  }));

export const glossaryRow = z
  .object({ Title: needed, OtherNames: lines, Meaning: needed })
  .transform((r): GlossaryEntry => ({
    name: r.Title,
    otherNames: r.OtherNames,
    meaning: r.Meaning,
  }));

const stages = text.transform((value, ctx) => {
  const parsed = value
    .split(/[,;\s]+/)
    .filter((part) => part !== '')
    .map(Number);
  return parsed.length > 0 && parsed.every(Number.isInteger)
    ? parsed
    : refuse(ctx, 'is not a list of whole numbers such as -5, -1, 1');
});
const time = text.pipe(
  z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time such as 08:30'),
);

const SETTINGS = {
  'chase stages': stages.transform((returnStages) => ({ returnStages })),
  'query stages': stages.transform((queryStages) => ({ queryStages })),
  'manager stage': whole.transform((managerStage) => ({ managerStage })),
  'commissioner stage': whole.transform((commissionerStage) => ({ commissionerStage })),
  'quiet until': time.transform((quietUntil) => ({ quietUntil })),
  'quiet from': time.transform((quietFrom) => ({ quietFrom })),
  'summary at': time.transform((summaryAt) => ({ summaryAt })),
} as const satisfies Record<string, z.ZodType<Partial<ChasePolicy>>>;

export const settingRow = z
  .object({ Title: needed, Value: text })
  .transform(({ Title, Value }, ctx): Partial<ChasePolicy> => {
    const setting = Title.toLowerCase();
    if (!isSetting(setting)) return refuse(ctx, 'names no setting of the bot');
    if (Value === '') return {};
    const read = SETTINGS[setting].safeParse(Value);
    if (read.success) return read.data;
    return refuse(ctx, `“${Value}” ${read.error.issues[0]?.message ?? 'cannot be used'}`);
  });

const isSetting = (name: string): name is keyof typeof SETTINGS => Object.hasOwn(SETTINGS, name);

/** What the settings rows make of the usual policy: of two rows for the same setting the first counts. */
export const policyFrom = (rows: readonly Partial<ChasePolicy>[]): ChasePolicy =>
  Object.assign({}, DEFAULT_POLICY, ...rows.toReversed()) as ChasePolicy;

/** What of the settings cannot be followed, and what applies instead. */
export function readSettings(rows: readonly Partial<ChasePolicy>[]): {
  policy: ChasePolicy;
  problems: string[];
} {
  const set = rows.flatMap((row) => Object.keys(row));
  const repeated = [...new Set(set.filter((name, i) => set.indexOf(name) !== i))];
  const { policy, problems } = soundPolicy(policyFrom(rows));
  return {
    policy,
    problems: [
      ...repeated.map((name) => `“${settingCalled(name)}” is listed twice; the first row counts.`),
      ...problems,
    ],
  };
}

/** `quiet until` of `quietUntil`. */
const settingCalled = (name: string): string =>
  name === 'returnStages'
    ? 'chase stages'
    : name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/**
 * The rows of a list that can be used, and in words what is wrong with the others. They come in the
 * order in which they were made, whatever order they are given in: the first of two counts.
 */
export function readRows<T>(
  list: string,
  items: readonly { id: string; fields: Record<string, unknown> }[],
  row: z.ZodType<T>,
): { rows: T[]; problems: string[]; unusable: string[] } {
  const rows: T[] = [];
  const problems: string[] = [];
  const unusable: string[] = [];
  for (const { id, fields } of inOrderMade(items)) {
    const read = row.safeParse({ ...fields, id });
    if (read.success) rows.push(read.data);
    else {
      problems.push(rowProblem(list, id, fields, read.error));
      unusable.push(titleOf(id, fields));
    }
  }
  return { rows, problems, unusable };
}

const inOrderMade = <T extends { id: string }>(items: readonly T[]): T[] =>
  items.toSorted((a, b) => Number(a.id) - Number(b.id));

const titleOf = (id: string, fields: Record<string, unknown>): string =>
  typeof fields['Title'] === 'string' ? fields['Title'] : `item ${id}`;

function rowProblem(
  list: string,
  id: string,
  fields: Record<string, unknown>,
  error: z.ZodError,
): string {
  const title = titleOf(id, fields);
  return `${list}: the row “${title}” is left out: ${issuesInWords(error)}.`;
}

const issuesInWords = ({ issues }: z.ZodError): string =>
  issues.map(({ path, message }) => `${path.join('.') || 'Value'} ${message}`).join('; ');
