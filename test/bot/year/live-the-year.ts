/**
 * Lives through a year with the product's own decisions, as the service puts them together: look,
 * decide, keep in the outbox, and for each message that waits look again, decide again, post, record.
 */
import { decideAlerts } from '../../../bot/chase/alerts.ts';
import { decideChaseNow } from '../../../bot/chase/chase-now.ts';
import { decideChases } from '../../../bot/chase/decide.ts';
import {
  afterAttempt,
  compareDeliveries,
  deliveryOf,
  givesWay,
  isWaiting,
  withdrawn,
  type Attempted,
  type Delivery,
} from '../../../bot/chase/delivery.ts';
import { logAmended } from '../../../bot/chase/history.ts';
import type { ChasedFor, Message } from '../../../bot/chase/message.ts';
import { prepare } from '../../../bot/chase/prepare.ts';
import { type Decision, type Situation } from '../../../bot/chase/situation.ts';
import { returnId } from '../../../bot/returns/return.ts';
import { decideSummary } from '../../../bot/summary/weekly.ts';
import { commissionerIn, happen, type Scene } from './deeds.ts';
import { Broken, openOracle, type Card } from './oracle.ts';
import { CLOSES, isSchoolWorkingDay, isWeekday, OPENS, SUMMARY, wallClock } from './oracle-days.ts';
import { planYear, type Crash, type Deed, type Planned, type PlannedLook } from './plan.ts';
import { waitsForAnswer, type TrueQuery } from './truth.ts';
import {
  beginYear,
  dayOf,
  logIn,
  logSettled,
  lookAtFindings,
  situationIn,
  type World,
} from './world.ts';

/** The product's decisions, which a test may break to see whether the oracle bites. */
export type Decisions = {
  decideChases: typeof decideChases;
  decideAlerts: typeof decideAlerts;
  prepare: typeof prepare;
};
export const AS_THEY_ARE: Decisions = { decideChases, decideAlerts, prepare };

/** What came of a year. */
export type Year = {
  seed: number;
  counts: ReadonlyMap<string, number>;
  /** In plain words, where it was asked for. */
  story: readonly string[];
  /** What went against the rules. */
  broken?: string;
};

type Run = Scene & {
  decisions: Decisions;
  planned: Planned[];
  next: number;
  /** The state in which a decision was checked last, and in which a look changed nothing. */
  checked: string;
  unchanged: string;
  tell: (words: () => string) => void;
};

/** Thrown where the process dies. */
class Died extends Error {}
const DIED = new Died();

export function liveYear(
  seed: number,
  { decisions = AS_THEY_ARE, isTold = false }: { decisions?: Decisions; isTold?: boolean } = {},
): Year {
  const world = beginYear(seed);
  const oracle = openOracle(world.truth);
  const story: string[] = [];
  const run: Run = {
    world,
    oracle,
    decisions,
    planned: planYear(world.truth.returns, world.chance),
    next: 0,
    checked: '',
    unchanged: '',
    tell: (words) => {
      if (isTold) story.push(`${new Date(world.at).toISOString().slice(0, 19)}Z  ${words()}`);
    },
  };
  try {
    while (run.next < run.planned.length) step(run);
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    run.tell(() => `BROKEN: ${error.message}`);
    return { seed, counts: oracle.counts, story, broken: error.message };
  }
  return { seed, counts: oracle.counts, story };
}

function step(run: Run): void {
  const one = run.planned[run.next];
  run.next += 1;
  if (!one) return;
  // What was interrupted may have taken longer than the plan foresaw.
  run.world.at = Math.max(run.world.at, one.at);
  const { does } = one;
  if (does.what === 'look') aLook(run, does);
  else aDeed(run, does);
}

function aDeed(run: Run, deed: Deed): void {
  if (deed.what === 'chase now') {
    chaseNow(run, deed.district);
    return;
  }
  const isDone = happen(run, deed);
  run.tell(() => `${isDone ? '' : '(not possible) '}${inWords(deed)}`);
}

const inWords = ({ what, ...rest }: Deed): string => `${what}: ${Object.values(rest).join(', ')}`;

/** Something that was to happen later happens in the middle of a look. */
function interrupt(run: Run): void {
  const { planned, next, oracle } = run;
  const place = planned.findIndex(({ does }, i) => i >= next && does.what !== 'look');
  const one = planned[place];
  if (!one || one.does.what === 'look' || one.at > run.world.at + SOON) return;
  planned.splice(place, 1);
  oracle.count('interrupted look');
  run.tell(() => 'in the middle of the look:');
  aDeed(run, one.does);
}
const SOON = 24 * 3_600_000;

