import { describe, expect, test, vi } from 'vitest';
import { answer } from '../../adapters/service/answer.ts';
import { connect } from '../../adapters/service/connect.ts';
import type { Acted } from '../../adapters/service/pressed-card.ts';
import { look } from '../../adapters/service/service.ts';
import { PEOPLE, SCHOOLS } from '../../adapters/sharepoint/bot-lists.ts';
import type { Reference } from '../../adapters/storage/memory.ts';
import { peopleOf } from '../../bot/access/people.ts';
import type { Command } from '../../bot/conversation/command.ts';
import { changeRow } from './demo-site.ts';
import { boxesOn, buttonOn, buttonsOn, wordsOn } from './reading-cards.ts';
import { referenceOf } from './recording-teams.ts';
import { everything, idOf, install, send, worlds, type Typed, type World } from './world.ts';

const { open } = worlds({ since: '2026-27' });
const MONDAY = '2026-11-23T09:00';
const ADA = '99999999-9999-4999-8999-999999999901';
const BO = '99999999-9999-4999-8999-999999999902';
const ELMSBROOK = 'Elmsbrook Primary School (demo)';
const TIDEWATCH = 'Tidewatch Academy (demo)';

/** Where somebody of this name writes from, as Teams says. */
function fromOf(who: string, name = 'Ada Quist'): Omit<Reference, 'who'> {
  const { who: _who, ...from } = referenceOf(who);
  return { ...from, user: { id: `29:${who}`, aadObjectId: who, name } };
}

const asks = ({ service }: World, command: Command, who = ADA) =>
  answer(service, who, command, fromOf(who));
const introduces = (world: World, school: string, who = ADA) =>
  asks(world, { name: 'introduce', school }, who);

const latestOf = (world: World, name: string) => {
  const shown = world.teams.of(idOf(name)).at(-1);
  if (!shown) throw new Error(`${name} was shown nothing.`);
  return shown;
};

/** A commissioner presses a button of the card they were shown last. */
async function presses(world: World, name: string, title: string, typed: Typed = {}) {
  const { card, activityId } = latestOf(world, name);
  const { verb, data } = buttonOn(card, title);
  const fields = { ...data, ...boxesOn(card), ...typed };
  return send(world.service, { actor: idOf(name), activityId }, verb, fields);
}

const said = ({ inPlace, reply }: Acted): string => `${wordsOn(inPlace)}\n${wordsOn(reply)}`;

const rowsOf = async ({ site }: World, who = ADA) =>
  (await site.items(PEOPLE)).filter(({ fields }) => fields['EntraObjectId'] === who);

async function elmsbrooksNewcomer() {
  const world = await open(MONDAY);
  await install(world, 'Colin', 'Yusuf');
  await introduces(world, 'Elmsbrook');
  return world;
}

