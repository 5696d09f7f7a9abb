import { describe, expect, test } from 'vitest';
import { answer } from '../../adapters/service/answer.ts';
import type { Acted } from '../../adapters/service/pressed-card.ts';
import { PEOPLE, PRACTITIONERS } from '../../adapters/sharepoint/bot-lists.ts';
import type { Command } from '../../bot/conversation/command.ts';
import type { Card } from '../../cards/render.ts';
import { changeRow, siteAt } from './demo-site.ts';
import { boxesOn, wordsOn } from './reading-cards.ts';
import { idOf, press, send, worlds, type World } from './world.ts';

const { open } = worlds({ since: '2025-26' });
const MONDAY = '2026-11-23T09:00';
const FERN = 'Fern Delacourt (demo)';

const say = ({ service }: World, who: string, command: Command): Promise<Card> =>
  answer(service, idOf(who), command);
const words = (acted: Acted): string => wordsOn(acted.inPlace ?? acted.reply);

/** What the list says of Nell's absence. */
async function absence({ url }: World): Promise<string[]> {
  const items = await siteAt(url).items(PRACTITIONERS);
  const nell = items.find(({ fields }) => fields['Title'] === 'Nell Abara (demo)')?.fields;
  return ['AwayFrom', 'AwayUntil', 'CoverEmail'].map((name) => {
    const cell = nell?.[name];
    return typeof cell === 'string' ? cell.slice(0, 10) : '';
  });
}

const away = (from?: string, until?: string, cover?: string): Command => ({
  name: 'away',
  ...(from ? { from } : {}),
  ...(until ? { until } : {}),
  ...(cover ? { cover } : {}),
});