function aLook(run: Run, planned: PlannedLook): void {
  const { world, oracle } = run;
  if (world.fails.has('the service')) {
    oracle.count('missed look');
    return;
  }
  if (world.fails.has('the lists')) {
    oracle.count('look that could read nothing');
    return;
  }
  if (changesNothing(run, planned)) {
    oracle.count('look at what had not changed');
    return;
  }
  run.tell(() => `a look${planned.crash ? ` that dies ${planned.crash}` : ''}`);
  try {
    const before = stateOf(run);
    lookAndDeliver(run, planned);
    run.unchanged = before === stateOf(run) ? before : '';
  } catch (error) {
    if (!(error instanceof Died)) throw error;
    oracle.count(`died ${planned.crash}`);
    run.tell(() => 'the process died');
  }
}

/** All that a decision rests on, but for the minute. */
function stateOf({ world }: Run): string {
  const { day, minutes } = wallClock(world.at);
  const hours = minutes < OPENS ? 'early' : minutes < SUMMARY ? 'open' : 'later';
  return `${world.version}|${world.outboxVersion}|${day}|${minutes < CLOSES ? hours : 'late'}`;
}

/**
 * A look that begins as one began that left everything as it was leaves it so too: decisions are pure.
 * Of five such looks one is taken all the same, to see that it is so.
 */
const changesNothing = (run: Run, { crash, isInterrupted, isDoubled }: PlannedLook): boolean =>
  !crash &&
  !isInterrupted &&
  !isDoubled &&
  run.unchanged === stateOf(run) &&
  !run.world.chance.happens(0.2);

function lookAndDeliver(run: Run, planned: PlannedLook): void {
  const { world, oracle, decisions } = run;
  const { crash } = planned;
  countUnread(run);
  const before = { ...world.truth, version: world.version };
  const now = situationIn(world);
  const chases = decisions.decideChases(now);
  checkDecided(run, chases);
  const messages = [
    ...chases.messages,
    ...decisions.decideAlerts(now, chases.messages),
    ...decideSummary(now),
  ];
  if (crash === 'before keeping') throw DIED;
  keepFindings(run);
  if (planned.isDoubled) {
    run.tell(() => 'at the same instant, in another process:');
    oracle.count('doubled look');
    lookAndDeliver(run, { what: 'look', isInterrupted: false, isDoubled: false });
  }
  keep(run, crash === 'while keeping' ? messages.slice(0, 1) : messages, now.at);
  if (crash === 'while keeping' || crash === 'before posting') throw DIED;
  const version = world.version;
  if (planned.isInterrupted) interrupt(run);
  const isWhole = deliver(run, crash);
  const isSame = version === world.version && before.unread === world.truth.unread;
  if (isWhole && isSame) checkUndisturbed(run, now);
}

/** The same situation at another minute is decided in the same way, so it is looked at once. */
function checkDecided(run: Run, { messages, notSent }: Decision): void {
  const { world, oracle } = run;
  const key = stateOf(run);
  if (run.checked === key) return;
  run.checked = key;
  oracle.decided(messages, notSent, world.at);
}

function countUnread({ world: { truth }, oracle }: Run): void {
  if (truth.unread.size > 0) oracle.count('look with an unreadable list');
  if (!truth.areTermsSound) oracle.count('look at contradictory terms');
}

/** The register, and from when the truth counts a query as asked. */
function keepFindings({ world }: Run): void {
  const { changed } = lookAtFindings(world);
  if (changed.length === 0) return;
  for (const record of changed) {
    const { id } = record.finding;
    world.memory.register.set(id, record);
    const query = world.truth.byAbout.get(id);
    if (query && 'of' in query) noticed(query, record.status === 'closed', dayOf(world));
  }
  world.version += 1;
}

function noticed(query: TrueQuery, isGone: boolean, day: string): void {
  query.isRaised = !isGone;
  if (waitsForAnswer(query)) query.askedOn = day;
}

function keep({ world, tell }: Run, messages: readonly Message[], at: Date): void {
  for (const message of messages) {
    const before = world.memory.outbox.get(message.id);
    if (before && !givesWay(before)) continue;
    tell(() => `decided: ${message.id} ${inLines(message.logs)}`);
    world.memory.outbox.set(message.id, deliveryOf(message, at));
    world.outboxVersion += 1;
  }
}

const inLines = (logs: readonly ChasedFor[]): string =>
  logs.map(({ about, stage }) => `${about} ${stage}`).join(', ');

