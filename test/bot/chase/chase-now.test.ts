import { describe, expect, test } from 'vitest';
import { decideChaseNow } from '../../../bot/chase/chase-now.ts';
import { decideChases } from '../../../bot/chase/decide.ts';
import type { Situation } from '../../../bot/chase/situation.ts';
import {
  arrangedFor,
  commissioner,
  loggedOf,
  pauseOf,
  personOf,
  situationOf,
  statusOf,
} from '../made.ts';

const KPI = 'KPI|Dover|2026-27|1';
const ELEVEN = '2026-11-24T11:00:00Z';
const lead = personOf();
const femi = personOf({ id: 'femi', name: 'Femi Asante' });
const by = { at: new Date('2026-11-20T10:00:00Z'), by: lead.id, name: lead.name };

const situation = (over: Partial<Situation> = {}, at = ELEVEN) =>
  situationOf(at, { people: [lead, commissioner], statuses: [statusOf()], ...over });
const chaseNow = (over: Partial<Situation> = {}, at = ELEVEN) =>
  decideChaseNow('Dover', commissioner, situation(over, at));

const chasedAt = (at: string) => loggedOf(decideChases(situation({}, at)).messages, at);

describe('a commissioner who has a district chased', () => {
  test('has its lead written to, though this stage was sent on an earlier day', () => {
    const chase = chaseNow({ log: chasedAt('2026-11-23T09:00:00Z') });
    expect(chase).toMatchObject({
      ok: true,
      messages: [{ kind: 'chase', person: { id: lead.id }, askedBy: commissioner.id }],
    });
  });

  test('has only whoever has it in hand written to', () => {
    const chase = chaseNow({
      people: [lead, femi, commissioner],
      arrangements: arrangedFor(KPI, {
        ...by,
        what: 'handed over',
        to: femi.id,
        toName: femi.name,
      }),
    });
    expect(chase.ok && chase.messages.map(({ person }) => person?.id)).toEqual([femi.id]);
  });

  test.each<[string, Partial<Situation>, string]>([
    ['nobody leads it', { people: [commissioner] }, 'names no lead'],
    ['its lead has no Entra object id', { people: [personOf({ id: '' })] }, 'no Entra object id'],
    ['everything is in', { statuses: [statusOf({ state: 'filed' })] }, 'Nothing of this district'],
    ['it is paused', { arrangements: pauseOf('Dover', '2026-11-30') }, 'paused until Mon 30 Nov'],
    [
      'all of it is promised',
      { arrangements: arrangedFor(KPI, { ...by, what: 'promised', until: '2026-11-27' }) },
      'It is promised (Priya Raman said: by Fri 27 Nov).',
    ],
    ['the terms contradict each other', { contradictions: ['they overlap'] }, 'contradict'],
    ['its lead was written to today', { log: chasedAt('2026-11-24T09:00:00Z') }, 'two cards a day'],
  ])('is told why nobody is: %s', (_, over, words) => {
    const chase = chaseNow(over, ELEVEN);
    expect(chase.ok ? 'chased' : chase.reason).toContain(words);
  });

  test('is told the hours, where it is too late today', () => {
    const chase = chaseNow({}, '2026-11-24T17:30:00Z');
    expect(chase.ok ? '' : chase.reason).toContain('08:30 to 17:00 on working days');
  });
});
