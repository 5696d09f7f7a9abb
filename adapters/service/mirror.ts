import { createHash } from 'node:crypto';
import { NetworkFailed, reasonOf, ServiceRefused, UnexpectedAnswer } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { alreadyHolds, type Fields, type ListItem } from '../sharepoint/list-item.ts';
import { isPassing } from '../sharepoint/retry.ts';
import type { Site } from '../sharepoint/site.ts';
import type { Mirrored } from '../storage/memory.ts';
import type { Documents } from '../storage/tables.ts';

/** A line as it is to stand in a list. */
export type Line = {
  /** By this the bot knows the line again, whatever its length. */
  key: string;
  /** The message's id, for a line of the chase log. */
  message?: string;
  /** What does not change any more; undefined where no line is to be made for it. */
  made: Fields | undefined;
  /** What may still change. */
  cells: Fields;
};

/** A list that the bot keeps in line with what it knows, and never reads to decide. */
export type Mirror = {
  site: Site;
  list: string;
  /** The column that tells its lines apart: the digest of a line's key, in no two of them the same. */
  keyColumn: string;
  /** What is in the list already, by the lines' keys. */
  mirrored: Documents<Mirrored>;
};

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
/** Whatever SharePoint has against so many lines in a row, it may have against the others. */
const MOST_REFUSALS = 3;

export type Known = ReadonlyMap<string, Mirrored>;

/** What is in the list already, by the lines' keys. */
export const knownOf = async (mirrored: Mirror['mirrored']): Promise<Known> =>
  new Map((await mirrored.all()).map(({ key, value }) => [key, value]));

/** Whether the list says of a line what is known of it. */
export const isInLine = ({ key, cells }: Line, known: Known): boolean =>
  known.get(key)?.digest === digestOf(cells);

/**
 * Brings a list in line: each line is made once, and changed when its cells changed. A look with nothing
 * new asks nothing of SharePoint. Where there is something to write, what somebody deleted is made again
 * too. Nothing that SharePoint does is thrown; storage's errors are.
 */
export async function bringInLine(
  mirror: Mirror,
  lines: readonly Line[],
  known: Known,
): Promise<Mirroring> {
  const isNew = (line: Line) => !isInLine(line, known);
  if (!lines.some(isNew)) return { written: 0, left: 0 };
  const items = await orProblem(() => mirror.site.items(mirror.list));
  if ('problem' in items) {
    return { written: 0, left: lines.filter(isNew).length, problem: items.problem };
  }
  const held = itemsByKey(mirror, items.done);
  const isGone = ({ key, made }: Line) => made !== undefined && !held.has(listKeyOf(key));
  const wanted = lines.filter((line) => isNew(line) || isGone(line));
  return writeAll(mirror, refusedLast(wanted, known), { held, known });
}

/** What SharePoint would not take last time keeps nothing else from being written. */
function refusedLast(lines: readonly Line[], known: Known): Line[] {
  const wasRefused = ({ key, cells }: Line) => known.get(key)?.refused === digestOf(cells);
  return [...lines.filter((line) => !wasRefused(line)), ...lines.filter(wasRefused)];
}

/** What is in the list, and what was written to it and refused by it before. */
type Before = { held: ReadonlyMap<string, ListItem>; known: Known };

async function writeAll(
  mirror: Mirror,
  lines: readonly Line[],
  { held, known }: Before,
): Promise<Mirroring> {
  let written = 0;
  let inARow = 0;
  let problem: string | undefined;
  for (const line of lines.slice(0, MOST_WRITES)) {
    const answer = await orProblem(() => write(mirror, line, held.get(listKeyOf(line.key))));
    if ('done' in answer) {
      await remember(mirror, line, answer.done);
      written += 1;
      inARow = 0;
      continue;
    }
    problem ??= answer.problem;
    if (answer.isPassing) break;
    await rememberRefusal(mirror, line, known.get(line.key));
    inARow += 1;
    if (inARow >= MOST_REFUSALS) break;
  }
  return { written, left: lines.length - written, ...(problem === undefined ? {} : { problem }) };
}

