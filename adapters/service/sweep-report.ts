import { z } from 'zod';
import { FORMS } from '../../bot/returns/measure.ts';
import { keyOf, returnId } from '../../bot/returns/return.ts';
import type { Message } from '../../bot/chase/situation.ts';
import type { Swept } from './sweep.ts';

const key = { form: z.enum(FORMS), district: z.string(), year: z.string(), term: z.number().int() };
const returnKey = z.strictObject(key);

/**
 * What `npm run sweep -- --json` prints: the product's contract with scripts. Fields are added, never
 * renamed or removed. `at` is an ISO instant; `term` is 1 to 6, or 0 where an item names no known
 * term; percentages among `operands` are numbers of per cent.
 */
export const sweepReport = z.strictObject({
  at: z.iso.datetime(),
  returns: z.array(
    z.strictObject({
      ...key,
      state: z.enum([
        'missing',
        'part filed',
        'filed',
        'filed with open queries',
        'approved',
        'amended',
      ]),
      /** Ids of required measures left blank. */
      blank: z.array(z.string()),
    }),
  ),
  findings: z.array(
    z.strictObject({
      rule: z.string(),
      severity: z.enum(['error', 'query']),
      ...key,
      operands: z.record(z.string(), z.union([z.number(), z.string(), z.null()])),
      message: z.string(),
    }),
  ),
  messages: z.array(
    z.strictObject({
      kind: z.enum(['chase', 'alert', 'summary']),
      to: z.strictObject({ role: z.string(), district: z.string().optional() }),
      stage: z.string().optional(),
      returns: z.array(returnKey),
      findings: z.array(z.strictObject({ rule: z.string(), ...key })),
    }),
  ),
  notChecked: z.array(z.strictObject({ list: z.string(), reason: z.string() })),
});
export type SweepReport = z.infer<typeof sweepReport>;

/** A sweep in the words of the contract: the same lists and memory give the same report, to the letter. */
export function reportOf({ look, decision }: Swept): SweepReport {
  const { assessment, reading } = look;
  const findings = [...assessment.report.findings].sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    at: look.at.toISOString(),
    returns: assessment.statuses.map(({ state, blank, ...status }) => ({
      ...keyOf(status),
      state,
      blank: [...blank],
    })),
    findings: findings.map((f) => ({
      rule: f.rule,
      severity: f.severity,
      ...keyOf(f),
      operands: { ...f.operands },
      message: f.message,
    })),
    messages: withoutRepeats(decision.messages.map((m) => messageOf(m, look))),
    notChecked: reading.notChecked.map(({ list, reason }) => ({ list, reason })),
  };
}

function messageOf(message: Message, look: Swept['look']): SweepReport['messages'][number] {
  const role = message.person?.role ?? 'Commissioning channel';
  return {
    kind: message.kind,
    to: { role, ...(message.district ? { district: message.district } : {}) },
    ...(message.stage ? { stage: message.stage } : {}),
    returns: message.returns.map(keyOf),
    findings: [...message.findings].sort().flatMap((id) => {
      const finding = look.assessment.register.get(id)?.finding;
      return finding ? [{ rule: finding.rule, ...keyOf(finding) }] : [];
    }),
  };
}

/** Two people of the same role who are told the same are one line. */
function withoutRepeats(messages: SweepReport['messages']): SweepReport['messages'] {
  return [...new Map(messages.map((m) => [JSON.stringify(m), m])).values()];
}

/** The report as a table that a commissioner can read. */
export function inWords(swept: Swept): string {
  const { look, decision } = swept;
  const report = reportOf(swept);
  const states = Map.groupBy(report.returns, (r) => r.state);
  return [
    `At ${report.at}`,
    '',
    'Returns',
    ...[...states].map(([state, returns]) => `  ${state}: ${returns.length}`),
    ...report.returns
      .filter((r) => r.state === 'missing' || r.state === 'part filed')
      .map(
        (r) =>
          `    ${returnId(r).replaceAll('|', '  ')}  ${r.state}${r.blank.length > 0 ? ` (blank: ${r.blank.join(', ')})` : ''}`,
      ),
    '',
    `Findings: ${report.findings.length}`,
    ...report.findings.map(
      (f) =>
        `  ${f.severity.padEnd(5)}  ${f.district}, ${f.form} ${f.year} T${f.term}: ${f.message}`,
    ),
    '',
    `To be sent: ${report.messages.length}`,
    ...report.messages.map(
      (m) =>
        `  ${m.kind.padEnd(7)}  ${m.to.role}${m.to.district ? `, ${m.to.district}` : ''}${m.stage ? `  (${m.stage})` : ''}: ${m.returns.length} return(s), ${m.findings.length} finding(s)`,
    ),
    '',
    `Not sent: ${decision.notSent.length}`,
    ...decision.notSent.map((n) => `  ${n.person}, ${n.about.replaceAll('|', ' ')}: ${n.reason}`),
    ...(look.reading.notChecked.length > 0 ? ['', 'Could not check'] : []),
    ...report.notChecked.map((n) => `  ${n.list}: ${n.reason}`),
    ...(look.assessment.problems.length > 0 ? ['', 'Rows that could not be used'] : []),
    ...look.assessment.problems.map((p) => `  ${p}`),
    '',
  ].join('\n');
}
