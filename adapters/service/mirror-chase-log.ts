import { createHash } from 'node:crypto';
import type { Person } from '../../bot/access/people.ts';
import {
  chaseLogRows,
  prunable,
  type ChaseLogRow,
  type ChaseLogState,
} from '../../bot/chase/chase-log-row.ts';
import type { Delivery } from '../../bot/chase/delivery.ts';
import { returnId } from '../../bot/returns/return.ts';
import { NetworkFailed, reasonOf, ServiceRefused, UnexpectedAnswer } from '../errors.ts';
import { CHASE_LOG } from '../sharepoint/bot-lists.ts';
import { alreadyHolds, type Fields, type ListItem } from '../sharepoint/list-item.ts';
import { isPassing } from '../sharepoint/retry.ts';
import type { Memory } from '../storage/memory.ts';
import { allRows } from './outbox.ts';
import type { Service } from './service.ts';

type Core = Pick<Service, 'site' | 'memory'>;
/** Every message of the outbox, and who is who at that moment. */
type Chased = { deliveries: readonly Delivery[]; people: readonly Person[]; at: Date };
type Known = ReadonlyMap<string, Awaited<ReturnType<Memory['mirrored']['all']>>[number]['value']>;

/** What one go at the list came to. */
export type Mirroring = {
  /** Lines that were made or changed. */
  written: number;
  /** Lines that are still to be written, at the next look. */
  left: number;
  /** What keeps the list from being in line, for the log. */
  problem?: string;
};

/** A backlog is written bit by bit: reading and chasing need SharePoint's allowance too. */
const MOST_WRITES = 100;
/** Whatever SharePoint has against so many lines, it has against the others. */
const MOST_REFUSALS = 3;

/** A line as it is to stand in the list. `cells` are those that may still change. */
type Line = { key: string; message: string; made: Fields | undefined; cells: Fields };

/**
 * Brings the chase log in SharePoint in line with the outbox: one item for each message and thing it is
 * about, made once and changed when what came of the message changed. A look with nothing new asks
 * nothing of SharePoint. Where there is something to write, what somebody deleted is made again too.
 * Nothing that SharePoint does is thrown; storage's errors are.
 */
export async function mirrorChaseLog(
  { site, memory }: Core,
  { deliveries, people, at }: Chased,
): Promise<Mirroring> {
  const known: Known = new Map((await memory.mirrored.all()).map(({ key, value }) => [key, value]));
  const rows = chaseLogRows(deliveries, people, at);
  const messages = new Set(deliveries.map(({ id }) => id));
  const lines = [...rows.map(lineOf), ...linesThatWent(rows, messages, known)];
  const isNew = ({ key, cells }: Line) => known.get(key)?.digest !== digestOf(cells);
  if (!lines.some(isNew)) return { written: 0, left: 0 };
  const items = await orProblem(() => site.items(CHASE_LOG));
  if ('problem' in items) return { written: 0, left: lines.filter(isNew).length, ...items };
  const held = itemsByKey(items.done);
  const isGone = ({ key, made }: Line) => made !== undefined && !held.has(listKeyOf(key));
  return writeAll(
    { site, memory },
    lines.filter((line) => isNew(line) || isGone(line)),
    held,
  );
}

async function writeAll(
  core: Core,
  lines: readonly Line[],
  held: ReadonlyMap<string, ListItem>,
): Promise<Mirroring> {
  let written = 0;
  const problems: string[] = [];
  for (const line of lines.slice(0, MOST_WRITES)) {
    const answer = await orProblem(() => write(core.site, line, held.get(listKeyOf(line.key))));
    if ('done' in answer) {
      await remember(core, line, answer.done);
      written += 1;
      continue;
    }
    problems.push(answer.problem);
    if (answer.isPassing || problems.length >= MOST_REFUSALS) break;
  }
  const [problem] = problems;
  return { written, left: lines.length - written, ...(problem === undefined ? {} : { problem }) };
}

/** The item as it stands afterwards; undefined where there is none, and none is wanted. */
async function write(
  site: Core['site'],
  { key, made, cells }: Line,
  item: ListItem | undefined,
): Promise<ListItem | undefined> {
  if (item && alreadyHolds(item, cells)) return item;
  if (item) {
    await site.update(CHASE_LOG, item.id, cells, item.etag);
    return { ...item, fields: { ...item.fields, ...cells } };
  }
  return made && makeOnce(site, key, { ...made, ...withoutEmpty(cells) });
}

const withoutEmpty = (cells: Fields): Fields =>
  Object.fromEntries(Object.entries(cells).filter(([, value]) => value !== null && value !== ''));