describe('somebody whom the people list does not know', () => {
  test('is asked where they work, whatever they say, and is shown nothing of any list', async () => {
    const world = await open(MONDAY);
    const before = await everything(world);
    const names = (await look(world.service, world.service.clock.now())).reading.people.map(
      ({ name }) => name,
    );
    const commands: Command[] = [
      { name: 'greeting' },
      { name: 'help' },
      { name: 'rude' },
      { name: 'link practitioner', school: ELMSBROOK },
      { name: 'show district', district: 'Dover' },
      { name: 'definition', of: 'caseload' },
      { name: 'who wants in' },
      { name: 'introduce' },
    ];
    for (const command of commands) {
      const words = wordsOn(await asks(world, command));
      expect(words, `for ${command.name}`).toContain('I do not know you yet');
      expect(words, `for ${command.name}`).not.toMatch(/\(demo\)|Dover/);
      expect(names.filter((name) => words.includes(name))).toEqual([]);
    }
    expect(await everything(world)).toEqual(before);
  });

  test('who types what names no school is asked again, and told the name of none', async () => {
    const world = await open(MONDAY);
    const odd = ['', ' ', 'ab', 'school', 'the primary', 'Hogwarts', '${x} <at>all</at>'];
    for (const typed of [...odd, 'x'.repeat(4000)]) {
      const words = wordsOn(await introduces(world, typed));
      expect(words).toContain('Your school or setting');
      expect(words).not.toContain('(demo)');
    }
    expect(await world.memory.introductions.all()).toEqual([]);
  });

  test('at one of two schools of one name says which, and is let in there', async () => {
    const world = await open(MONDAY);
    await install(world, 'Colin');
    const name = 'St Joseph’s Catholic Primary School';
    for (const District of ['Dover', 'Thanet']) {
      await world.graph.add(SCHOOLS, {
        Title: name,
        Phase: 'Primary',
        District,
        LinkPractitionerEmail: 'hollis.quayle@stls.example',
      });
    }
    const which = JSON.stringify(await introduces(world, 'st josephs'));
    expect(which).toContain(`${name}, Dover`);
    expect(wordsOn(await introduces(world, `${name}, Thanet`))).toContain('Thank you, Ada');
    expect(wordsOn(latestOf(world, 'Colin').card)).toContain(`${name}, Thanet`);
    await presses(world, 'Colin', 'Let them in');
    const clinic = wordsOn(await asks(world, { name: 'next clinic' }));
    expect(clinic).toContain('Next clinic with a place');
    expect(wordsOn(await asks(world, { name: 'next clinic', district: 'Dover' }))).toContain(
      'Sorry, I cannot do that for you',
    );
    await changeRow(world, PEOPLE, 'Ada Quist', { Districts: '' });
    const { reading } = await look(world.service, world.service.clock.now());
    expect(reading.rowProblems.join('\n')).toContain('Please put the district beside theirs');
  });

  test('who cannot be told apart by Teams is not let in by anybody', async () => {
    const world = await open(MONDAY);
    expect(wordsOn(await introduces(world, 'Elmsbrook', ''))).toContain('cannot tell who you are');
    expect(await world.memory.introductions.all()).toEqual([]);
  });

  test('says where they work, and every commissioner whom the bot can write to is asked once', async () => {
    const world = await elmsbrooksNewcomer();
    for (const name of ['Colin', 'Yusuf']) {
      expect(world.teams.of(idOf(name))).toHaveLength(1);
      const words = wordsOn(latestOf(world, name).card);
      expect(words).toContain('Ada Quist');
      expect(words).toContain(ELMSBROOK);
    }
    const again = wordsOn(await introduces(world, 'EPS'));
    expect(again).toContain('Your request waits');
    expect(wordsOn(await asks(world, { name: 'greeting' }))).toContain('Your request waits');
    expect(world.teams.requests).toBe(2);
  });

  test('names another school: the request and its cards change, and nobody is written to again', async () => {
    const world = await elmsbrooksNewcomer();
    await introduces(world, 'tidewatch');
    expect((await world.memory.introductions.all()).map(({ value }) => value.school)).toEqual([
      TIDEWATCH,
    ]);
    const shown = world.teams.of(idOf('Colin'));
    expect(shown).toHaveLength(1);
    expect(wordsOn(shown[0]?.card)).toContain(TIDEWATCH);
  });

  test('who asks again the next day is brought to mind once more', async () => {
    const world = await elmsbrooksNewcomer();
    world.moveTo('2026-11-24T09:00');
    await introduces(world, 'Elmsbrook');
    await introduces(world, 'Elmsbrook');
    expect(world.teams.of(idOf('Colin'))).toHaveLength(2);
  });

  test('is kept waiting while no commissioner can be told, and shown to the first who installs the bot', async () => {
    const world = await open(MONDAY);
    await install(world, 'Yusuf');
    world.teams.refuse(idOf('Yusuf'), 'blocked');
    expect(wordsOn(await introduces(world, 'Elmsbrook'))).toContain('Thank you, Ada');
    const { who: _who, ...reference } = referenceOf(idOf('Colin'));
    await connect(world.service, { actor: idOf('Colin'), isPersonal: true, reference });
    expect(wordsOn(latestOf(world, 'Colin').card)).toContain('Ada Quist');
    expect(wordsOn(await asks(world, { name: 'who wants in' }, idOf('Yusuf')))).toContain(
      ELMSBROOK,
    );
  });
});

