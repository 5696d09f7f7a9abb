import { describe, expect, test } from 'vitest';
import { answer } from '../../adapters/service/answer.ts';
import type { Command } from '../../bot/conversation/command.ts';
import type { Card } from '../../cards/render.ts';
import { nodesOfType, textOf } from '../cards/samples.ts';
import { wordsOn } from './reading-cards.ts';
import { idOf, install, sweepAt, worlds, type World } from './world.ts';

const { open } = worlds({ since: '2025-26' });
const MONDAY = '2026-11-23T09:00';

const shown = ({ service }: World, who: string, command: Command): Promise<Card> =>
  answer(service, idOf(who), command);
const said = async (world: World, who: string, command: Command): Promise<string> =>
  wordsOn(await shown(world, who, command));

/** What its buttons say for a person. */
const sayings = (card: Card): string[] =>
  nodesOfType(card, 'Action.Submit').flatMap((button) => {
    const data = button['data'] as { msteams?: { type: string; value: string } };
    return data.msteams?.type === 'imBack' ? [data.msteams.value] : [];
  });

/** What stands in the rows of its tables, from left to right. */
const rowsOn = (card: Card): string[][] =>
  nodesOfType(card, 'TableRow').map((row) =>
    nodesOfType(row, 'TextRun').map((run) => textOf(run, 'text')),
  );

describe('a commissioner', () => {
  test('sees figures of two districts side by side, and of all, with the gaps', async () => {
    const world = await open(MONDAY);
    const districts = ['Dover', 'Swale'] as const;
    const both = await shown(world, 'Colin', { name: 'compare districts', districts });
    expect(wordsOn(both)).toContain('KPI return, Term 6, 2025-26');
    expect(rowsOn(both)).toContainEqual(['School caseload', '176', '201', '+25']);
    const share = ['Secondary schools supported (%)', '89%', '88%', '−1 point'];
    expect(rowsOn(both)).toContainEqual(share);

    const measure = 'schoolCaseload';
    const one = await shown(world, 'Colin', { name: 'compare districts', districts, measure });
    const [chart] = nodesOfType(one, 'Chart.VerticalBar.Grouped');
    expect(chart?.['data']).toMatchObject([{ legend: 'Dover' }, { legend: 'Swale' }]);
    expect(rowsOn(one).at(-1)).toEqual(['2026-27 T1', 'no return', 'no return', '–']);

    const county = await shown(world, 'Colin', { name: 'measure over time', measure });
    expect(wordsOn(county)).toContain('School caseload, countywide');
    expect(wordsOn(county)).toContain('10 of 12 districts');
    expect(wordsOn(county)).toContain('and not the county’s');
    expect(JSON.stringify(county)).toContain('{"x":"T1*","y":2020}');
  });

  test('who names a district that the list does not have is told so, and nobody is chased', async () => {
    const world = await open(MONDAY);
    const unlisted: Command[] = [
      { name: 'show district', district: 'Atlantis' },
      { name: 'chase district', district: 'Atlantis' },
      { name: 'show findings', district: 'Atlantis' },
      { name: 'which second district', district: 'Atlantis' },
      { name: 'compare districts', districts: ['Dover', 'Atlantis'] },
      { name: 'measure over time', measure: 'schoolCaseload', district: 'Atlantis' },
    ];
    for (const command of unlisted) {
      expect(await said(world, 'Colin', command), `for ${command.name}`).toContain(
        'The districts list has no “Atlantis”',
      );
    }
    expect(world.teams.requests).toBe(0);
  });

  test('is asked what was left out, in words that can be said; those with something missing first', async () => {
    const world = await open(MONDAY);
    const offered: [Command, string][] = [
      [{ name: 'measure over time', district: 'Dover' }, 'School caseload in Dover over time'],
      [{ name: 'which district', of: 'chase district' }, 'chase Dover'],
      [{ name: 'which district', of: 'show district' }, 'show Dover'],
      [{ name: 'which second district', district: 'Swale' }, 'compare Swale and Dover'],
      [{ name: 'compare districts', districts: ['Swale', 'Swale'] }, 'compare Swale and Dover'],
    ];
    for (const [command, say] of offered) {
      const says = sayings(await shown(world, 'Colin', command));
      expect(says).toHaveLength(3);
      expect(says[0]).toBe(say);
    }
    const nowhere: Command = { name: 'compare districts', districts: ['Dover', 'Medway'] };
    expect(await said(world, 'Colin', nowhere)).toContain('The districts list has no “Medway”.');
    const nothing: Command = { name: 'measure over time', measure: 'nothing' };
    expect(await said(world, 'Colin', nothing)).toContain('I do not know that figure');
    const budget: Command = { name: 'measure over time', measure: 'coreBudget' };
    expect(await said(world, 'Colin', budget)).toContain('is on the budget sheet');
  });

  test('sees who is late again, what changed since a day, and which promises are overdue', async () => {
    const world = await open(MONDAY);
    await install(world, 'Priya');
    await sweepAt(world, MONDAY);
    const late = await said(world, 'Colin', { name: 'late again' });
    expect(late).toContain('1 district is late again');
    expect(late).toContain('late in 2 of the last 6 terms');
    expect(late).toContain('Term 3, 2025-26, due Wed 11 Mar: filed Thu 12 Mar, 13:56');
    expect(late).toContain('Maidstone (part filed)');
    expect(late).toContain('What came in before the bot first looked (Mon 23 Nov, 09:00)');

    const week = await said(world, 'Colin', { name: 'what changed' });
    expect(week).toContain('changes since Mon 23 Nov, 00:00');
    expect(week).toContain('KPI return: Priya Raman (demo) was reminded for the first time');
    expect(week).not.toContain('filed, late');
    const before = await said(world, 'Colin', { name: 'what changed', since: '2026-11-20' });
    expect(before).toContain('Local Activity Report, Term 1, 2026-27: filed, late');
    const later = await said(world, 'Colin', { name: 'what changed', since: '2026-11-24' });
    expect(later).toContain('Nothing changed since Tue 24 Nov, 00:00.');

    expect(await said(world, 'Colin', { name: 'overdue promises' })).toContain('No promise is');
    await promise(world, 'KPI|Dover|2026-27|1', '2026-11-20');
    await promise(world, 'LAR|Swale|2026-27|1', '2026-11-24');
    const words = await said(world, 'Colin', { name: 'overdue promises' });
    expect(words).toContain('1 promise is overdue');
    expect(words).toContain('1 promise runs still.');
    expect(words).toMatch(/by Fri 20 Nov\s+1 working day ago/);
    expect(words.indexOf('Dover')).toBeLessThan(words.indexOf('Swale'));
  });
});

