import { describe, expect, test } from 'vitest';
import { answer } from '../../adapters/service/answer.ts';
import { answerInDirectory } from '../../adapters/service/answer-directory.ts';
import { askingOf } from '../../adapters/service/asking.ts';
import { look } from '../../adapters/service/service.ts';
import { CLINICS, PRACTITIONERS, SCHOOLS } from '../../adapters/sharepoint/bot-lists.ts';
import type { Command } from '../../bot/conversation/command.ts';
import type { DirectoryCommand } from '../../bot/conversation/families.ts';
import { recognise } from '../../bot/conversation/recognise.ts';
import { nodesOfType, textOf, type Node } from '../cards/samples.ts';
import { changeRow, removeList } from './demo-site.ts';
import { buttonsOn, wordsOn } from './reading-cards.ts';
import { idOf, worlds, type World } from './world.ts';

const { open } = worlds({ since: '2026-27' });
const MONDAY = '2026-11-23T09:00';
const REFUSED = 'Sorry, I cannot do that for you';
const ELMSBROOK = 'Elmsbrook Primary School (demo)';

type Ask = (who: string, command: DirectoryCommand) => Promise<string>;

/** Asks for what the lists say at this moment. */
async function asking({ service }: World): Promise<Ask> {
  const now = await look(service, service.clock.now());
  return (who, command) =>
    answerInDirectory({ service, actor: idOf(who), now }, command).then(wordsOn);
}

describe('the link practitioner', () => {
  test('is told to a SENCO of their own school, to a lead of the district, to a commissioner of any', async () => {
    const ask = await asking(await open(MONDAY));
    const name = 'link practitioner';
    expect(await ask('Sam', { name })).toContain('Nell Abara (demo)');
    expect(await ask('Sam', { name, school: ELMSBROOK })).toContain('Nell Abara (demo)');
    const other = 'Hopgarth Primary School (demo)';
    expect(await ask('Sam', { name, school: other })).toContain('only tell you about your own');
    expect(await ask('Priya', { name, school: ELMSBROOK })).toContain('Nell Abara (demo)');
    expect(await ask('Priya', { name, school: other })).toContain(REFUSED);
    expect(await ask('Colin', { name, school: other })).toContain('Ruth Okonedo-Lisle (demo)');
    expect(await ask('Nell', { name, school: ELMSBROOK })).toContain('Nell Abara (demo)');
    expect(await ask('Nell', { name, school: 'Chalkdown Primary School (demo)' })).toContain(
      REFUSED,
    );
    expect(await ask('Greta', { name, school: ELMSBROOK })).toContain(REFUSED);
  });

  test('is asked back for where a lead or a practitioner has several schools and names none', async () => {
    const ask = await asking(await open(MONDAY));
    const words = await ask('Priya', { name: 'link practitioner' });
    expect(words).toContain('Which school or setting?');
    expect(words).toContain('Chalkdown Primary School (demo)');
    expect(await ask('Fern', { name: 'link practitioner' })).toContain('Leasbeck School (demo)');
    expect(await ask('Colin', { name: 'link practitioner' })).toContain('Please name it too');
  });

  test('of a school that the list does not have is kindly not known', async () => {
    const ask = await asking(await open(MONDAY));
    const unknown = { name: 'link practitioner', unknownSchool: 'Hogwarts **bold**' } as const;
    for (const who of ['Sam', 'Priya', 'Colin', 'Nell']) {
      expect(await ask(who, unknown)).toContain('no “Hogwarts **bold**”');
    }
    expect(await ask('Greta', unknown)).toContain(REFUSED);
  });

  test('of each school is told where several have the name, of those that one may ask about', async () => {
    const world = await open(MONDAY);
    const name = 'link practitioner';
    const school = 'St Joseph’s Catholic Primary School';
    for (const [District, by] of [
      ['Dover', 'nell.abara'],
      ['Thanet', 'hollis.quayle'],
    ]) {
      const LinkPractitionerEmail = `${by}@stls.example`;
      await world.graph.add(SCHOOLS, {
        Title: school,
        Phase: 'Primary',
        District,
        LinkPractitionerEmail,
      });
    }
    const ask = await asking(world);
    const both = await ask('Colin', { name, school });
    expect(both).toContain(`${school}, Dover`);
    expect(both).toContain('nell.abara@stls.example');
    expect(both).toContain('Hollis Quayle (demo) is away until');
    const one = await ask('Priya', { name, school });
    expect(one).toContain('Nell Abara (demo)');
    expect(one).not.toContain('Hollis');
    expect(await ask('Sam', { name, school })).toContain('only tell you about your own');
  });

  test('is told with how to reach them, and with who covers until when', async () => {
    const world = await open(MONDAY);
    const ask = await asking(world);
    const contact = await ask('Sam', { name: 'link practitioner', about: 'contact' });
    expect(contact).toContain('How to reach Nell Abara (demo)');
    expect(contact).toContain('nell.abara@stls.example');
    expect(contact).toContain('01632 960101');
    const cover = { name: 'link practitioner', about: 'cover' } as const;
    expect(await ask('Sam', cover)).toContain('is at work, so nobody needs to cover');
    const idris = await ask('Idris', cover);
    expect(idris).toContain(
      'Hollis Quayle (demo) is away until Fri 4 Dec. Fern Delacourt (demo) covers',
    );
    expect(idris).toContain('fern.delacourt@stls.example');
    expect(await ask('Saoirse', cover)).toContain('away from Mon 14 Dec until Fri 18 Dec. Amos');
    expect(await ask('Saoirse', { name: 'link practitioner' })).not.toContain('14 Dec');
  });

  test.each([
    ['2026-11-27', 'fern.delacourt@stls.example', 'Fern Delacourt (demo) is back first.'],
    ['2026-12-04', 'hollis.quayle@stls.example', undefined],
    ['2026-12-07', 'hollis.quayle@stls.example', 'Hollis Quayle (demo) is back first.'],
  ])(
    'whose cover is away too, until %s, is told as such, with whoever is back first',
    async (until, email, first) => {
      const world = await open(MONDAY);
      await changeRow(world, PRACTITIONERS, 'Fern Delacourt (demo)', {
        AwayFrom: '2026-11-23',
        AwayUntil: until,
      });
      const ask = await asking(world);
      for (const asked of [{}, { about: 'contact' }, { about: 'cover' }] as const) {
        const both = await ask('Idris', { name: 'link practitioner', ...asked });
        expect(both).toContain('Both are away at the moment');
        expect(both).toContain(
          'Hollis Quayle (demo) is away until Fri 4 Dec. Fern Delacourt (demo) is named as cover, and away too',
        );
        expect(both.match(/[a-z.]+@stls\.example/g)).toEqual([email]);
        expect(both.match(/\. (\S+ \S+ \(demo\) is back first\.)/)?.[1]).toBe(first);
      }
    },
  );
});

