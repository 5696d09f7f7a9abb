import { expect, test } from 'vitest';
import { createLogger } from '../../adapters/logger.ts';
import { forgetInTime } from '../../adapters/service/forget-in-time.ts';
import { openMemory, type KeptIntroduction } from '../../adapters/storage/memory.ts';
import { openTables } from '../../adapters/storage/tables.ts';
import { newAccount } from './azurite.ts';
import { referenceOf } from './recording-teams.ts';

const NOW = new Date('2026-11-23T09:00:00Z');
const daysAgo = (days: number): Date => new Date(NOW.getTime() - days * 86_400_000);

function introductionOf(
  who: string,
  over: Pick<KeptIntroduction, 'askedAt' | 'status'> & Partial<KeptIntroduction>,
): [string, KeptIntroduction] {
  const { who: _who, ...reference } = referenceOf(who);
  const asks = { who, name: 'Ada Quist', school: 'Elmsbrook Primary School', district: 'Dover' };
  return [who, { ...asks, reference, toldOn: '', cards: [], ...over }];
}

const decidedAt = (at: Date) => ({ by: 'colin', name: 'Colin Marsh', at });

function opened() {
  const memory = openMemory(openTables({ connectionString: newAccount() }));
  let now = NOW;
  const service = { memory, log: createLogger('silent'), clock: { now: () => now } };
  const keys = async () => ({
    said: (await memory.said.all()).map(({ key }) => key).sort(),
    introductions: (await memory.introductions.all()).map(({ key }) => key).sort(),
  });
  const laterBy = (minutes: number) => {
    now = new Date(now.getTime() + minutes * 60_000);
  };
  return { memory, service, keys, laterBy, timeOfDay: () => now };
}

test('what was said is forgotten after a day, and a request 120 days after it was decided, or asked in vain', async () => {
  const { memory, service, keys, timeOfDay } = opened();
  const commands = [{ name: 'next clinic' } as const];
  await memory.said.putAll([
    ['yesterday', { at: daysAgo(1.01), commands }],
    ['today', { at: daysAgo(0.99), commands }],
  ]);
  const old = daysAgo(121);
  await memory.introductions.putAll([
    introductionOf('open', { askedAt: daysAgo(120), status: 'open' }),
    introductionOf('open in vain', { askedAt: old, status: 'open', decided: decidedAt(NOW) }),
    introductionOf('let in', { askedAt: old, status: 'let in', decided: decidedAt(daysAgo(120)) }),
    introductionOf('let in long ago', { askedAt: old, status: 'let in', decided: decidedAt(old) }),
    introductionOf('declined', { askedAt: old, status: 'declined', decided: decidedAt(old) }),
  ]);
  await forgetInTime(service, timeOfDay)();
  expect(await keys()).toEqual({ said: ['today'], introductions: ['let in', 'open'] });
});

test('is looked for once an hour, and again with the next look where storage failed', async () => {
  const { memory, service, keys, laterBy, timeOfDay } = opened();
  const old = { at: daysAgo(2), commands: [] };
  await memory.said.put('one', old);
  let isAway = true;
  const all = () => (isAway ? Promise.reject(new Error('storage is away')) : memory.said.all());
  const failing = { ...service, memory: { ...memory, said: { ...memory.said, all } } };
  const forget = forgetInTime(failing, timeOfDay);
  await forget();
  expect((await keys()).said).toEqual(['one']);
  isAway = false;
  await forget();
  expect((await keys()).said).toEqual([]);
  await memory.said.put('two', old);
  laterBy(59);
  await forget();
  expect((await keys()).said).toEqual(['two']);
  laterBy(1);
  await forget();
  expect((await keys()).said).toEqual([]);
});

test('of what is said anew meanwhile, the new stays', async () => {
  const { memory, service, keys, timeOfDay } = opened();
  await memory.said.put('one', { at: daysAgo(2), commands: [] });
  const all = async () => {
    const read = await memory.said.all();
    await memory.said.put('one', { at: NOW, commands: [] });
    return read;
  };
  const racing = { ...service, memory: { ...memory, said: { ...memory.said, all } } };
  await forgetInTime(racing, timeOfDay)();
  expect((await keys()).said).toEqual(['one']);
});

test('what was said to another version of the service is nothing, and no fault', async () => {
  const connectionString = newAccount();
  const faults: string[] = [];
  const tables = openTables({ connectionString }, undefined, (table) => faults.push(table));
  const memory = openMemory(tables);
  const odd = { at: NOW, commands: [{ name: 'a command of old' }] } as never;
  await memory.said.put('one', odd);
  expect(await memory.said.all()).toMatchObject([{ value: { commands: [] } }]);
  expect(faults).toEqual([]);
});
