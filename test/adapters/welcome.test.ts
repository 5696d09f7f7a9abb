import { describe, expect, test } from 'vitest';
import { answer } from '../../adapters/service/answer.ts';
import { askingOf } from '../../adapters/service/asking.ts';
import { connect } from '../../adapters/service/connect.ts';
import { look } from '../../adapters/service/service.ts';
import { DISTRICTS, GLOSSARY, PEOPLE } from '../../adapters/sharepoint/bot-lists.ts';
import type { Reference } from '../../adapters/storage/memory.ts';
import type { Command } from '../../bot/conversation/command.ts';
import { recognise } from '../../bot/conversation/recognise.ts';
import type { Card } from '../../cards/render.ts';
import { nodesOfType, textOf, type Node } from '../cards/samples.ts';
import { changeRow } from './demo-site.ts';
import { wordsOn } from './reading-cards.ts';
import { referenceOf } from './recording-teams.ts';
import { everything, idOf, worlds, type World } from './world.ts';

const { open } = worlds({ since: '2026-27' });
const MONDAY = '2026-11-23T09:00';
const PEOPLE_OF_EACH_ROLE = ['Priya', 'Colin', 'Sam', 'Nell', 'Greta'];
const WELCOME = 'I am the STLS returns bot';
const STRANGER = '99999999-9999-4999-8999-999999999999';

const fromOf = (who: string): Omit<Reference, 'who'> => {
  const { who: _who, ...from } = referenceOf(who);
  return from;
};

const says = ({ service }: World, name: string, command: Command) =>
  answer(service, idOf(name), command, fromOf(idOf(name)));

const installs = ({ service }: World, actor: string) =>
  connect(service, { actor, isPersonal: true, reference: fromOf(actor) });

/** What the buttons of a card say for a person. */
const saidBy = (card: Card | undefined): string[] =>
  nodesOfType(card, 'Action.Submit').flatMap((button) => {
    const data = button['data'] as Node | undefined;
    return textOf(data?.['msteams'] as Node | undefined, 'value') || [];
  });

describe('a welcome', () => {
  test('at the installation says what is done for this role, what never, and what can be asked', async () => {
    const world = await open(MONDAY);
    for (const name of PEOPLE_OF_EACH_ROLE) {
      await installs(world, idOf(name));
      const [card, ...more] = world.teams.of(idOf(name));
      expect(more).toEqual([]);
      const words = wordsOn(card?.card);
      expect(words).toContain(`Hello ${name}, ${WELCOME}`);
      expect(words).toContain('write no child’s name to me');
      expect(saidBy(card?.card).length).toBeGreaterThan(0);
    }
  });

  test('goes once before the first answer to somebody who was never welcomed, who can be written to from then on', async () => {
    const world = await open(MONDAY);
    const first = await says(world, 'Sam', { name: 'link practitioner' });
    expect(wordsOn(first)).toContain('Nell Abara');
    await says(world, 'Sam', { name: 'thanks' });
    const shown = world.teams.of(idOf('Sam'));
    expect(shown.map(({ card }) => wordsOn(card).includes(WELCOME))).toEqual([true]);
    expect(await world.memory.references.get(idOf('Sam'))).toMatchObject({ who: idOf('Sam') });
  });

  test('is the answer itself to a first greeting; the second greeting is a short one', async () => {
    const world = await open(MONDAY);
    expect(wordsOn(await says(world, 'Nell', { name: 'greeting' }))).toContain(WELCOME);
    const again = await says(world, 'Nell', { name: 'greeting' });
    expect(wordsOn(again)).toContain('Hello Nell');
    expect(saidBy(again)).toHaveLength(3);
    expect(world.teams.requests).toBe(0);
  });

  test('after an installation is not given again, by another process neither', async () => {
    const world = await open(MONDAY);
    await installs(world, idOf('Sam'));
    const elsewhere = world.withParts({ memory: { ...world.memory } });
    await answer(elsewhere, idOf('Sam'), { name: 'thanks' }, fromOf(idOf('Sam')));
    expect(world.teams.of(idOf('Sam'))).toHaveLength(1);
  });

  test('that storage could not note is given with the next message', async () => {
    const world = await open(MONDAY);
    const { welcomed } = world.memory;
    let isAway = true;
    const add: typeof welcomed.add = (...of) =>
      isAway ? Promise.reject(new Error('storage is away')) : welcomed.add(...of);
    const service = world.withParts({
      memory: { ...world.memory, welcomed: { ...welcomed, add } },
    });
    const thanks = () => answer(service, idOf('Sam'), { name: 'thanks' }, fromOf(idOf('Sam')));
    await expect(thanks()).rejects.toThrow('storage is away');
    isAway = false;
    await thanks();
    await thanks();
    expect(world.teams.of(idOf('Sam')).map(({ card }) => wordsOn(card).includes(WELCOME))).toEqual([
      true,
    ]);
  });

  test('for somebody unknown asks where they work', async () => {
    const world = await open(MONDAY);
    await installs(world, STRANGER);
    const words = wordsOn(world.teams.of(STRANGER)[0]?.card);
    expect(words).toContain('I do not know you yet');
    expect(words).not.toContain('(demo)');
  });
});

