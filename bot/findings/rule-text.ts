import type { Held } from '../assess.ts';
import { FORMS, isPercentage, type Form } from '../returns/measure.ts';
import { compileRule } from './compile-rule.ts';
import type { Side } from './rule-problem.ts';
import { readWishes, wishesBegin, type Wishes, type Wished } from './rule-wishes.ts';
import { CHECKS, COMPARISONS, isComparison, type Operator, type Rule } from './rule.ts';

/** The rows of the rules list, and the measures that rules may name. */
export type Rulebook = Pick<
  Held,
  | 'rules'
  | 'rulesOff'
  | 'unusableRules'
  | 'unusableOff'
  | 'rowProblems'
  | 'measures'
  | 'unreadMeasures'
>;

/** A rule as it was read. `text` is what was typed, with what a chat window makes of signs undone. */
export type ReadRule = {
  ok: true;
  text: string;
  rule: Rule;
  /** Set for a row of the rules list. */
  row?: 'on' | 'off';
  /** What is asked for otherwise than the row has it, or beside the two sides. */
  wishes: Wishes;
  /** Where the sides begin in the text; those of a row do not stand in it. */
  sides?: Record<Side, number>;
};

/** Why a text is no rule, and the place in it: from 0 to its length, where something is lacking. */
type Unread = { ok: false; text: string; problem: string; at: number };

/** The id of a rule that is no row. */
export const TRIED = 'tried';

/** A cell of one line of text holds no more characters. */
const LONGEST_SIDE = 255;
/** Two sides, the longest operator and every wish are shorter. */
const LONGEST_RULE = 1000;

/**
 * Reads a rule as people type it: the id of a row, `left >= right`, or `measures fits its own
 * history`; after it what else is wished, such as `within 1`. Any text gives one of the two.
 */
export function readRule(typed: string, book: Rulebook): ReadRule | Unread {
  const text = tidied(typed);
  if (text.length > LONGEST_RULE) return tooLong(text);
  const whole = rowCalled(text, book);
  if (whole) return { ok: true, text, ...whole, wishes: {} };
  const end = wishesBegin(text, 0);
  const id = withoutEnd(text.slice(0, end));
  const named = rowCalled(id, book);
  if (!named) return unusableRow(text, [text, id], book) ?? readSides(text, book);
  const read = readWishes(text, end);
  if (!read.ok) return { ...read, text };
  const rule = { ...named.rule, ...read.wishes };
  return (
    misplaced(rule, text, read, book) ?? { ok: true, text, ...named, rule, wishes: read.wishes }
  );
}

/** Nothing of it is cut off and tried as another rule. */
const tooLong = (text: string): Unread => ({
  ok: false,
  text: text.slice(0, LONGEST_RULE),
  problem: `it is longer than ${LONGEST_RULE} characters, which is more than a row holds. Nothing was tried`,
  at: LONGEST_RULE,
});

/** What is wished of a rule that has no use for it. */
function misplaced(
  rule: Rule,
  text: string,
  { places }: Wished,
  book: Rulebook,
): Unread | undefined {
  const { operator, tolerance, left } = rule;
  const { tolerance: within, missingValues: missing } = places;
  if (missing && !isComparison(operator) && !COUNTS_MISSING.has(operator)) {
    const problem = `“${operator}” has no use for missing values: leave this out`;
    return { ok: false, text, problem, at: missing.at };
  }
  if (!within?.text.endsWith('%') || !isComparison(operator)) return undefined;
  const compiled = compileRule(rule, [...book.measures, ...book.unreadMeasures]);
  if ('problem' in compiled || isPercentage(compiled.unit)) return undefined;
  const share = (100 + tolerance) / 100;
  const problem = `no percentages are compared, so “%” is not clear. For a number write “within ${tolerance}”; for a share multiply a side, such as “(${left}) * ${share}”`;
  return { ok: false, text, problem, at: within.at };
}

/** Those that look at figures, and count what is missing as 0 where a rule never skips. */
const COUNTS_MISSING: ReadonlySet<Operator> = new Set<Operator>([
  'is not repeated from last term',
  'does not fall to zero',
  'fits its own history',
  'is between 0 and 100',
]);

const ENTITIES: Record<string, string> = {
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
  '&quot;': '"',
  '&nbsp;': ' ',
};
const SIGNS: Record<string, string> = { '×': '*', '÷': '/', '−': '-', '–': '-' };

