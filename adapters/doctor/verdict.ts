import type { Line } from './examine.ts';

/** What the doctor concludes. */
export type Verdict = {
  verdict: 'ready' | 'problems';
  problems: number;
  notChecked: number;
  /** One entry a diagnosis; several may have the same id. */
  checks: readonly Line[];
};

export function verdictOn(lines: readonly Line[]): Verdict {
  const count = (status: Line['status']) => lines.filter((line) => line.status === status).length;
  const problems = count('problem');
  return {
    verdict: problems === 0 ? 'ready' : 'problems',
    problems,
    notChecked: count('not checked'),
    checks: lines,
  };
}

const STATUS_WIDTH = 'not checked'.length;

/** One line a diagnosis, the remedy beneath it, and the verdict. */
export function inWords({ checks, problems, notChecked }: Verdict): string {
  const width = Math.max(...checks.map(({ id }) => id.length));
  const indent = ' '.repeat(STATUS_WIDTH + width + 4);
  const lines = checks.flatMap((line) => [
    `${line.status.padEnd(STATUS_WIDTH)}  ${line.id.padEnd(width)}  ${line.what}`,
    ...('remedy' in line ? [`${indent}→ ${line.remedy}`] : []),
  ]);
  const left = notChecked > 0 ? ` (${notChecked} not checked)` : '';
  return `${lines.join('\n')}\n\nVerdict: ${said(problems, notChecked)}${left}\n`;
}

function said(problems: number, notChecked: number): string {
  if (problems > 0) return `${problems} problem${problems === 1 ? '' : 's'}`;
  return notChecked > 0 ? 'nothing wrong in what was checked' : 'ready';
}
