import { expect } from 'vitest';
import type { MovableClock } from '../../adapters/clock.ts';
import { conversationRecords } from '../../adapters/delivery/conversations.ts';
import { createDispatcher, type Dispatcher } from '../../adapters/delivery/dispatcher.ts';
import { boards } from '../../adapters/delivery/lanes.ts';
import { createLogger } from '../../adapters/logger.ts';
import { act, type ServiceAction } from '../../adapters/service/act.ts';
import type { Acted } from '../../adapters/service/pressed-card.ts';
import type { Core, Service } from '../../adapters/service/service.ts';
import { conversationWork } from '../../adapters/service/deliver.ts';
import { sweep, type Swept } from '../../adapters/service/sweep.ts';
import { openMemory, type Memory } from '../../adapters/storage/memory.ts';
import { openQueue } from '../../adapters/storage/queues.ts';
import { openTables, type Documents } from '../../adapters/storage/tables.ts';
import { parseAction } from '../../cards/actions.ts';
import type { Card } from '../../cards/render.ts';
import { instantFrom } from '../../bot/calendar/london.ts';
import { people } from '../../infra/local/demo/people.ts';
import { newAccount } from './azurite.ts';
import { demoSites, type DemoSite } from './demo-site.ts';
import { boxesOn, buttonOn } from './reading-cards.ts';
import { RecordingTeams, referenceOf, type Shown } from './recording-teams.ts';

/** Everything that one test has to itself. The clock stands until the test moves it. */
export type World = DemoSite & {
  service: Service;
  memory: Memory;
  teams: RecordingTeams;
  connectionString: string;
  /** The same service with some parts exchanged. */
  withParts(other: Partial<Core>): Service;
  moveTo(londonTime: string): void;
};

/** Tests that change a list's columns have them read in each look. */
const AS_USUAL = 5 * 60_000;

/** For a file of tests: the demo's lists, tables of one's own, and a Teams that keeps what it is sent. */
export function worlds(held: Parameters<typeof demoSites>[0] = {}): {
  open: (londonTime: string) => Promise<World>;
} {
  const sites = demoSites({ columnsForMs: AS_USUAL, ...held });
  return {
    open: async (londonTime) => {
      let now = at(londonTime);
      const demo = await sites.open(() => now);
      const connectionString = newAccount();
      const memory = openMemory(openTables({ connectionString }));
      const teams = new RecordingTeams();
      const clock: MovableClock = {
        now: () => now,
        moveTo: (instant) => {
          now = instant;
        },
      };
      const core: Core = {
        clock,
        site: demo.site,
        memory,
        teams,
        log: createLogger('silent'),
        isLocal: false,
        pressMs: 10_000,
        unclearMs: 0,
      };
      const withParts = (other: Partial<Core>): Service => {
        const mine = { ...core, ...other };
        return { ...mine, conversations: deliveringFor(mine, connectionString) };
      };
      return {
        ...demo,
        memory,
        teams,
        connectionString,
        service: withParts({}),
        withParts,
        moveTo: (time) => clock.moveTo(at(time)),
      };
    },
  };
}

/** Delivers from the world's own queue. What failed is tried again by the next sweep. */
function deliveringFor(core: Core, connectionString: string): Dispatcher {
  const tables = openTables({ connectionString });
  return createDispatcher({
    queue: openQueue({ connectionString }, 'stls-conversations'),
    conversations: conversationRecords(tables),
    board: boards(tables),
    handler: conversationWork(core, { attempts: { most: 20, baseMs: 1, capMs: 1 } }),
    log: core.log,
    settings: { backOff: { baseMs: 1, capMs: 1 }, drainMs: 0 },
  });
}

/** A sweep at a London time, with the clock standing there, and everything delivered. */
export async function sweepAt(
  world: World,
  londonTime: string,
  service: Service = world.service,
): Promise<Swept> {
  world.moveTo(londonTime);
  return sweep(service);
}

/** An instant by the London clock. */
export function at(londonTime: string): Date {
  const instant = instantFrom(londonTime);
  if (!instant) throw new Error(`“${londonTime}” is no London time.`);
  return instant;
}

/** The Entra object id of somebody of the demo, by the first words of the name. */
export function idOf(name: string): string {
  const found = people.find(({ displayName }) => displayName.startsWith(name));
  if (!found) throw new Error(`The demo has nobody called ${name}.`);
  return found.id;
}

/** Lets the bot write to these people: it is installed for them. */
export async function install({ memory }: World, ...names: string[]): Promise<void> {
  await memory.references.putAll(names.map((name) => [idOf(name), referenceOf(idOf(name))]));
}

export async function installInChannel({ memory }: World): Promise<void> {
  await memory.references.put('channel', referenceOf('channel'));
}

/** What a test left in tables and in Teams, to begin another test with. */
export type Kept = { tables: [name: keyof Memory, entries: [string, unknown][]][]; shown: Shown[] };

export async function keep({ memory, teams }: World): Promise<Kept> {
  const names = Object.keys(memory) as (keyof Memory)[];
  const tables = names.map(async (name): Promise<Kept['tables'][number]> => [
    name,
    (await memory[name].all()).map(({ key, value }) => [key, value]),
  ]);
  return { tables: await Promise.all(tables), shown: structuredClone(teams.shown) };
}

export async function bringBack({ memory, teams }: World, { tables, shown }: Kept): Promise<void> {
  const filled = tables.filter(([, entries]) => entries.length > 0);
  await Promise.all(
    filled.map(([name, entries]) => (memory[name] as Documents<unknown>).putAll(entries)),
  );
  teams.shown.push(...structuredClone(shown));
}

/** Presses a button as a card's data carries it, on a message or on a card that is only shown. */
export async function press(
  { service }: World,
  name: string,
  pressed: { card: Card; activityId?: string },
  button: { title: string; carrying?: Record<string, string | number>; typed?: Typed },
): Promise<Acted> {
  const { verb, data } = buttonOn(pressed.card, button.title, button.carrying);
  const fields = { ...data, ...boxesOn(pressed.card), ...button.typed };
  return send(service, { actor: idOf(name), activityId: pressed.activityId ?? '' }, verb, fields);
}

/** Sends what a button might carry, whether any card ever showed it or not. */
export async function send(
  service: Service,
  pressed: { actor: string; activityId: string },
  verb: string,
  fields: Record<string, unknown>,
): Promise<Acted> {
  const parsed = parseAction(verb, fields);
  if (!parsed.ok) throw new Error(`The action was not understood: ${parsed.problem}`);
  expect(parsed.action.verb).not.toBe('clock.nextWorkingDay');
  return act(service, pressed, parsed.action as ServiceAction, parsed.typed);
}

/** What is typed, by the id of the box. */
export type Typed = Record<string, string>;

/** Everything that a test can find in tables and lists, to show that nothing was written. */
export async function everything({ memory, site }: World): Promise<unknown> {
  const tables = await Promise.all(
    Object.entries(memory).map(async ([name, documents]) => [name, await documents.all()]),
  );
  const lists = ['STLS KPI Returns', 'STLS Local Activity Report', 'STLS Bot People'];
  const items = await Promise.all(lists.map(async (list) => [list, await site.items(list)]));
  return { tables: Object.fromEntries(tables), lists: Object.fromEntries(items) };
}
