/** Reads the project's own source: which files there are, and what each of them imports and calls. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, posix } from 'node:path';
import { parseAst } from 'vitest/node';

export const root = new URL('../..', import.meta.url).pathname;

/** Files under version control, and new ones that are not ignored; paths from the top level. */
export const files: readonly string[] = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard'],
  { cwd: root, encoding: 'utf8' },
)
  .split('\n')
  .filter((file) => file !== '' && existsSync(`${root}/${file}`));

export const typescriptFiles = files.filter((file) => file.endsWith('.ts'));

export type Import = {
  file: string;
  /** As written: `../returns/measure.ts`, `node:fs`, `@azure/identity`. */
  specifier: string;
  isType: boolean;
};

export type Source = {
  file: string;
  imports: Import[];
  /** `Date.now`, `Math.random`, `process.env`; `new Date()` and `Date()` where no time is given. */
  uses: string[];
  texts: string[];
};

export const read = (file: string): string => readFileSync(`${root}/${file}`, 'utf8');

type Node = { type: string; [key: string]: unknown };

/** What one file imports, calls and says. */
export function sourceOf(file: string, ast: unknown): Source {
  const source: Source = { file, imports: [], uses: [], texts: [] };
  for (const node of nodesIn(ast)) {
    const specifier = literal(node['source']);
    if (specifier !== undefined) {
      const isType = (node['importKind'] ?? node['exportKind']) === 'type';
      source.imports.push({ file, specifier, isType });
    }
    source.uses.push(...usesOf(node));
    const text = node.type === 'TemplateElement' ? templateText(node) : literal(node);
    if (text !== undefined) source.texts.push(text);
  }
  return source;
}

function nodesIn(value: unknown): Node[] {
  if (Array.isArray(value)) return value.flatMap(nodesIn);
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(nodesIn);
  return isNode(value) ? [value, ...inner] : inner;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

const literal = (value: unknown): string | undefined =>
  isNode(value) && value.type === 'Literal' && typeof value['value'] === 'string'
    ? value['value']
    : undefined;

const templateText = (node: Node): string | undefined =>
  (node['value'] as { cooked?: string } | undefined)?.cooked;

const nameOf = (value: unknown): string =>
  isNode(value) && value.type === 'Identifier' ? String(value['name']) : (literal(value) ?? '');

function usesOf(node: Node): string[] {
  if (node.type === 'MemberExpression') {
    return [`${nameOf(node['object'])}.${nameOf(node['property'])}`];
  }
  const isCall = node.type === 'NewExpression' || node.type === 'CallExpression';
  if (!isCall || nameOf(node['callee']) !== 'Date') return [];
  const isNow = Array.isArray(node['arguments']) && node['arguments'].length === 0;
  if (node.type === 'CallExpression') return ['Date()'];
  return isNow ? ['new Date()'] : [];
}

/** Where a relative import leads, from the top level; undefined for a package. */
export const leadsTo = ({ file, specifier }: Import): string | undefined =>
  specifier.startsWith('.') ? posix.normalize(posix.join(dirname(file), specifier)) : undefined;

/** The package of an import: `@azure/identity`, `node:fs`; undefined for a file of ours. */
export function packageOf({ specifier }: Import): string | undefined {
  if (specifier.startsWith('.')) return undefined;
  const parts = specifier.split('/');
  return parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}

/** The folder at the top level that a file belongs to. */
export const roomOf = (file: string): string => file.split('/')[0] ?? '';

/** Every file of ours, read. */
export const sources: readonly Source[] = typescriptFiles.map((file) =>
  sourceOf(file, parseAst(read(file), { lang: 'ts' }, file)),
);