const promise = ({ memory }: World, about: string, until: string) =>
  memory.arrangements.put(about, {
    made: [
      {
        at: new Date('2026-11-19T10:00:00Z'),
        by: idOf('Priya'),
        name: 'Priya Raman (demo)',
        what: 'promised',
        until,
      },
    ],
  });

test('a lead sees figures of their own district alone, and nothing that is for commissioners', async () => {
  const world = await open(MONDAY);
  const own: Command = { name: 'measure over time', measure: 'schoolCaseload' };
  expect(await said(world, 'Priya', own)).toContain('School caseload, Dover');
  const other = await said(world, 'Priya', { ...own, district: 'Swale' });
  expect(other).toContain('That belongs to another district than yours.');
  const which = await shown(world, 'Priya', { name: 'which district', of: 'show district' });
  expect(sayings(which)).toEqual(['show Dover']);

  const refused: Command[] = [
    { name: 'late again' },
    { name: 'overdue promises' },
    { name: 'what changed' },
    { name: 'compare districts', districts: ['Dover', 'Swale'] },
    { name: 'which second district', district: 'Dover' },
    { name: 'which district', of: 'chase district' },
  ];
  for (const command of refused) {
    const card = await shown(world, 'Priya', command);
    expect(wordsOn(card)).toContain('Sorry, I cannot do that for you');
    expect(sayings(card)).toEqual([]);
  }
});