describe('letting somebody in', () => {
  test('writes their row, tells them with a welcome, and the other commissioner who did it and when', async () => {
    const world = await elmsbrooksNewcomer();
    const told = said(
      await presses(world, 'Colin', 'Let them in', { [`email.${ADA}`]: 'ada@elmsbrook.example' }),
    );
    expect(told).toContain('Let in by Colin Marsh (demo), Mon 23 Nov, 09:00');
    expect((await rowsOf(world)).map(({ fields }) => fields)).toEqual([
      expect.objectContaining({
        Title: 'Ada Quist',
        Email: 'ada@elmsbrook.example',
        Role: 'SENCO',
        Organisation: ELMSBROOK,
      }),
    ]);
    expect(wordsOn(world.teams.of(ADA)[0]?.card)).toContain('Hello Ada, I am the STLS returns bot');
    expect(wordsOn(latestOf(world, 'Yusuf').card)).toContain('Let in by Colin Marsh');
    expect(buttonsOn(latestOf(world, 'Yusuf').card)).toEqual([]);
    const { reading } = await look(world.service, world.service.clock.now());
    expect(peopleOf(reading.people, ADA).map(({ role }) => role)).toEqual(['SENCO']);
    const practitioner = await asks(world, { name: 'link practitioner' });
    expect(wordsOn(practitioner)).toContain('Nell Abara');
  });

  test('by two commissioners at once, and pressed again and again, writes one row', async () => {
    const world = await elmsbrooksNewcomer();
    const twice = await Promise.all([
      presses(world, 'Colin', 'Let them in'),
      presses(world, 'Yusuf', 'Let them in'),
      presses(world, 'Colin', 'Let them in'),
    ]);
    expect(await rowsOf(world)).toHaveLength(1);
    const fields = { who: ADA, fill: '' };
    const late = { actor: idOf('Yusuf'), activityId: '' };
    const after = said(await send(world.service, late, 'person.letIn', fields));
    expect(after).toMatch(/Let in by (Colin Marsh|Yusuf Brandt)/);
    expect(said(await send(world.service, late, 'person.decline', fields))).toContain('Let in by');
    expect(await rowsOf(world)).toHaveLength(1);
    expect(world.teams.of(ADA)).toHaveLength(1);
    expect(twice).toHaveLength(3);
  });

  test('fills in the row that waits for an object id, once it was shown which one that is', async () => {
    const world = await elmsbrooksNewcomer();
    await world.graph.add(PEOPLE, {
      Title: 'A. Quist',
      Email: 'ada@elmsbrook.example',
      Role: 'SENCO',
      Organisation: ELMSBROOK,
    });
    const rows = (await world.site.items(PEOPLE)).length;
    const typed = { [`email.${ADA}`]: 'ADA@elmsbrook.example' };
    const first = await presses(world, 'Colin', 'Let them in', typed);
    expect(said(first)).toContain('no second row is made');
    expect(await rowsOf(world)).toEqual([]);
    const { verb, data } = buttonOn(first.inPlace, 'Let them in');
    const pressed = { actor: idOf('Colin'), activityId: latestOf(world, 'Colin').activityId };
    await send(world.service, pressed, verb, { ...data, ...boxesOn(first.inPlace) });
    expect((await rowsOf(world)).map(({ fields }) => fields['Title'])).toEqual(['A. Quist']);
    expect(await world.site.items(PEOPLE)).toHaveLength(rows);
  });

  test.each([
    [
      'a row of another role that waits for its object id',
      'lead@stls.example',
      'put this object id there yourself',
    ],
    [
      'the e-mail address of somebody else',
      'sam.okafor@stls.example',
      'Sam Okafor (demo) has this e-mail',
    ],
    ['no e-mail address', 'Ada', 'That is no e-mail address'],
  ])('with %s writes nothing, and says what to do', async (_what, email, says) => {
    const world = await elmsbrooksNewcomer();
    await world.graph.add(PEOPLE, {
      Title: 'New Lead',
      Email: 'lead@stls.example',
      Role: 'District lead',
      Districts: 'Dover',
    });
    const before = await everything(world);
    const told = await presses(world, 'Colin', 'Let them in', { [`email.${ADA}`]: email });
    expect(said(told)).toContain(says);
    expect(await everything(world)).toEqual(before);
  });

  test('at another school than the card shows is shown first', async () => {
    const world = await elmsbrooksNewcomer();
    const list = await asks(world, { name: 'who wants in' }, idOf('Colin'));
    const stale = buttonOn(list, 'Let them in');
    await introduces(world, 'tidewatch');
    const pressed = { actor: idOf('Colin'), activityId: 'the list' };
    for (const data of [stale.data, { who: ADA, fill: '' }]) {
      const told = await send(world.service, pressed, 'person.letIn', data);
      expect(said(told)).toContain('This changed since it was shown to you');
      expect(said(told)).toContain(TIDEWATCH);
    }
    expect(await rowsOf(world)).toEqual([]);
    await presses(world, 'Yusuf', 'Let them in');
    expect((await rowsOf(world)).map(({ fields }) => fields['Organisation'])).toEqual([TIDEWATCH]);
  });

  test.each([
    [
      '=HYPERLINK("https://elsewhere.example","Ada")',
      'HYPERLINK("https://elsewhere.example","Ada")',
    ],
    [' @+-=Ada\nQuist\u202e', 'Ada Quist'],
    ['-', 'Somebody without a name in Teams'],
  ])('takes the name %j as Teams gives it, and no formula', async (given, kept) => {
    const world = await open(MONDAY);
    await install(world, 'Colin');
    const command: Command = { name: 'introduce', school: ELMSBROOK };
    await answer(world.service, ADA, command, fromOf(ADA, given));
    await presses(world, 'Colin', 'Let them in');
    expect((await rowsOf(world)).map(({ fields }) => fields['Title'])).toEqual([kept]);
  });

  test('that fails leaves the request open, for the next press', async () => {
    const world = await elmsbrooksNewcomer();
    const site = { ...world.site, create: () => Promise.reject(new Error('SharePoint is away')) };
    const failing = world.withParts({ site: { ...site, within: () => site } });
    const { card, activityId } = latestOf(world, 'Colin');
    const { verb, data } = buttonOn(card, 'Let them in');
    const pressed = { actor: idOf('Colin'), activityId };
    await expect(send(failing, pressed, verb, data)).rejects.toThrow('SharePoint is away');
    expect(world.teams.of(ADA)).toEqual([]);
    await presses(world, 'Yusuf', 'Let them in');
    expect(await rowsOf(world)).toHaveLength(1);
  });

  test('is for commissioners, and for those who asked: anybody and anything else is refused', async () => {
    const world = await elmsbrooksNewcomer();
    const before = await everything(world);
    for (const name of ['Priya', 'Sam', 'Nell', 'Greta']) {
      for (const verb of ['person.letIn', 'person.decline']) {
        const told = await send(world.service, { actor: idOf(name), activityId: '' }, verb, {
          who: ADA,
        });
        expect(said(told), `${name}: ${verb}`).toContain('Sorry, I cannot do that for you');
      }
    }
    const nobody = await send(
      world.service,
      { actor: idOf('Colin'), activityId: '' },
      'person.letIn',
      { who: BO },
    );
    expect(said(nobody)).toContain('There is no such request');
    const herself = await send(world.service, { actor: ADA, activityId: '' }, 'person.letIn', {
      who: ADA,
    });
    expect(said(herself)).toContain('Your request waits');
    expect(await everything(world)).toEqual(before);
  });
});