/** The item as it stands afterwards; undefined where there is none, and none is wanted. */
async function write(
  mirror: Mirror,
  { key, made, cells }: Line,
  item: ListItem | undefined,
): Promise<ListItem | undefined> {
  if (item && alreadyHolds(item, cells)) return item;
  if (item) {
    await mirror.site.update(mirror.list, item.id, cells, item.etag);
    return { ...item, fields: { ...item.fields, ...cells } };
  }
  return made && makeOnce(mirror, key, { ...made, ...withoutEmpty(cells) });
}

const withoutEmpty = (cells: Fields): Fields =>
  Object.fromEntries(Object.entries(cells).filter(([, value]) => value !== null && value !== ''));

/** SharePoint refuses a second item of the same key: then somebody else has just made it. */
async function makeOnce(
  { site, list, keyColumn }: Mirror,
  key: string,
  cells: Fields,
): Promise<ListItem> {
  const fields = { ...cells, [keyColumn]: listKeyOf(key) };
  const isIt = (item: ListItem) => item.fields[keyColumn] === fields[keyColumn];
  try {
    return await site.create(list, fields, isIt);
  } catch (error) {
    if (!(error instanceof ServiceRefused) || isPassing(error)) throw error;
    const found = (await site.items(list)).find(isIt);
    if (!found) throw error;
    return found;
  }
}

/** Another process may have made it from what it knew then: what it does not say is said next time. */
async function remember(
  { mirrored }: Mirror,
  { key, message, cells }: Line,
  item: ListItem | undefined,
): Promise<void> {
  const saysSo = item === undefined || alreadyHolds(item, cells);
  await mirrored.put(key, {
    ...(message === undefined ? {} : { message }),
    item: item?.id ?? '',
    digest: saysSo ? digestOf(cells) : '',
  });
}

/** The next look begins with the others, until there is something else to write of it. */
async function rememberRefusal(
  { mirrored }: Mirror,
  { key, message, cells }: Line,
  before: Mirrored | undefined,
): Promise<void> {
  const refused = digestOf(cells);
  if (before?.refused === refused) return;
  const kept = before ?? { item: '', digest: '', ...(message === undefined ? {} : { message }) };
  await mirrored.put(key, { ...kept, refused });
}

/** How much a column of one line holds. */
const LONGEST_TEXT = 255;
const HALF_A_CHARACTER = /[\uD800-\uDBFF]$/;

/** As much of a text as a column of one line holds, in whole characters. */
export const inOneCell = (text: string): string =>
  text.slice(0, LONGEST_TEXT).replace(HALF_A_CHARACTER, '');

/** SharePoint keeps whole seconds. */
export const instantCell = (at: Date): string => `${at.toISOString().slice(0, 19)}Z`;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
/** A finding's id is longer than an indexed column holds. */
export const listKeyOf = sha256;

/** A look asks for it several times, and works it out once. */
const digests = new WeakMap<Fields, string>();

function digestOf(cells: Fields): string {
  const known = digests.get(cells);
  if (known !== undefined) return known;
  const digest = sha256(JSON.stringify(cells));
  digests.set(cells, digest);
  return digest;
}

const itemsByKey = (
  { keyColumn }: Mirror,
  items: readonly ListItem[],
): ReadonlyMap<string, ListItem> =>
  new Map(
    items.flatMap((item): [string, ListItem][] => {
      const key = item.fields[keyColumn];
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
 * A mirror as it is called after each look: one at a time, and one that comes while another is under way
 * leaves it to the next. A problem is logged once, not with every look.
 */
export function afterEachLook<Known>(
  log: Logger,
  waits: string,
  bring: (known: Known) => Promise<Mirroring>,
): (known: Known) => Promise<void> {
  let isUnderWay = false;
  let told = '';
  return async (known) => {
    if (isUnderWay) return;
    isUnderWay = true;
    try {
      const { problem = '', left } = await bring(known);
      if (problem !== '' && problem !== told) log.warn({ problem, left }, waits);
      told = problem;
    } finally {
      isUnderWay = false;
    }
  };
}