/** SharePoint refuses a second item of the same key: then somebody else has just made it. */
async function makeOnce(site: Core['site'], key: string, fields: Fields): Promise<ListItem> {
  const isIt = ({ fields: { LogKey } }: ListItem) => LogKey === listKeyOf(key);
  try {
    return await site.create(CHASE_LOG, fields, isIt);
  } catch (error) {
    if (!(error instanceof ServiceRefused) || isPassing(error)) throw error;
    const found = (await site.items(CHASE_LOG)).find(isIt);
    if (!found) throw error;
    return found;
  }
}

/** Another process may have made it from what it knew then: what it does not say is said next time. */
async function remember(
  { memory }: Core,
  { key, message, cells }: Line,
  item: ListItem | undefined,
): Promise<void> {
  const isInLine = item === undefined || alreadyHolds(item, cells);
  await memory.mirrored.put(key, {
    message,
    item: item?.id ?? '',
    digest: isInLine ? digestOf(cells) : '',
  });
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
  return [...known]
    .filter(([key, { message }]) => messages.has(message) && !present.has(key))
    .map(([key, { message }]) => ({
      key,
      message,
      made: undefined,
      cells: { Outcome: 'withdrawn', OutcomeReason: 'no longer outstanding when it was sent' },
    }));
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
    DecidedAt: instant(made.decidedAt),
    ...(made.askedBy ? { AskedBy: made.askedBy } : {}),
    MessageId: message,
    LogKey: listKeyOf(key),
  },
  cells: cellsOf(state),
});

/** How much a column of one line holds. */
const LONGEST_TEXT = 255;

const cellsOf = (state: ChaseLogState): Fields => ({
  Title: state.title.slice(0, LONGEST_TEXT),
  Stage: state.stage.slice(0, LONGEST_TEXT),
  Because: state.because,
  Outcome: state.outcome,
  OutcomeReason: state.reason || null,
  SettledAt: state.settledAt ? instant(state.settledAt) : null,
});

/** SharePoint keeps whole seconds. */
const instant = (at: Date): string => `${at.toISOString().slice(0, 19)}Z`;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
/** A finding's id is longer than an indexed column holds. */
const listKeyOf = sha256;
const digestOf = (cells: Fields): string => sha256(JSON.stringify(cells));

const itemsByKey = (items: readonly ListItem[]): Map<string, ListItem> =>
  new Map(
    items.flatMap((item): [string, ListItem][] => {
      const key = item.fields['LogKey'];
      return typeof key === 'string' ? [[key, item]] : [];
    }),
  );

type Answer<T> = { done: T } | { problem: string; isPassing: boolean };

/** What SharePoint did, or why it did not. */
async function orProblem<T>(ask: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { done: await ask() };
  } catch (error) {
    const isAnswer = error instanceof ServiceRefused || error instanceof UnexpectedAnswer;
    if (!isAnswer && !(error instanceof NetworkFailed)) throw error;
    return { problem: reasonOf(error), isPassing: isPassing(error) };
  }
}

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
  const mirrored = await memory.mirrored.all();
  const digests = new Map(mirrored.map(({ key, value }) => [key, value.digest]));
  let forgotten = 0;
  for (const delivery of old) {
    const lines = chaseLogRows([delivery], people, at).map(lineOf);
    if (lines.some(({ key, cells }) => digests.get(key) !== digestOf(cells))) continue;
    // The message last: while it is there, nothing of it is forgotten for good.
    const mine = mirrored.filter(({ value }) => value.message === delivery.id);
    for (const { key } of mine) await memory.mirrored.remove(key);
    await memory.outbox.remove(delivery.id);
    forgotten += 1;
  }
  return forgotten;
}

/**
 * The mirror as it is called after each look, with the people that the look read: one at a time, and
 * one that comes while another is under way leaves it to the next. A problem is logged once, not with
 * every look.
 */
export function chaseLogMirror(
  service: Pick<Service, 'site' | 'memory' | 'log' | 'clock'>,
): (people: readonly Person[]) => Promise<void> {
  let isUnderWay = false;
  let told = '';
  return async (people) => {
    if (isUnderWay) return;
    isUnderWay = true;
    try {
      const chased = { deliveries: await allRows(service), people, at: service.clock.now() };
      const { problem = '', left } = await mirrorChaseLog(service, chased);
      if (problem !== '' && problem !== told) {
        service.log.warn({ problem, left }, 'the chase log in SharePoint waits to be written');
      }
      told = problem;
      if (left === 0) await forgetMirrored(service, chased);
    } finally {
      isUnderWay = false;
    }
  };
}
