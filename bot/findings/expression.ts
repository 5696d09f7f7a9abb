/**
 * One side of a rule: arithmetic over names, in the grammar of the Common Expression Language.
 *
 * The library parses, and does not evaluate: the language keeps whole numbers and decimals apart, so
 * that `schoolCaseload * 0.5` has no meaning in it and `7 / 2` is 3. A side reckons as a spreadsheet
 * does. Nothing of a row is ever run as code: what may stand in a side is listed here, and is worked
 * out by {@link figureMaker} alone.
 */
import { Environment, ParseError, type ASTNode } from '@marcbachmann/cel-js';
import type { TextProblem } from './rule-problem.ts';

/** Where a part stands in the side as it is written: from `start` up to `end`. */
type Place = { start: number; end: number };

type Operation = Place & { op: '+' | '-' | '*' | '/'; left: Part; right: Part };

/** A name with its place: `schoolCaseload`, `previous.schoolCaseload`, `district.primarySchools`. */
export type NamePart = Place & { op: 'name'; name: string };

/** What a side is made of. */
export type Part =
  | (Place & { op: 'number'; value: number })
  | NamePart
  | (Place & { op: 'minus'; of: Part })
  | Operation;

/** One side of a rule, read. */
export type Expression = {
  /** As it is written. */
  text: string;
  root: Part;
  /** Every name in it, each time that it is written. */
  named: readonly NamePart[];
  /** Every figure that it rests on, once. */
  names: readonly string[];
};

type ReadExpression = { ok: true; expression: Expression } | ({ ok: false } & TextProblem);

/** The figures other than the return's own measures: `previous.` last term, `lastYear.`, `district.`. */
const SCOPES = ['previous', 'lastYear', 'district'] as const;

/** Reads the text of a side, or says what of it cannot stand and where. Whether a name is known is not asked. */
export function readExpression(text: string): ReadExpression {
  const source = withPlainSigns(text);
  if (source.trim() === '') return { ok: false, problem: 'it is empty', text: '', at: 0 };
  const foreign = foreignSign(source);
  if (foreign) return { ok: false, ...foreign };
  try {
    const root = partOf(language.parse(source).ast, source);
    if ('problem' in root) return { ok: false, ...root };
    const named = namesIn(root);
    const names = [...new Set(named.map(({ name }) => name))];
    return { ok: true, expression: { text, root, named, names } };
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return { ok: false, ...parseProblem(error, source) };
  }
}

const language = new Environment({
  unlistedVariablesAreDyn: true,
  limits: { maxAstNodes: 500, maxDepth: 50 },
});

const PLAIN: Record<string, string> = { '×': '*', '÷': '/', '−': '-', '–': '-' };

/** Signs that a word processor puts in, and its spaces, in their plain form. Every place stays where it is. */
const withPlainSigns = (text: string): string =>
  text.replace(/[×÷−–]|[^\S ]/g, (sign) => PLAIN[sign] ?? ' ');

/** Text in quotes, a comment, an operator of two signs, or any sign that arithmetic has no use for. */
const FOREIGN = /"[^"]*"?|'[^']*'?|\/\/.*|[<>=!]=|=>|<>|&&|\|\||[^\w\s.+\-*/()]/u;