describe('clinics', () => {
  test('the next, the one after it, and one as it is wished for', async () => {
    const ask = await asking(await open(MONDAY));
    const next = await ask('Sam', { name: 'next clinic' });
    expect(next).toContain('Next clinic with a place: Wed 2 Dec, 13:30');
    expect(next).toContain('Wed 2 Dec, 13:30 to 15:00');
    expect(next).toContain('Nell Abara (demo)');
    const wishes: [Omit<Extract<Command, { name: 'next clinic' }>, 'name'>, string][] = [
      [{ nth: 2 }, 'After that: Wed 9 Dec, 14:00'],
      [{ nth: 9 }, 'There is none after Wed 16 Dec, 13:30'],
      [{ after: '2026-12-02' }, 'Next clinic with a place: Wed 9 Dec, 14:00'],
      [{ mode: 'in person' }, 'Next clinic with a place: Wed 9 Dec, 14:00'],
      [{ phase: 'Secondary' }, 'Next clinic with a place: Tue 1 Dec, 15:00'],
      [{ on: '2026-11-25' }, 'The next clinics are full'],
      [{ mode: 'virtual', after: '2026-12-08' }, 'The next in person is Wed 9 Dec, 14:00.'],
      [{ on: '2026-11-25', free: true }, 'The next is Wed 25 Nov, 13:30, and it is full.'],
      [{ after: '2027-01-01' }, 'The next in the list is Wed 25 Nov, 13:30.'],
    ];
    for (const [wish, words] of wishes) {
      const told = await ask('Sam', { name: 'next clinic', ...wish });
      expect(told, `for ${JSON.stringify(wish)}`).toContain(words);
    }
    expect(
      await ask('Sam', { name: 'next clinic', mode: 'virtual', after: '2026-12-08' }),
    ).toContain('No virtual clinic for primary schools in Dover after Tue 8 Dec');
  });

  test('are those of one’s own districts; a commissioner names one', async () => {
    const world = await open(MONDAY);
    const ask = await asking(world);
    const name = 'next clinic';
    expect(await ask('Sam', { name, district: 'Dover' })).toContain('Wed 2 Dec');
    expect(await ask('Sam', { name, district: 'Swale' })).toContain(REFUSED);
    expect(await ask('Priya', { name })).toContain('Next clinic: Wed 25 Nov, 13:30');
    expect(await ask('Priya', { name, district: 'Swale' })).toContain(REFUSED);
    expect(await ask('Colin', { name })).toContain('Which district?');
    expect(await ask('Colin', { name, district: 'Swale' })).toContain('Swale clinic');
    const wish: Command = { name, phase: 'Secondary', mode: 'virtual' };
    const which = await answer(world.service, idOf('Colin'), wish);
    const says = nodesOfType(which, 'Action.Submit').map(({ data }) =>
      textOf((data as Node)['msteams'] as Node, 'value'),
    );
    expect(says).toHaveLength(3);
    const now = await look(world.service, world.service.clock.now());
    expect(says.map((one) => recognise(one ?? '', askingOf(now, idOf('Colin'), [])))).toEqual(
      ['Dover', 'Folkestone and Hythe', 'Maidstone'].map((district) => [{ ...wish, district }]),
    );
    expect(await ask('Fern', { name: 'all clinics' })).toContain('Folkestone and Hythe clinic');
    expect(await ask('Greta', { name })).toContain(REFUSED);
  });

  test('of the term are listed as far as a screen holds them', async () => {
    const world = await open(MONDAY);
    const ask = await asking(world);
    expect(await ask('Sam', { name: 'all clinics' })).toContain('4 clinics this term');
    const all = await ask('Fern', { name: 'all clinics' });
    expect(all).toContain('9 clinics this term');
    expect(all).toContain('and 3 more: ask for “All clinics after');
    const wishes = { mode: 'virtual', phase: 'Primary', free: true } as const;
    for (let day = 1; day <= 7; day += 1) {
      await world.graph.add(CLINICS, {
        Title: `Clinic ${day}`,
        District: 'Swale',
        Phase: 'Primary',
        Starts: `2026-12-0${day}T10:00:00Z`,
        Minutes: 60,
        Place: 'Online',
        Places: 5,
        Booked: 0,
      });
    }
    const now = await look(world.service, world.service.clock.now());
    const swale: Command = { name: 'all clinics', district: 'Swale', ...wishes };
    const told = wordsOn(await answer(world.service, idOf('Colin'), swale));
    const says = /more: ask for “(.*)”/.exec(told)?.[1] ?? '';
    expect(recognise(says, askingOf(now, idOf('Colin'), []))).toEqual([
      { ...swale, after: '2026-12-05' },
    ]);
    expect(await ask('Sam', { name: 'all clinics', mode: 'virtual' })).toContain(
      '1 virtual clinic this term',
    );
    const wish = { mode: 'in person', phase: 'Primary', free: true } as const;
    expect(await ask('Sam', { name: 'all clinics', ...wish })).toContain(
      '2 clinics for primary schools in person with a place left this term',
    );
    expect(await ask('Sam', { name: 'all clinics', until: '2026-12-02' })).toContain(
      '2 clinics until Wed 2 Dec',
    );
  });

  test('are offered to be booked by a SENCO of that phase alone, and go into a calendar by London time', async () => {
    const { service } = await open(MONDAY);
    const verbs = async (who: string, command: Command) =>
      buttonsOn(await answer(service, idOf(who), command)).map(({ verb }) => verb);
    expect(await verbs('Sam', { name: 'next clinic', nth: 1 })).toEqual(['clinic.book']);
    expect(await verbs('Sam', { name: 'next clinic', phase: 'Early years' })).toEqual([]);
    expect(await verbs('Priya', { name: 'all clinics' })).toEqual([]);
    const card = await answer(service, idOf('Sam'), { name: 'add to calendar' });
    expect(JSON.stringify(card)).toContain('startdt=2026-12-02T13%3A30%3A00');
  });

  test('of a practitioner are those they run, with who is coming', async () => {
    const world = await open(MONDAY);
    await changeRow(world, CLINICS, 'Dover clinic: primary', {
      BookedBy: 'Sam Okafor (demo); Elmsbrook Primary School (demo); sam.okafor@stls.example',
    });
    const ask = await asking(world);
    const mine = await ask('Nell', { name: 'my clinics' });
    expect(mine).toContain('Your next clinic: Wed 25 Nov, 13:30');
    expect(mine).toContain('Sam Okafor (demo), Elmsbrook Primary School (demo)');
    expect(mine).toContain('and 5 in other ways');
    expect(mine).not.toContain('secondary');
    expect(await ask('Nell', { name: 'my clinics', on: '2026-12-02' })).toContain(
      'Wed 2 Dec, 13:30',
    );
    expect(await ask('Nell', { name: 'my clinics', on: '2026-12-03' })).toContain(
      'no clinic on Thu 3 Dec',
    );
    expect(await ask('Sam', { name: 'my clinics' })).toContain(REFUSED);
    expect(await ask('Priya', { name: 'next clinic' })).not.toContain('Sam Okafor');
    const schools = await ask('Fern', { name: 'my schools' });
    expect(schools).toContain('link practitioner of 6 schools and settings');
    expect(schools).toContain('Tidewatch Academy (demo)');
    expect(await ask('Colin', { name: 'my schools' })).toContain(REFUSED);
  });

  test('are never called none where their list cannot be read', async () => {
    const world = await open(MONDAY);
    await removeList(world, CLINICS);
    const ask = await asking(world);
    const commands: DirectoryCommand[] = [
      { name: 'next clinic' },
      { name: 'book clinic' },
      { name: 'my bookings' },
      { name: 'link practitioner' },
    ];
    for (const command of commands) {
      expect(await ask('Sam', command)).toContain('I cannot look that up just now');
    }
    expect(await ask('Nell', { name: 'my clinics' })).toContain('I cannot look that up just now');
  });
});
