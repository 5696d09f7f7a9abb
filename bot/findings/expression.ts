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

export type Compiled =
  { ok: true; expression: Expression } | { ok: false; problem: string; at?: number };

/** The figures other than the return's own measures: `previous.` last term, `lastYear.`, `district.`. */
export const SCOPES = ['previous', 'lastYear', 'district'] as const;

/**
 * Compiles the text of a rule's side: the arithmetic of the Common Expression Language over the
 * names given. Whole numbers and decimals mix, as in a spreadsheet.
 */
export function compileExpression(text: string, known: ReadonlySet<string>): Compiled {
  const source = text.trim();
  if (source === '') return { ok: false, problem: 'the side is empty' };
  try {
    const parsed = language().parse(source);
    const names = [...new Set(namesIn(parsed.ast))];
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
        evaluate: (operands) => asNumber(parsed(contextFor(names, operands))),
      },
    };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { ok: false, problem: error.message.split('\n')[0] ?? 'it does not parse' };
  }
}

let shared: Environment | undefined;

function language(): Environment {
  shared ??= ['+', '-', '*', '/'].reduce(
    (env, sign) => {
      const work = ARITHMETIC[sign as keyof typeof ARITHMETIC];
      return env
        .registerOperator(`double ${sign} int`, (a: number, b: bigint) => work(a, Number(b)))
        .registerOperator(`int ${sign} double`, (a: bigint, b: number) => work(Number(a), b));
    },
    new Environment({ unlistedVariablesAreDyn: true, limits: { maxAstNodes: 500, maxDepth: 50 } }),
  );
  return shared;
}

const ARITHMETIC = {
  '+': (a: number, b: number) => a + b,
  '-': (a: number, b: number) => a - b,
  '*': (a: number, b: number) => a * b,
  '/': (a: number, b: number) => a / b,
};

function namesIn(node: ASTNode): string[] {
  if (node.op === 'value') return [];
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

function contextFor(names: readonly string[], operands: Operands): Record<string, unknown> {
  const context: Record<string, Record<string, number> | number> = {};
  for (const name of names) {
    const value = operands[name];
    if (value === undefined) throw new Error(`no figure for ${name}`);
    const [scope, inner] = name.split('.');
    if (!scope || !inner) context[name] = value;
    else
      context[scope] = {
        ...(context[scope] as Record<string, number> | undefined),
        [inner]: value,
      };
  }
  return context;
}

function asNumber(value: unknown): number {
  const number = typeof value === 'bigint' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) throw new Error('it gives no number');
  return number;
}
