import { Environment, type ASTNode } from '@marcbachmann/cel-js';

/** What a side of a rule may be worked out from; a figure that is missing is left out. */
export type Operands = Readonly<Record<string, number>>;

/** One side of a rule, ready to be worked out. */
export type Expression = {
  text: string;
  /** Every figure it names: `schoolCaseload`, `previous.schoolCaseload`, `district.primarySchools`. */
  names: readonly string[];
  /** Needs every one of `names`. Throws on a division by zero. */
  evaluate(operands: Operands): number;
};

type Compiled = { ok: true; expression: Expression } | { ok: false; problem: string; at?: number };

/** The figures other than the return's own measures: `previous.` last term, `lastYear.`, `district.`. */
const SCOPES = ['previous', 'lastYear', 'district'] as const;

/**
 * Compiles the text of a rule's side: the arithmetic of the Common Expression Language over the
 * names given. Whole numbers and decimals mix, as in a spreadsheet.
 */
export function compileExpression(text: string, known: ReadonlySet<string>): Compiled {
  const source = text.trim();
  if (source === '') return { ok: false, problem: 'the side is empty' };
  try {
    const { ast } = language.parse(source);
    const names = [...new Set(namesIn(ast))];
    const unknown = names.find((name) => !known.has(name));
    if (unknown) {
      return {
        ok: false,
        problem: `“${unknown}” is no measure or figure`,
        at: source.indexOf(unknown),
      };
    }
    return {
      ok: true,
      expression: {
        text: source,
        names,
        evaluate: (operands) => asNumber(workOut(ast, operands)),
      },
    };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { ok: false, problem: error.message.split('\n')[0] ?? 'it does not parse' };
  }
}

const language = new Environment({
  unlistedVariablesAreDyn: true,
  limits: { maxAstNodes: 500, maxDepth: 50 },
});

function namesIn(node: ASTNode): string[] {
  if (node.op === 'value' && isNumber(node.args)) return [];
  if (node.op === 'id') return [node.args];
  if (node.op === '.') {
    const [scope, name] = node.args;
    if (scope.op === 'id' && (SCOPES as readonly string[]).includes(scope.args)) {
      return [`${scope.args}.${name}`];
    }
  }
  if (node.op === '-_') return namesIn(node.args);
  if (node.op === '+' || node.op === '-' || node.op === '*' || node.op === '/') {
    return node.args.flatMap(namesIn);
  }
  throw new Error('only + - * / brackets, numbers and names may be used');
}

const isNumber = (value: unknown): boolean =>
  typeof value === 'number' || typeof value === 'bigint';

/** Works out what {@link namesIn} has let through. */
function workOut(node: ASTNode, operands: Operands): number {
  if (node.op === 'value') return Number(node.args);
  if (node.op === '-_') return -workOut(node.args, operands);
  if (node.op === '+' || node.op === '-' || node.op === '*' || node.op === '/') {
    const [left, right] = node.args;
    return ARITHMETIC[node.op](workOut(left, operands), workOut(right, operands));
  }
  return figureFor(namesIn(node)[0] ?? '', operands);
}

const ARITHMETIC = {
  '+': (a: number, b: number) => a + b,
  '-': (a: number, b: number) => a - b,
  '*': (a: number, b: number) => a * b,
  '/': divide,
};

function divide(left: number, right: number): number {
  if (right === 0) throw new Error('division by zero');
  return left / right;
}

function figureFor(name: string, operands: Operands): number {
  const value = operands[name];
  if (value === undefined) throw new Error(`no figure for ${name}`);
  return value;
}

function asNumber(value: number): number {
  if (!Number.isFinite(value)) throw new Error('it gives no number');
  return value;
}
