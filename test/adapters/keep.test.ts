import { expect, test } from 'vitest';
import { keep, keepFirstFiled } from '../../adapters/service/keep.ts';
import { openMemory, remember, type Memory } from '../../adapters/storage/memory.ts';
import { openTables } from '../../adapters/storage/tables.ts';
import { lookAt } from '../../bot/look.ts';
import { returnId } from '../../bot/returns/return.ts';
import { blank, filedReturn, heldOf, number, numbers, ruleOf } from '../bot/made.ts';
import { newAccount } from './azurite.ts';

const directory = { schools: [], practitioners: [], clinics: [], glossary: [], isComplete: true };
const filed = filedReturn({ answers: numbers({ a: 3, b: 5 }) });
const part = filedReturn({ ...filed, answers: { a: number(3), b: blank } });
const sound = ruleOf();
const broken = ruleOf({ id: 'unrelated', left: 'aa a' });

/** What is kept of the return's filing after each look. */
async function keptAfter(memory: Memory, looks: readonly (readonly [typeof filed, boolean])[]) {
  const kept: unknown[] = [];
  for (const [item, isBroken] of looks) {
    const rules = isBroken ? [sound, broken] : [sound];
    const held = { ...heldOf({ returns: [item], rules }), directory };
    const look = lookAt(held, await remember(memory), new Date('2026-11-23T09:00:00Z'));
    await keep({ memory }, look);
    kept.push(await memory.filings.get(returnId(filed)));
  }
  return kept;
}

const open = () => openMemory(openTables({ connectionString: newAccount() }));

test('when a return was complete is kept while a row cannot be used, and frozen once all can', async () => {
  const first = new Date('2026-11-10T10:00:00Z');
  const edited = { ...filed, modifiedAt: new Date('2026-11-20T10:00:00Z') };
  expect(
    await keptAfter(open(), [
      [filed, true],
      [edited, true],
      [edited, false],
      [part, false],
    ]),
  ).toEqual([
    { complete: first },
    { complete: first },
    { firstFiled: first },
    { firstFiled: first },
  ]);
});

test('that a return was seen part filed is kept whatever row cannot be used', async () => {
  const later = new Date('2026-11-20T10:00:00Z');
  const completed = { ...filed, modifiedAt: later };
  expect(
    await keptAfter(open(), [
      [part, true],
      [completed, true],
      [part, true],
      [part, false],
      [completed, false],
    ]),
  ).toEqual([{}, { complete: later }, { complete: later }, {}, { firstFiled: later }]);
});

test('a return that was complete before is not filed anew by an edit through its card', async () => {
  const memory = open();
  await keptAfter(memory, [[filed, true]]);
  await keepFirstFiled({ memory }, returnId(filed), new Date('2026-11-20T10:00:00Z'));
  expect(await memory.filings.get(returnId(filed))).toEqual({ firstFiled: filed.createdAt });
});