/** True where nothing went wrong on the way. */
function deliver(run: Run, crash?: Crash): boolean {
  const { world, decisions } = run;
  const at = new Date(world.at);
  const rows = [...world.memory.outbox.values()]
    .filter((row) => isWaiting(row, at))
    .sort(compareDeliveries);
  let isWhole = true;
  let look = situationIn(world);
  const seen = new Set<string>();
  for (const row of rows) {
    world.at += world.chance.whole(0, 2) * 1000;
    if (world.fails.has('the lists')) return false;
    // One look serves all who wait, as the dispatcher has it; who has a second message had the first by now.
    if (seen.has(row.person)) look = { ...look, log: amended(world, look.log, row.person) };
    seen.add(row.person);
    const prepared = decisions.prepare(row, { ...look, at: new Date(world.at) });
    if (prepared.kind === 'withdraw')
      settle(run, withdrawn(row, prepared.because, new Date(world.at)));
    if (prepared.kind === 'send') isWhole = send(run, prepared.delivery, crash) && isWhole;
  }
  return isWhole;
}

const amended = ({ memory, at }: World, log: Situation['log'], person: string): Situation['log'] =>
  logAmended(
    log,
    person,
    [...memory.outbox.values()].filter((row) => row.person === person),
    new Date(at),
  );

function settle({ world, oracle, tell }: Run, row: Delivery): void {
  const before = world.memory.outbox.get(row.id);
  world.memory.outbox.set(row.id, row);
  if (before?.status !== row.status || before.attempts !== row.attempts) {
    world.outboxVersion += 1;
  }
  logSettled(world, before, row);
  if (row.status === 'waiting' || row.status === 'sent') return;
  tell(() => `${row.id}: ${row.status}, ${row.problem ?? ''}`);
  oracle.count(row.status);
  // What was withdrawn can be decided again today, and who has no bot yet may be given one.
  if (row.status === 'failed' || row.status === 'blocked')
    oracle.settled(row.kind, row.person, world.at);
}

function send(run: Run, row: Delivery, crash?: Crash): boolean {
  const { world, oracle, tell } = run;
  const attempted = handToTeams(world, row);
  const card: Card = { ...row, about: row.logs, returns: row.returns.map(returnId) };
  oracle.handed(card, world.at);
  if (attempted.kind === 'posted') {
    tell(() => `posted: ${row.id} ${inLines(row.logs)}`);
    oracle.posted(card, world.at);
    if (crash === 'after posting') {
      oracle.forgotten(card);
      throw DIED;
    }
    oracle.kept(card, world.at);
  }
  if (attempted.kind === 'failed') oracle.count('Teams failed');
  settle(run, afterAttempt(row, attempted, { at: new Date(world.at), shown: 'digest' }));
  return attempted.kind !== 'failed' && attempted.kind !== 'refused';
}

function handToTeams({ truth, fails, chance }: World, { person, id }: Delivery): Attempted {
  const unreachable = truth.unreachable.get(person);
  if (unreachable === 'no bot installed') return { kind: unreachable };
  if (fails.has('Teams')) return { kind: 'failed', reason: 'Teams said 503' };
  if (unreachable) return { kind: 'blocked', reason: 'Teams said 403' };
  if (chance.happens(0.01)) return { kind: 'failed', reason: 'Teams said 429' };
  if (chance.happens(0.003)) return { kind: 'refused', reason: 'Teams said 413' };
  return { kind: 'posted', activityId: `activity-${id}` };
}

/** Whoever had nobody disturb the look, in hours, must have told everybody everything by its end. */
function checkUndisturbed({ world, oracle }: Run, now: Situation): void {
  const { day, minutes } = wallClock(world.at);
  const isDay = world.truth.areTermsSound ? isSchoolWorkingDay(day) : isWeekday(day);
  const began = wallClock(now.at.getTime());
  if (!isDay || began.minutes < OPENS || minutes >= CLOSES) return;
  oracle.undisturbed(logIn(world), {
    began: now.at.getTime(),
    ended: world.at,
    version: world.version,
  });
}

/** A commissioner has a district chased at once, as the service does it. */
function chaseNow(run: Run, district: string): void {
  const { world, tell } = run;
  if (world.fails.has('the service') || world.fails.has('the lists')) return;
  const decided = decideChaseNow(district, commissionerIn(world), situationIn(world));
  tell(() => `a commissioner has ${district} chased${decided.ok ? '' : `: ${decided.reason}`}`);
  if (!decided.ok) return;
  keep(run, decided.messages, new Date(world.at));
  deliver(run);
}
