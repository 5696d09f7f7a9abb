import { z } from 'zod';
import { messageOf, valuesOf } from '../../bot/findings/finding.ts';
import { FORMS } from '../../bot/returns/measure.ts';
import { keyOf, returnId } from '../../bot/returns/return.ts';
import { addressedAs } from '../../bot/chase/chase-log-row.ts';
import type { Change } from './deliver.ts';
import type { Swept } from './sweep.ts';
import type { MessageKind, Message } from '../../bot/chase/message.ts';

const key = { form: z.enum(FORMS), district: z.string(), year: z.string(), term: z.number().int() };
/** Why just now; absent where a commissioner is told of it. */
const because = z.string().optional();
const changeOf = z.strictObject({
  kind: z.enum(['chase', 'alert', 'summary']),
  to: z.strictObject({ role: z.string(), district: z.string().optional() }),
  because: z.string(),
});

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
      returns: z.array(z.strictObject({ ...key, because })),
      findings: z.array(z.strictObject({ rule: z.string(), ...key, because })),
    }),
  ),
  notChecked: z.array(z.strictObject({ list: z.string(), reason: z.string() })),
  /** Cards that are to look different, and messages that are not sent after all. */
  updates: z.array(changeOf),
  withdrawals: z.array(changeOf),
  notSent: z.array(
    z.strictObject({
      /** A name; absent where it is the same for everybody. */
      person: z.string().optional(),
      district: z.string(),
      /** A return's id, a finding's id, or a form that could not be read. */
      about: z.string(),
      why: z.string(),
      /** Who arranged it and until when; empty where `why` says all. */
      detail: z.string(),
    }),
  ),
});
export type SweepReport = z.infer<typeof sweepReport>;

/** A sweep in the words of the contract: the same lists and memory give the same report, to the letter. */
export function reportOf({ look, decision, changes }: Swept): SweepReport {
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
      operands: valuesOf(f.operands),
      message: messageOf(f),
    })),
    messages: withoutRepeats(decision.messages.map((m) => messageToTell(m, look))),
    notChecked: reading.notChecked.map(({ list, reason }) => ({ list, reason })),
    updates: changes.updates.map(changeToTell),
    withdrawals: changes.withdrawals.map(changeToTell),
    notSent: decision.notSent.map(({ person, ...rest }) => ({
      ...(person === '' ? {} : { person }),
      ...rest,
    })),
  };
}

function messageToTell(message: Message, look: Swept['look']): SweepReport['messages'][number] {
  const role = message.person?.role ?? 'Commissioning channel';
  const reasons = new Map(message.logs.map(({ about, because }) => [about, because]));
  const why = (about: string) => {
    const because = reasons.get(about);
    return because === undefined ? {} : { because };
  };
  return {
    kind: kindToTell(message.kind),
    to: { role, ...(message.district ? { district: message.district } : {}) },
    ...(message.stage ? { stage: message.stage } : {}),
    returns: message.returns.map((one) => ({ ...keyOf(one), ...why(returnId(one)) })),
    findings: [...message.findings].sort().flatMap((id) => {
      const finding = look.assessment.register.get(id)?.finding;
      return finding ? [{ rule: finding.rule, ...keyOf(finding), ...why(id) }] : [];
    }),
  };
}

/** To a script, what a manager is told is a chase like the lead's: the role tells them apart. */
const kindToTell = (kind: MessageKind): SweepReport['messages'][number]['kind'] =>
  kind === 'manager' ? 'chase' : kind;

const changeToTell = ({ delivery, because }: Change): SweepReport['updates'][number] => ({
  kind: kindToTell(delivery.kind),
  to: {
    role: addressedAs(delivery),
    ...(delivery.district ? { district: delivery.district } : {}),
  },
  because,
});

/** Two people of the same role who are told the same are one line. */
function withoutRepeats(messages: SweepReport['messages']): SweepReport['messages'] {
  return [...new Map(messages.map((m) => [JSON.stringify(m), m])).values()];
}