const WHY_FOREIGN: readonly [RegExp, string][] = [
  [/^["']/, 'is text, and a side holds figures only'],
  [/^\/\//, 'is a comment: put it into the wording'],
  [/^([<>=≤≥≠]|!=)/, 'compares, and the operator has a column of its own'],
  [/^[&|?:!]/, 'makes a condition, and a side is plain arithmetic'],
  [/^[[\]{}]/, 'makes a list: use round brackets'],
  [/^%/, 'cannot be used: write a percentage as a number, such as 84'],
  [/^£/, 'cannot be used: write money as a number, such as 655550'],
  [/^,/, 'cannot be used: write 1,994 as 1994'],
];

function foreignSign(source: string): TextProblem | undefined {
  const match = FOREIGN.exec(source);
  if (!match) return undefined;
  const [text] = match;
  const why = WHY_FOREIGN.find(([sign]) => sign.test(text))?.[1] ?? `cannot be used: ${ALLOWED}`;
  return { problem: `“${text}” ${why}`, text, at: match.index };
}

const ALLOWED = 'a side holds names, numbers, + - * / and brackets';

function partOf(node: ASTNode, source: string): Part | TextProblem {
  const { start, end } = node;
  if (node.op === 'value') return numberPart(node.args, source, { start, end });
  if (node.op === 'id') return { op: 'name', name: node.args, start, end };
  if (node.op === '.') return scopedName(node.args, source, { start, end });
  if (node.op === '-_') {
    const of = partOf(node.args, source);
    return 'problem' in of ? of : { op: 'minus', of, start, end };
  }
  if (node.op === '+' || node.op === '-' || node.op === '*' || node.op === '/') {
    const left = partOf(node.args[0], source);
    if ('problem' in left) return left;
    const right = partOf(node.args[1], source);
    return 'problem' in right ? right : { op: node.op, left, right, start, end };
  }
  return notArithmetic(source, { start, end });
}

function notArithmetic(source: string, { start, end }: Place): TextProblem {
  const text = source.slice(start, end);
  return { problem: `“${text}” cannot be used: ${ALLOWED}`, text, at: start };
}

function numberPart(value: unknown, source: string, place: Place): Part | TextProblem {
  if (typeof value !== 'number' && typeof value !== 'bigint') return notArithmetic(source, place);
  if (Number.isFinite(Number(value))) return { op: 'number', value: Number(value), ...place };
  const text = source.slice(place.start, place.end);
  return { problem: `“${text}” is too large`, text, at: place.start };
}

function scopedName(
  [scope, name]: [ASTNode, string],
  source: string,
  place: Place,
): NamePart | TextProblem {
  if (scope.op === 'id' && (SCOPES as readonly string[]).includes(scope.args)) {
    return { op: 'name', name: `${scope.args}.${name}`, ...place };
  }
  const text = source.slice(place.start, place.end);
  const problem = `“${text}” is no figure: before a point stands one of ${SCOPES.join(', ')}`;
  return { problem, text, at: place.start };
}

function namesIn(part: Part): NamePart[] {
  if (part.op === 'number') return [];
  if (part.op === 'name') return [part];
  if (part.op === 'minus') return namesIn(part.of);
  return [...namesIn(part.left), ...namesIn(part.right)];
}

/** Why it does not parse, in the words of these pages; the library's place. */
function parseProblem(error: ParseError, source: string): TextProblem {
  const start = Math.min(error.range?.start ?? 0, source.length);
  const text = source.slice(start, Math.max(start, error.range?.end ?? start)).trim();
  if (error.code === 'limit_exceeded') {
    return { problem: 'it is longer, or nests deeper, than a side may be', text, at: start };
  }
  if (error.code === 'reserved_identifier') {
    return { problem: `“${text}” is a word of the language and no name`, text, at: start };
  }
  if (source.slice(start).trim() === '') {
    return { problem: isOpen(source) ? OPEN : TOO_EARLY, text: '', at: source.trimEnd().length };
  }
  return {
    problem: `“${text}” cannot stand there: something before it is missing`,
    text,
    at: start,
  };
}

const TOO_EARLY = 'it ends where a name or a number should follow';
const OPEN = 'it ends before its brackets are closed';
const isOpen = (source: string): boolean =>
  source.replaceAll(')', '').length > source.replaceAll('(', '').length;

/** Works a side out from `source`: NaN where a figure is missing or something is divided by zero. */
export type FigureMaker<Source> = (source: Source) => number;

/** Makes the function that works out a part, of those that give the figure of a name. */
export function figureMaker<Source>(
  part: Part,
  figureOf: (name: string) => FigureMaker<Source>,
): FigureMaker<Source> {
  if (part.op === 'number') return () => part.value;
  if (part.op === 'name') return figureOf(part.name);
  if (part.op === 'minus') {
    const of = figureMaker(part.of, figureOf);
    return (source) => -of(source);
  }
  if (part.op === '+') {
    return sumMaker(summandsOf(part).map((summand) => figureMaker(summand, figureOf)));
  }
  return operate(part.op, figureMaker(part.left, figureOf), figureMaker(part.right, figureOf));
}

/** `a + b + c` in its order: one sum rather than a sum of sums. */
const summandsOf = (part: Part): Part[] =>
  part.op === '+' ? [...summandsOf(part.left), part.right] : [part];

const sumMaker =
  <Source>(summands: readonly FigureMaker<Source>[]): FigureMaker<Source> =>
  (source) => {
    let sum = 0;
    for (const summand of summands) sum += summand(source);
    return sum;
  };

function operate<Source>(
  op: Exclude<Operation['op'], '+'>,
  left: FigureMaker<Source>,
  right: FigureMaker<Source>,
): FigureMaker<Source> {
  switch (op) {
    case '-':
      return (source) => left(source) - right(source);
    case '*':
      return (source) => left(source) * right(source);
    case '/':
      return (source) => divide(left(source), right(source));
  }
}

/** Nothing may come of a division by zero: `1 / (a / 0)` is no 0. */
const divide = (left: number, right: number): number => (right === 0 ? Number.NaN : left / right);
