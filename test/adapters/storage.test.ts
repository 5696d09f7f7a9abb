import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { NetworkFailed, UnexpectedAnswer } from '../../adapters/errors.ts';
import { openMemory } from '../../adapters/storage/memory.ts';
import { openTables, type Documents } from '../../adapters/storage/tables.ts';
import { messageOf } from '../../bot/findings/finding.ts';
import { findingAt } from '../bot/made.ts';
import { newAccount } from './azurite.ts';

const note = z.object({ text: z.string(), at: z.coerce.date().optional() });
type Note = z.infer<typeof note>;

const notes = (connectionString = newAccount()): Documents<Note> =>
  openTables({ connectionString }).documents('stlsNotes', note);

describe('a document', () => {
  test('comes back as it went in, dates as dates', async () => {
    const documents = notes();
    const written = { text: 'Äpfel, “quotes” and 👩‍🏫', at: new Date('2026-11-23T09:00:00Z') };
    await documents.put('one', written);
    expect(await documents.get('one')).toEqual(written);
    expect(await documents.get('two')).toBeUndefined();
  });

  test.each([30_000, 32_768, 65_536, 200_000])(
    'of %i characters comes back whole',
    async (size) => {
      const documents = notes();
      const text = Array.from({ length: size }, (_, i) => String.fromCodePoint(97 + (i % 26))).join(
        '',
      );
      await documents.put('long', { text });
      expect((await documents.get('long'))?.text === text).toBe(true);
    },
  );

  test('is never cut between the two halves of one sign', async () => {
    const documents = notes();
    for (const shift of ['', 'x', 'xx', 'xxx']) {
      const text = `${shift}${'👩'.repeat(15_500)}`;
      await documents.put(shift, { text });
      expect((await documents.get(shift))?.text === text).toBe(true);
    }
  });

  test('that became shorter leaves nothing of its longer self behind', async () => {
    const documents = notes();
    await documents.put('one', { text: 'x'.repeat(100_000) });
    await documents.put('one', { text: 'short' });
    expect((await documents.all()).map(({ value }) => value)).toEqual([{ text: 'short' }]);
  });

  test('has any key: slashes, hashes, question marks, other scripts, long ones', async () => {
    const documents = notes();
    const keys = ['a/b', 'a\\b', 'a#b', 'a?b', '%2F', ' ', "it's", 'č\u0000ž', 'k'.repeat(3000)];
    for (const key of keys) await documents.put(key, { text: key });
    for (const key of keys) expect(await documents.get(key)).toEqual({ text: key });
    expect((await documents.all()).map(({ key }) => key).sort()).toEqual([...keys].sort());
  });

  test('is found under its own key and no other', async () => {
    const documents = notes();
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), {
          minLength: 2,
          maxLength: 2,
        }),
        async ([mine = '', other = '']) => {
          await documents.remove(other);
          await documents.put(mine, { text: mine });
          expect(await documents.get(mine)).toEqual({ text: mine });
          expect(await documents.get(other)).toBeUndefined();
        },
      ),
      { numRuns: 15 },
    );
  });

  test('is added once, by whoever comes first', async () => {
    const connectionString = newAccount();
    const documents = notes(connectionString);
    const others = notes(connectionString);
    const added = await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        (i % 2 ? documents : others).add('one', { text: `${i}` }),
      ),
    );
    expect(added.filter(Boolean)).toHaveLength(1);
    expect(await documents.get('one')).toEqual({ text: String(added.indexOf(true)) });
    expect(await documents.add('one', { text: 'late' })).toBe(false);
  });

  test('that is removed is gone, and may be removed again or added anew', async () => {
    const documents = notes();
    await documents.put('one', { text: '1' });
    await documents.remove('one');
    await documents.remove('one');
    expect(await documents.get('one')).toBeUndefined();
    expect(await documents.add('one', { text: '2' })).toBe(true);
  });

  test('that does not fit what is expected is told of by its key, and keeps back no other', async () => {
    const connectionString = newAccount();
    const tables = openTables({ connectionString });
    await tables.documents('stlsNotes', z.object({ text: z.number() })).put('odd', { text: 1 });
    await notes(connectionString).put('fine', { text: 'fine' });
    await expect(notes(connectionString).get('odd')).rejects.toThrow(UnexpectedAnswer);
    const told: string[] = [];
    const telling = openTables({ connectionString }, undefined, (table, error) =>
      told.push(`${table}: ${error.message}`),
    );
    const readable = await telling.documents('stlsNotes', note).all();
    expect(readable.map(({ key }) => key)).toEqual(['fine']);
    expect(told).toEqual([expect.stringMatching(/^stlsNotes: .*the document odd/)]);
  });

  test('of many that are there already is left as it is, and the others are added', async () => {
    const documents = notes();
    await documents.put('one', { text: 'first' });
    await documents.addAll([
      ['one', { text: 'second' }],
      ['two', { text: 'second' }],
    ]);
    expect(await documents.get('one')).toEqual({ text: 'first' });
    expect(await documents.get('two')).toEqual({ text: 'second' });
  });
});