describe('declining somebody', () => {
  test('tells them kindly; they may ask again after a week', async () => {
    const world = await elmsbrooksNewcomer();
    expect(said(await presses(world, 'Colin', 'Decline'))).toContain('Declined by Colin Marsh');
    expect(wordsOn(world.teams.of(ADA)[0]?.card)).toContain('could not let you in');
    expect(await rowsOf(world)).toEqual([]);
    world.moveTo('2026-11-29T09:00');
    expect(wordsOn(await introduces(world, 'Tidewatch'))).toContain('again from Mon 30 Nov');
    expect(world.teams.of(idOf('Colin'))).toHaveLength(1);
    world.moveTo('2026-11-30T09:00');
    expect(wordsOn(await introduces(world, 'Tidewatch'))).toContain('Thank you, Ada');
    expect(world.teams.of(idOf('Colin'))).toHaveLength(2);
  });
});

test('a list of all who wait is decided on in place, and says when nobody waits', async () => {
  const world = await elmsbrooksNewcomer();
  await introduces(world, 'Tidewatch', BO);
  const list = await asks(world, { name: 'who wants in' }, idOf('Colin'));
  expect(wordsOn(list)).toContain('2 people ask to be let in');
  const { verb, data } = buttonOn(list, 'Let them in', { who: BO });
  const pressed = { actor: idOf('Colin'), activityId: 'the list' };
  const after = await send(world.service, pressed, verb, data);
  expect(wordsOn(after.inPlace)).toContain('1 person asks to be let in');
  expect(wordsOn(after.inPlace)).toContain('Let in by Colin Marsh');
  await send(world.service, pressed, 'person.decline', { who: ADA });
  const none = await asks(world, { name: 'who wants in' }, idOf('Colin'));
  expect(wordsOn(none)).toContain('Nobody waits to be let in');
});