describe('an example on a card', () => {
  test('is understood as something that this person may ask, for every role, and a tap changes nothing', async () => {
    const world = await open(MONDAY);
    const now = await look(world.service, world.service.clock.now());
    const before = await everything(world);
    for (const name of PEOPLE_OF_EACH_ROLE) {
      const help = await answer(world.service, idOf(name), { name: 'help' });
      for (const words of saidBy(help)) {
        const [command, ...others] = recognise(words, askingOf(now, idOf(name), []));
        expect(others, `for ${words}`).toEqual([]);
        expect(['not understood', 'offer', 'help'], `for ${words}`).not.toContain(command?.name);
        const card = await answer(world.service, idOf(name), command ?? { name: 'empty' });
        expect(wordsOn(card), `${name}: ${words}`).not.toContain('Sorry, I cannot do that');
      }
    }
    expect(await everything(world)).toEqual(before);
  });

  test('names districts of the list: what the county calls them, and none where it has none', async () => {
    const world = await open(MONDAY);
    const ofDistricts = (said: string[]) => said.filter((words) => /^(show|compare) /i.test(words));
    const help = () => answer(world.service, idOf('Colin'), { name: 'help' }).then(saidBy);
    expect(ofDistricts(await help())).toEqual(['Show Ashford', 'Compare Ashford and Canterbury']);
    await changeRow(world, DISTRICTS, 'Ashford', { Title: 'Romney' });
    for (const { id, fields } of await world.site.items(DISTRICTS)) {
      if (fields['Title'] === 'Romney') continue;
      const item = world.graph.list(DISTRICTS, `/items/${id}`);
      expect((await world.graph.send('DELETE', item)).status).toBe(204);
    }
    expect(ofDistricts(await help())).toEqual(['Show Romney']);
    const which = await answer(world.service, idOf('Colin'), {
      name: 'which district',
      of: 'chase district',
    });
    expect(wordsOn(which)).toContain('such as “chase Romney”');
  });

  test('for somebody with two roles is of both', async () => {
    const world = await open(MONDAY);
    await world.graph.add(PEOPLE, {
      Title: 'Sam Okafor (demo)',
      EntraObjectId: idOf('Sam'),
      Role: 'District lead',
      Districts: 'Swale',
    });
    const help = saidBy(await answer(world.service, idOf('Sam'), { name: 'help' }));
    expect(help).toEqual(expect.arrayContaining(['When is the next clinic?', 'Show Swale']));
    expect(help).toHaveLength(new Set(help).size);
    const few = saidBy(await answer(world.service, idOf('Sam'), { name: 'not understood' }));
    expect(few).toEqual(['Who is our link practitioner?', 'What is due?', expect.any(String)]);
  });
});

describe('small talk', () => {
  test('is calm, has a way on, and says how to reach a person', async () => {
    const world = await open(MONDAY);
    const told = async (name: Command['name']) =>
      wordsOn(await answer(world.service, idOf('Sam'), { name } as Command));
    expect(await told('rude')).toContain('Colin Marsh (demo), colin.marsh@stls.example');
    expect(await told('other language')).toContain('I understand English only');
    expect(await told('empty')).toContain('You sent nothing I can read');
    expect(await told('thanks')).toContain('You are welcome');
    expect(await told('not understood')).toContain('I hold nothing about any child');
  });

  test('offers what may have been meant as buttons', async () => {
    const world = await open(MONDAY);
    const of: Command[] = [{ name: 'next clinic' }, { name: 'link practitioner' }];
    const card = await answer(world.service, idOf('Sam'), { name: 'offer', of });
    expect(saidBy(card)).toHaveLength(2);
  });
});

describe('what a word means', () => {
  test('is told from the glossary, which commissioners word, and from the questions', async () => {
    const world = await open(MONDAY);
    const meaning = async (of: string) =>
      wordsOn(await answer(world.service, idOf('Sam'), { name: 'definition', of }));
    expect(await meaning('actively supported')).toContain('works towards individual targets');
    const both = await meaning('the difference between caseload and actively supported');
    expect(both).toContain('Every child open to the service');
    expect(both).toContain('individual targets');
    await world.graph.add(GLOSSARY, { Title: 'Balanced System', Meaning: 'As **we** say <b>.' });
    expect(await meaning('balanced sistem')).toContain('As **we** say <b>.');
    const unknown = await meaning('flibber');
    expect(unknown).toContain('no “flibber”');
    expect(unknown).toContain('caseload');
  });
});