describe('many documents', () => {
  test('are written together and listed whole: 250, which is more than one request takes', async () => {
    const documents = notes();
    await documents.put('key 7', { text: 'before' });
    const entries = Array.from({ length: 250 }, (_, i): [string, Note] => [
      `key ${i}`,
      { text: `text ${i}` },
    ]);
    await documents.putAll(entries);
    const all = new Map((await documents.all()).map(({ key, value }) => [key, value]));
    expect(all.size).toBe(250);
    expect(all.get('key 7')).toEqual({ text: 'text 7' });
    await documents.putAll([]);
  });

  test('beyond a page of a thousand are listed whole', async () => {
    const documents = notes();
    await documents.putAll(Array.from({ length: 1100 }, (_, i) => [`key ${i}`, { text: '' }]));
    expect(await documents.all()).toHaveLength(1100);
  });
});

describe('the memory', () => {
  test('gives every instant back as one, and outlives the process that wrote it', async () => {
    const connectionString = newAccount();
    const before = openMemory(openTables({ connectionString }));
    const at = new Date('2026-11-23T09:00:00Z');
    const paused = { what: 'paused', until: '2026-11-27', by: 'colin', name: 'Colin', at } as const;
    await before.arrangements.put('district|Dover', { made: [paused] });
    await before.filings.put('KPI|Dover', { firstFiled: at });
    await before.filings.put('KPI|Swale', {});
    await before.drafts.put('one', {
      savedAt: at,
      version: '',
      sentIn: true,
      clashes: [],
      trouble: '',
      typed: { schoolCaseload: { answer: '178', without: '', reason: '' } },
    });
    const after = openMemory(openTables({ connectionString }));
    expect((await after.arrangements.get('district|Dover'))?.made[0]?.at).toEqual(at);
    expect(await after.filings.get('KPI|Dover')).toEqual({ firstFiled: at });
    expect(await after.filings.get('KPI|Swale')).toEqual({});
    expect(await after.drafts.get('one')).toMatchObject({ savedAt: at, sentIn: true });
  });

  test('reads a finding from before what it says and what was said of it were kept in parts', async () => {
    const tables = openTables({ connectionString: newAccount() });
    const made = findingAt({ knownCauses: ['sickness'] });
    const { says: _says, saysMore: _more, why: _why, ...old } = made;
    const kept = { ...old, message: 'A is 9. A cannot be above B.', operands: { a: 9, b: null } };
    const record = {
      finding: kept,
      status: 'explained',
      raisedAt: '2026-11-19T10:00:00Z',
      explanation: 'sickness. Two weeks of it.',
      history: [],
    };
    await tables.documents('stlsFindings', z.custom<object>()).put(old.id, record);
    const { finding, explanation } = (await openMemory(tables).findings.get(old.id)) ?? {};
    expect(explanation).toEqual({ cause: 'sickness', words: 'Two weeks of it.' });
    expect(finding).toMatchObject({ id: old.id, saysMore: true, why: '' });
    expect(finding?.operands.map(({ name, shown }) => `${name} ${shown}`)).toEqual([
      'a 9',
      'b not given',
    ]);
    expect(finding && messageOf(finding)).toBe('A is 9. A cannot be above B.');
  });
});

describe('storage that is not there', () => {
  test('is told apart from an account with nothing in it', async () => {
    await expect(openTables({ connectionString: newAccount() }).ping()).resolves.toBeUndefined();
    const gone = newAccount().replace(/127\.0\.0\.1:\d+/, '127.0.0.1:1');
    await expect(openTables({ connectionString: gone }).ping()).rejects.toThrow(NetworkFailed);
  });
});