test('a press on the list of all who wait that is in doubt keeps the others in sight, and what was typed', async () => {
  const world = await elmsbrooksNewcomer();
  await introduces(world, 'Tidewatch', BO);
  const list = await asks(world, { name: 'who wants in' }, idOf('Colin'));
  const { verb, data } = buttonOn(list, 'Let them in', { who: ADA });
  const pressed = { actor: idOf('Colin'), activityId: 'the list' };
  const typed = { ...boxesOn(list), [`email.${ADA}`]: 'no address' };
  const doubted = (await send(world.service, pressed, verb, { ...data, ...typed })).inPlace;
  const told = wordsOn(doubted);
  expect(told).toContain('2 people ask to be let in');
  expect(told).toContain('That is no e-mail address.');
  expect(boxesOn(doubted)).toEqual({ [`email.${ADA}`]: 'no address', [`email.${BO}`]: '' });
  expect(told.match(/asks to be let in as SENCO of/g)).toHaveLength(2);
  await world.graph.add(PEOPLE, {
    Title: 'Ada Quist',
    EntraObjectId: ADA,
    Role: 'SENCO',
    Organisation: ELMSBROOK,
  });
  const known = (await send(world.service, pressed, verb, { ...data, ...typed })).inPlace;
  expect(wordsOn(known)).toContain('1 person asks to be let in');
  expect(wordsOn(known)).toContain('That is no e-mail address.');
});

test('somebody of the people list who says where they work is told that they are known', async () => {
  const world = await open(MONDAY);
  const warned = vi.spyOn(world.service.log, 'warn');
  expect(wordsOn(await introduces(world, 'Tidewatch', idOf('Sam')))).toContain(
    'I know you already',
  );
  expect(await world.memory.introductions.all()).toEqual([]);
  expect(warned).not.toHaveBeenCalled();
});