/** Signs as a rule has them, on one line: chat windows escape some and improve others. */
const tidied = (typed: string): string =>
  typed
    .replaceAll(/&(?:lt|gt|amp|quot|nbsp);/g, (entity) => ENTITIES[entity] ?? entity)
    .replaceAll(/[×÷−–]/g, (sign) => SIGNS[sign] ?? sign)
    .replaceAll(/[\s\p{Cc}]/gu, ' ')
    .trim()
    .replace(/^(["“”'‘’`])(.*)["“”'‘’`]$/u, '$2')
    .trim();

const withoutEnd = (text: string): string => text.replace(/[\s,;]+$/, '');

function rowCalled(
  id: string,
  { rules, rulesOff }: Rulebook,
): { rule: Rule; row: 'on' | 'off' } | undefined {
  const same = (rule: Rule) => rule.id.toLowerCase() === id.toLowerCase();
  const on = rules.find(same);
  if (on) return { rule: on, row: 'on' };
  const off = rulesOff.find(same);
  return off && { rule: off, row: 'off' };
}

/** What stands on a side, and where it begins in the text. */
type Part = { text: string; at: number };

function readSides(text: string, book: Rulebook): ReadRule | Unread {
  const unread = (at: number, problem: string): Unread => ({ ok: false, text, problem, at });
  const [found, second] = operatorsIn(text);
  if (!found) return unread(0, noOperator(text, book));
  const end = wishesBegin(text, found.end);
  if (second && second.at < end) return unread(second.at, TWO_OPERATORS);
  const left = sideOf(text, 0, found.at);
  const right = sideOf(text, found.end, end);
  const problem = sideProblem(found.operator, left, right);
  if (problem) return unread(problem.at, problem.problem);
  const read = readWishes(text, end);
  if (!read.ok) return { ...read, text };
  const forms = read.wishes.forms ?? formsNamed(found.operator, [left, right], text, book);
  if ('problem' in forms) return unread(forms.at, forms.problem);
  const sides = { 'left side': left.at, 'right side': right.at };
  const rule = ruleWith(found.operator, left, right, { ...read.wishes, forms });
  return misplaced(rule, text, read, book) ?? { ok: true, text, rule, wishes: read.wishes, sides };
}

const ruleWith = (
  operator: Operator,
  left: Part,
  right: Part,
  wishes: Wishes & Pick<Rule, 'forms'>,
): Rule => ({
  id: TRIED,
  left: isComparison(operator) ? left.text : left.text || '*',
  operator,
  right: right.text,
  tolerance: 0,
  severity: 'query',
  missingValues: 'skip if any is missing',
  wording: '',
  knownCauses: [],
  ...wishes,
});

function sideOf(text: string, from: number, to: number): Part {
  const part = withoutEnd(text.slice(from, to));
  const trimmed = part.trimStart();
  return { text: trimmed, at: from + part.length - trimmed.length };
}

const TWO_OPERATORS =
  'a rule compares two sides once. Please write two rules, one for each comparison';

function sideProblem(
  operator: Operator,
  left: Part,
  right: Part,
): { at: number; problem: string } | undefined {
  if (isComparison(operator)) {
    const empty = [left, right].find(({ text }) => text === '');
    if (empty) return { at: empty.at, problem: `a side of “${operator}” is empty` };
  } else if (right.text !== '') {
    return { at: right.at, problem: `nothing is compared after “${operator}”` };
  }
  const long = [left, right].find(({ text }) => text.length > LONGEST_SIDE);
  return (
    long && {
      at: long.at + LONGEST_SIDE,
      problem: `a side is longer than the ${LONGEST_SIDE} characters that a cell of the list holds`,
    }
  );
}

/** As people type them, and `=>` for those who do it the other way round. */
const SPELLINGS: Readonly<Record<string, Operator>> = {
  '>=': '≥',
  '=>': '≥',
  '⩾': '≥',
  '<=': '≤',
  '=<': '≤',
  '⩽': '≤',
  '==': '=',
  '!=': '≠',
  '<>': '≠',
  ...Object.fromEntries([...COMPARISONS, ...CHECKS].map((operator) => [operator, operator])),
};

/** The longest first: `>=` is no `>`. */
const OPERATOR = new RegExp(
  Object.keys(SPELLINGS)
    .sort((a, b) => b.length - a.length)
    .map((spelling) => (/\w/.test(spelling) ? `\\b${spelling.replaceAll(' ', ' +')}\\b` : spelling))
    .join('|'),
  'gi',
);

const operatorsIn = (text: string): { operator: Operator; at: number; end: number }[] =>
  [...text.matchAll(OPERATOR)].flatMap(({ 0: spelling, index }) => {
    const operator = SPELLINGS[spelling.toLowerCase().replaceAll(/ +/g, ' ')];
    return operator ? [{ operator, at: index, end: index + spelling.length }] : [];
  });

const MOST_LIKE_IT = 3;
const EXAMPLE = '“schoolCaseload >= activelySupportedSchools”';

/** A row that is called one of these names, and cannot be used whether it is on or off. */
function unusableRow(
  text: string,
  names: readonly string[],
  { unusableRules, unusableOff, rowProblems }: Rulebook,
): Unread | undefined {
  const isCalled = (id: string) =>
    id !== '' && names.some((name) => name.toLowerCase() === id.toLowerCase());
  const on = unusableRules.find(isCalled);
  const off = unusableOff.find(({ id }) => isCalled(id));
  const why = on === undefined ? off?.problem : rowProblems.find((p) => p.includes(`“${on}”`));
  if (on === undefined && !off) return undefined;
  const row = on === undefined ? 'the row is off, and cannot be used' : 'the row cannot be used';
  return { ok: false, text, problem: `${row}. ${why ?? ''}`.trim().replace(/\.$/, ''), at: 0 };
}

function noOperator(text: string, { rules, rulesOff }: Rulebook): string {
  if (text === '') return `no rule was given. Give one such as ${EXAMPLE}, or the id of a row`;
  const like = [...rules, ...rulesOff]
    .map(({ id }) => id)
    .filter((id) => id.toLowerCase().includes(text.toLowerCase()))
    .slice(0, MOST_LIKE_IT);
  const meant = like.length > 0 ? ` Did you mean ${like.map((id) => `“${id}”`).join(' or ')}?` : '';
  return `it has no operator such as >=, and no row of the rules list has this id.${meant} A rule is written like ${EXAMPLE}`;
}

type Named = { name: string; at: number };

/** The forms that hold every measure named; where no name is known, all, to have the names reported. */
function formsNamed(
  operator: Operator,
  sides: readonly Part[],
  text: string,
  book: Rulebook,
): readonly Form[] | { problem: string; at: number } {
  const named = sides.flatMap(namesIn).filter(({ name }) => !name.startsWith('district.'));
  const ambiguous = { problem: 'please add the form, such as “form KPI”', at: text.length };
  if (named.length === 0) {
    return isComparison(operator) ? { problem: NO_MEASURE, at: 0 } : ambiguous;
  }
  const known = named
    .map((one) => ({ ...one, forms: formsHolding(one.name, book) }))
    .filter(({ forms }) => forms.length > 0);
  let forms: readonly Form[] = FORMS;
  for (const one of known) {
    const shared = forms.filter((form) => one.forms.includes(form));
    if (shared.length === 0) {
      const problem = `“${one.name}” is a measure of the ${one.forms.join(', ')} form, and what stands before it of the ${forms.join(', ')} form. A rule compares measures of one form`;
      return { problem, at: one.at };
    }
    forms = shared;
  }
  return known.length > 0 && forms.length > 1 ? ambiguous : forms;
}

const NO_MEASURE = 'it names no measure, so there is nothing in a return to look at';

/** A name, and a name within a scope: `previous.schoolCaseload`. */
const NAME = /[A-Za-z_]\w*(?:\s*\.\s*[A-Za-z_]\w*)*/g;

const namesIn = ({ text, at }: Part): Named[] =>
  [...text.matchAll(NAME)].map(({ 0: name, index }) => ({
    name: name.replaceAll(' ', ''),
    at: at + index,
  }));

function formsHolding(name: string, { measures, unreadMeasures }: Rulebook): Form[] {
  const id = name.replace(/^(previous|lastYear)\./, '');
  const holding = [...measures, ...unreadMeasures].filter((measure) => measure.id === id);
  return [...new Set(holding.map(({ form }) => form))];
}
