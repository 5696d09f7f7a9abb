import type { Person } from '../../bot/access/people.ts';
import {
  chaseLogRows,
  prunable,
  type ChaseLogRow,
  type ChaseLogState,
} from '../../bot/chase/chase-log-row.ts';
import type { Delivery } from '../../bot/chase/delivery.ts';
import { returnId } from '../../bot/returns/return.ts';
import { CHASE_LOG } from '../sharepoint/bot-lists.ts';
import type { Fields } from '../sharepoint/list-item.ts';
import {
  afterEachLook,
  bringInLine,
  inOneCell,
  instantCell,
  isInLine,
  knownOf,
  type Known,
  type Line,
  type Mirror,
  type Mirroring,
} from './mirror.ts';
import { allRows } from './outbox.ts';
import type { Service } from './service.ts';

type Core = Pick<Service, 'site' | 'memory'>;
/** Every message of the outbox, and who is who at that moment. */
type Chased = { deliveries: readonly Delivery[]; people: readonly Person[]; at: Date };

const mirrorOf = ({ site, memory }: Core): Mirror => ({
  site,
  list: CHASE_LOG,
  keyColumn: 'LogKey',
  mirrored: memory.mirrored,
});

/**
 * Brings the chase log in SharePoint in line with the outbox: one item for each message and thing it is
 * about, made once and changed when what came of the message changed.
 */
export async function mirrorChaseLog(
  core: Core,
  { deliveries, people, at }: Chased,
): Promise<Mirroring> {
  const mirror = mirrorOf(core);
  const known = await knownOf(mirror.mirrored);
  const rows = chaseLogRows(deliveries, people, at);
  const messages = new Set(deliveries.map(({ id }) => id));
  const lines = [...rows.map(lineOf), ...linesThatWent(rows, messages, known)];
  return bringInLine(mirror, lines, known);
}

/**
 * A message goes out about what is outstanding at that moment: what was decided with it and came in
 * meanwhile was not chased for.
 */
function linesThatWent(
  rows: readonly ChaseLogRow[],
  messages: ReadonlySet<string>,
  known: Known,
): Line[] {
  const present = new Set(rows.map(({ key }) => key));
  return [...known].flatMap(([key, { message }]) => {
    if (message === undefined || !messages.has(message) || present.has(key)) return [];
    const cells = {
      Outcome: 'withdrawn',
      OutcomeReason: 'no longer outstanding when it was sent',
    };
    return [{ key, message, made: undefined, cells }];
  });
}

const lineOf = ({ key, message, made, state }: ChaseLogRow): Line => ({
  key,
  message,
  made: {
    PersonName: made.name,
    ...(made.email ? { PersonEmail: made.email } : {}),
    PersonRole: made.role,
    District: made.about.district,
    Form: made.about.form,
    AcademicYear: made.about.year,
    Term: made.about.term,
    ReturnId: returnId(made.about),
    ...(made.rule ? { RuleId: made.rule, FindingId: made.finding } : {}),
    DecidedAt: instantCell(made.decidedAt),
    ...(made.askedBy ? { AskedBy: made.askedBy } : {}),
    MessageId: message,
  },
  cells: cellsOf(state),
});

const cellsOf = (state: ChaseLogState): Fields => ({
  Title: inOneCell(state.title),
  Stage: inOneCell(state.stage),
  Because: state.because,
  Outcome: state.outcome,
  OutcomeReason: state.reason || null,
  SettledAt: state.settledAt ? instantCell(state.settledAt) : null,
});

/**
 * Forgets messages of more than a year ago whose lines are all in SharePoint, where they stay. Gives
 * how many were forgotten.
 */
export async function forgetMirrored(
  { memory }: Core,
  { deliveries, people, at }: Chased,
): Promise<number> {
  const old = deliveries.filter((delivery) => prunable(delivery, at));
  if (old.length === 0) return 0;
  const known = await knownOf(memory.mirrored);
  let forgotten = 0;
  for (const delivery of old) {
    const lines = chaseLogRows([delivery], people, at).map(lineOf);
    if (!lines.every((line) => isInLine(line, known))) continue;
    // The message last: while it is there, nothing of it is forgotten for good.
    const mine = [...known].filter(([, { message }]) => message === delivery.id);
    for (const [key] of mine) await memory.mirrored.remove(key);
    await memory.outbox.remove(delivery.id);
    forgotten += 1;
  }
  return forgotten;
}

/** The mirror as it is called after each look, with the people that the look read. */
export const chaseLogMirror = (
  service: Pick<Service, 'site' | 'memory' | 'log' | 'clock'>,
): ((people: readonly Person[]) => Promise<void>) =>
  afterEachLook(
    service.log,
    'the chase log in SharePoint waits to be written',
    async (people: readonly Person[]) => {
      const chased = { deliveries: await allRows(service), people, at: service.clock.now() };
      const mirroring = await mirrorChaseLog(service, chased);
      if (mirroring.left === 0) await forgetMirrored(service, chased);
      return mirroring;
    },
  );
