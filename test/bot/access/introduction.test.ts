import { describe, expect, test } from 'vitest';
import {
  decideOn,
  introduced,
  rowFor,
  waitingOf,
  type Introduction,
  type WaitingRow,
} from '../../../bot/access/introduction.ts';
import { commissioner, personOf } from '../made.ts';

const at = (time: string) => new Date(`2026-11-${time}:00Z`);
const ada = { who: 'ada', name: 'Ada Quist', school: 'Elmsbrook', district: 'Dover' };
const asked: Introduction = { ...ada, askedAt: at('23T09:00'), status: 'open' };
const decided = (status: Introduction['status']): Introduction => ({
  ...asked,
  status,
  decided: { by: 'colin', name: 'Colin Marsh', at: at('23T10:00') },
});

describe('asking to be let in', () => {
  test('for the first time is a request', () => {
    expect(introduced(undefined, ada, asked.askedAt)).toEqual({
      kind: 'asked',
      introduction: asked,
    });
  });

  test('again for the same school waits; for another it changes the one request', () => {
    expect(introduced(asked, ada, at('25T09:00'))).toEqual({ kind: 'waiting already' });
    const moved = { ...ada, school: 'Tidewatch' };
    expect(introduced(asked, moved, at('25T09:00'))).toEqual({
      kind: 'school changed',
      introduction: { ...asked, school: 'Tidewatch' },
    });
    const namesake = { ...ada, district: 'Swale' };
    expect(introduced(asked, namesake, at('25T09:00'))).toMatchObject({
      kind: 'school changed',
      introduction: { school: 'Elmsbrook', district: 'Swale' },
    });
    expect(introduced(decided('being let in'), moved, at('25T09:00'))).toEqual({
      kind: 'waiting already',
    });
  });

  test('after a refusal is possible from the seventh day on', () => {
    const before = decided('declined');
    expect(introduced(before, ada, at('29T23:59'))).toEqual({
      kind: 'declined',
      until: '2026-11-30',
    });
    expect(introduced(before, ada, at('30T00:00'))).toMatchObject({
      kind: 'asked',
      introduction: { status: 'open', askedAt: at('30T00:00') },
    });
  });

  test('after being let in is for who was taken off the list since: not on the same day', () => {
    const before = decided('let in');
    expect(introduced(before, ada, at('23T18:00'))).toEqual({ kind: 'let in just now' });
    expect(introduced(before, ada, at('24T09:00')).kind).toBe('asked');
  });
});

describe('deciding on a request', () => {
  test('is done once: who comes second is told who was first', () => {
    const first = decideOn(asked, 'declined', commissioner, at('23T10:00'));
    expect(first).toMatchObject({
      kind: 'decided',
      introduction: { status: 'declined', decided: { name: 'Colin Marsh' } },
    });
    const second = decideOn(first.introduction, 'being let in', commissioner, at('23T10:01'));
    expect(second).toEqual({ kind: 'so already', introduction: first.introduction });
  });

  test('is taken over where somebody left off in the middle of it, after a minute', () => {
    const begun = decided('being let in');
    const again = (time: string) => decideOn(begun, 'being let in', commissioner, at(time)).kind;
    expect([again('23T10:00'), again('23T10:01')]).toEqual(['so already', 'decided']);
  });
});

test('those who wait are told the longest waiting first, without whom the list knows by now', () => {
  const others = ['bo', 'cy', 'di'].map((who, i) => ({
    ...asked,
    who,
    askedAt: at(`2${2 - i}T09:00`),
  }));
  const all = [asked, ...others, { ...decided('declined'), who: 'ed' }];
  expect(waitingOf(all, [personOf({ id: 'DI' })]).map(({ who }) => who)).toEqual([
    'cy',
    'bo',
    'ada',
  ]);
});

describe('the row that waits for somebody', () => {
  const row = (over: Partial<WaitingRow>): WaitingRow => ({
    item: '1',
    name: 'Ada Quist',
    email: 'ada@elmsbrook.example',
    role: 'SENCO',
    organisation: 'Elmsbrook',
    ...over,
  });
  const item = (email: string, ...rows: WaitingRow[]) => rowFor(ada, email, rows)?.item;

  test('is the one with the e-mail address that a commissioner gives, and no other', () => {
    const rows = [row({ item: '1' }), row({ item: '2', name: 'A. Q.', email: 'aq@x.example' })];
    expect(item(' AQ@x.example ', ...rows)).toBe('2');
    expect(item('nobody@x.example', ...rows)).toBeUndefined();
    const alsoLead = row({ item: '3', role: 'District lead', email: 'aq@x.example' });
    expect(item('aq@x.example', alsoLead, ...rows)).toBe('2');
    expect(item('aq@x.example', alsoLead)).toBe('3');
  });

  test('without one is the only SENCO of that name at that school', () => {
    expect(item('', row({ email: '' }))).toBe('1');
    expect(item('', row({}), row({ item: '2' }))).toBeUndefined();
    expect(item('', row({ organisation: 'Tidewatch' }))).toBeUndefined();
    expect(item('', row({ role: 'Commissioner' }))).toBeUndefined();
    expect(item('', row({ name: '' }))).toBeUndefined();
  });
});