describe('a link practitioner', () => {
  test('is away as they say, with a cover whom SENCOs are given at once, and back by a button', async () => {
    const world = await open(MONDAY);
    const card = await say(world, 'Nell', away('2026-11-23', '2026-12-02', FERN));
    expect(wordsOn(card)).toContain('You are away from Mon 23 Nov until Wed 2 Dec');
    expect(wordsOn(card)).toContain('Fern Delacourt (demo) covers');
    expect(wordsOn(card)).toContain(
      'running a clinic in that time: Wed 25 Nov, 13:30 and Wed 2 Dec',
    );
    expect(await absence(world)).toEqual(['2026-11-23', '2026-12-02', 'fern.delac']);
    const toldSam = () => say(world, 'Sam', { name: 'link practitioner' }).then(wordsOn);
    expect(await toldSam()).toContain('Nell Abara (demo) is away until Wed 2 Dec. Fern Delacourt');
    expect(words(await press(world, 'Nell', { card }, { title: 'I am back' }))).toContain(
      'Welcome back',
    );
    expect(await absence(world), 'the cover stays').toEqual(['', '', 'fern.delac']);
    expect(await toldSam()).toContain('Your link practitioner');
    expect(wordsOn(await say(world, 'Nell', { name: 'back' }))).toContain('not marked as away');
  });

  test('who plans another absence is told that the one before does not stand any more', async () => {
    const world = await open(MONDAY);
    const days: [string, string, string][] = [
      ['2026-11-23', '2026-12-02', ''],
      ['2026-11-23', '2026-12-04', ''],
      ['2026-12-14', '2026-12-18', 'You were to be away from Mon 23 Nov until Fri 4 Dec'],
      ['2026-12-15', '2026-12-15', 'You were to be away from Mon 14 Dec until Fri 18 Dec'],
    ];
    for (const [from, until, says] of days) {
      const told = wordsOn(await say(world, 'Nell', away(from, until, FERN)));
      expect(told).toContain('You are away');
      if (says) expect(told).toContain(says);
      else expect(told).not.toContain('You were to be away');
    }
    const back = async () => wordsOn(await say(world, 'Nell', { name: 'back' }));
    expect(await back()).toContain('Your absence on Tue 15 Dec is cancelled');
    expect(wordsOn(await say(world, 'Nell', away('2026-12-14', '2026-12-18', FERN)))).not.toContain(
      'You were to be away',
    );
    const cancelled = await back();
    expect(cancelled).toContain('Your absence from Mon 14 Dec until Fri 18 Dec is cancelled');
    expect(cancelled).not.toContain('Welcome back');
    expect(await absence(world)).toEqual(['', '', 'fern.delac']);
  });

  test('who covers for somebody in that time is told so', async () => {
    const world = await open(MONDAY);
    await say(world, 'Nell', away('2026-11-23', '2026-12-02', FERN));
    const told = async (from: string, until = '2026-12-06') =>
      wordsOn(await say(world, 'Fern', away(from, until, 'Amos Birtwhistle (demo)')));
    expect(await told('2026-12-02')).toContain(
      'to cover for Nell Abara (demo) and Hollis Quayle (demo) in that time',
    );
    expect(await told('2026-12-03')).toContain('to cover for Hollis Quayle (demo) in that time');
    expect(await told('2026-12-05')).not.toContain('to cover for');
  });

  test('is asked for what they did not say, with the covers who are at work then', async () => {
    const world = await open(MONDAY);
    const card = await say(world, 'Nell', away('2026-12-14', '2026-12-15'));
    expect(wordsOn(card)).toContain('When are you away?');
    expect(boxesOn(card)).toEqual({ from: '2026-12-14', until: '2026-12-15', cover: '' });
    const offered = JSON.stringify(card);
    expect(offered).toContain(FERN);
    expect(offered, 'is away then').not.toContain('Ruth Okonedo-Lisle');
    expect(offered, 'is the one who asks').not.toContain('Nell Abara');
    const mark = (typed: Record<string, string>) =>
      press(world, 'Nell', { card }, { title: 'Mark me as away', typed });
    const refusals: [Record<string, string>, string][] = [
      [{ until: '2026-12-01' }, 'before the first'],
      [{ from: '2026-11-20' }, 'Please begin with today'],
      [{ from: '2026-11-19', until: '2026-11-20' }, 'over already'],
      [{ until: '2028-01-01' }, 'more than a year'],
      [{ cover: 'ruth.okonedo-lisle@stls.example' }, 'is away then too'],
      [{ cover: 'nell.abara@stls.example' }, 'from the list'],
    ];
    for (const [typed, why] of refusals) {
      const again = await mark({ cover: 'fern.delacourt@stls.example', ...typed });
      const told = words(again);
      expect(told, `for ${JSON.stringify(typed)}`).toContain(why);
      expect(boxesOn(again.inPlace)['until']).toBe(typed['until'] ?? '2026-12-15');
    }
    expect(await absence(world)).toEqual(['', '', '']);
    expect(words(await mark({ cover: 'nobody' }))).toContain('Nobody covers');
    expect(await absence(world)).toEqual(['2026-12-14', '2026-12-15', '']);
    const cover = await say(world, 'Sam', { name: 'link practitioner', about: 'cover' });
    expect(wordsOn(cover)).toContain('No cover is named for that time yet');
  });

  test('keeps the days that were given in summer, and where an answer was lost', async () => {
    const world = await open('2027-06-07T09:00');
    world.emulator.faults.order([
      { kind: 'dropped after', method: 'PATCH', list: PRACTITIONERS, times: 1 },
    ]);
    const card = await say(world, 'Nell', away('2027-06-08', '2027-06-11', FERN));
    expect(wordsOn(card)).toContain('You are away from Tue 8 Jun until Fri 11 Jun');
    const cover = await say(world, 'Sam', { name: 'link practitioner', about: 'cover' });
    expect(wordsOn(cover)).toContain('away from Tue 8 Jun until Fri 11 Jun');
  });

  test('is told where it is not clear whether the list has it', async () => {
    const world = await open(MONDAY);
    world.emulator.faults.order([{ kind: '504 after', method: 'PATCH', list: PRACTITIONERS }]);
    const command = away('2026-12-14', '2026-12-18', FERN);
    expect(wordsOn(await say(world, 'Nell', command))).toContain('I cannot tell yet');
    world.emulator.faults.clear();
    expect(wordsOn(await say(world, 'Nell', command))).toContain('You are away from Mon 14 Dec');
  });

  test('who is not in the list is told so, and nobody else can be away', async () => {
    const world = await open(MONDAY);
    await changeRow(world, PEOPLE, 'Nell Abara (demo)', { Email: 'nell.b@stls.example' });
    const command = away('2026-12-14', '2026-12-15', FERN);
    expect(wordsOn(await say(world, 'Nell', command))).toContain(
      'not in the link practitioners list',
    );
    for (const who of ['Sam', 'Priya', 'Colin', 'Greta']) {
      const refused = 'Sorry, I cannot do that for you';
      const told = wordsOn(await say(world, who, command));
      expect(told, `for ${who}`).toContain(refused);
      const pressed = { actor: idOf(who), activityId: '' };
      const typed = { from: '2026-12-14', until: '2026-12-15', cover: 'nobody' };
      expect(words(await send(world.service, pressed, 'practitioner.away', typed))).toContain(
        refused,
      );
      expect(words(await send(world.service, pressed, 'practitioner.back', {}))).toContain(refused);
    }
    expect(await absence(world)).toEqual(['', '', '']);
  });
});
