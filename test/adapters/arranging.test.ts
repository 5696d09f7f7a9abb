import { describe, expect, test } from 'vitest';
import { answer } from '../../adapters/service/answer.ts';
import type { Acted } from '../../adapters/service/pressed-card.ts';
import { starterMeasures } from '../../adapters/sharepoint/starter/measures.ts';
import type { Card } from '../../cards/render.ts';
import { DOVER_ANSWERS } from '../dover-answers.ts';
import { boxesOn, buttonsOn, wordsOn } from './reading-cards.ts';
import {
  bringBack,
  everything,
  idOf,
  install,
  keep,
  press,
  send,
  sweepAt,
  worlds,
  type Kept,
  type Typed,
  type World,
} from './world.ts';

const { open } = worlds({ since: '2026-27' });

/** Three working days after the due date; the next stages are on Wednesday, and in a week from then. */
const MONDAY = '2026-11-23T09:00';
const TUESDAY = '2026-11-24T09:00';
const WEDNESDAY = '2026-11-25T09:00';
const NEXT_MONDAY = '2026-11-30T09:00';
const DOVER = 'KPI|Dover|2026-27|1';
const MAIDSTONE = 'KPI|Maidstone|2026-27|1';
const NAMES = ['Priya', 'Colin', 'Rowan', 'Delphine', 'Greta', 'Oskar'];

let swept: Kept | undefined;

/** The world after Monday’s sweep; swept once for all. */
async function monday() {
  const world = await open(MONDAY);
  if (swept) {
    await bringBack(world, swept);
  } else {
    await install(world, ...NAMES);
    await sweepAt(world, MONDAY);
    swept = await keep(world);
  }
  return world;
}

const cardsOf = ({ teams }: World, name: string) => teams.of(idOf(name));

function cardOf(world: World, name: string) {
  const shown = cardsOf(world, name).at(-1);
  if (!shown) throw new Error(`${name} has no card.`);
  return shown;
}

const titlesOn = (card: Card | undefined): string[] => buttonsOn(card).map(({ title }) => title);
const said = ({ inPlace, reply }: Acted): string => `${wordsOn(inPlace)}\n${wordsOn(reply)}`;
const madeFor = async ({ memory }: World, about: string) =>
  (await memory.arrangements.get(about))?.made ?? [];

const promise = (world: World, who: string, until: string) =>
  press(world, who, cardOf(world, who), { title: 'Promise this day', typed: { until } });

/** A district as the commissioner sees it who asks for it. */
const shown = async ({ service }: World, district: string): Promise<{ card: Card }> => ({
  card: await answer(service, idOf('Colin'), { name: 'show district', district }),
});

/** What no card offered. */
const forged = (world: World, who: string, verb: string, fields: Record<string, unknown>) =>
  send(world.service, { actor: idOf(who), activityId: '' }, verb, fields);

describe('a promise', () => {
  test('keeps the next stage from being sent, and the commissioner sees it', async () => {
    const world = await monday();
    const { inPlace, reply } = await promise(world, 'Priya', '2026-11-27');
    expect(reply).toBeUndefined();
    expect(wordsOn(inPlace)).toContain('Dover: 1 return to file, promised for Fri 27 Nov');
    expect(wordsOn(inPlace)).toContain('You said: by Fri 27 Nov');
    expect(titlesOn(inPlace)).toContain('Undo');
    expect(titlesOn(inPlace)).not.toContain('Promise this day');
    expect(await world.memory.drafts.all(), 'nothing was typed').toEqual([]);

    const { decision } = await sweepAt(world, WEDNESDAY);
    expect(cardsOf(world, 'Priya')).toHaveLength(1);
    const due = await answer(world.service, idOf('Priya'), { name: 'what is due' });
    expect(wordsOn(due)).toContain('You said: by Fri 27 Nov');
    expect(titlesOn(due)).not.toContain('Undo');
    expect(decision.notSent).toContainEqual(
      expect.objectContaining({ about: DOVER, why: 'muted by promise' }),
    );
    expect(wordsOn((await shown(world, 'Dover')).card)).toContain(
      'Priya Raman (demo) said: by Fri 27 Nov',
    );
    const missing = await answer(world.service, idOf('Colin'), { name: 'who is missing' });
    expect(wordsOn(missing)).toContain('Priya Raman (demo) said: by Fri 27 Nov');
    const chased = await press(world, 'Colin', await shown(world, 'Dover'), { title: 'Chase now' });
    expect(said(chased)).toContain('It is promised (Priya Raman (demo) said: by Fri 27 Nov).');
  });

  test('that is broken has the chase resume at once, and is given no second time', async () => {
    const world = await monday();
    await promise(world, 'Priya', '2026-11-27');
    await sweepAt(world, '2026-11-27T16:59');
    expect(cardsOf(world, 'Priya')).toHaveLength(1);
    await sweepAt(world, NEXT_MONDAY);
    expect(cardsOf(world, 'Priya')).toHaveLength(2);
    const { card } = cardOf(world, 'Priya');
    expect(wordsOn(card)).toContain('You said: by Fri 27 Nov. That day is over');
    expect(titlesOn(card)).not.toContain('Promise this day');
    expect(wordsOn(cardOf(world, 'Colin').card)).toContain(
      'overdue promise: Priya Raman (demo) said: by Fri 27 Nov',
    );
    const again = await forged(world, 'Priya', 'promise.make', {
      returns: DOVER,
      until: '2026-12-01',
    });
    expect(said(again)).toContain('A day can be promised once for a return.');
    expect(await madeFor(world, DOVER)).toHaveLength(1);
  });

  test('is over when the return is filed', async () => {
    const world = await monday();
    await promise(world, 'Priya', '2026-11-27');
    const filed = await press(world, 'Priya', cardOf(world, 'Priya'), {
      title: 'File this return',
      typed: typedAnswers(),
    });
    expect(wordsOn(filed.inPlace)).toContain('Received, thank you');
    await sweepAt(world, NEXT_MONDAY);
    expect(cardsOf(world, 'Priya')).toHaveLength(1);
    expect(wordsOn((await shown(world, 'Dover')).card)).not.toContain('said: by');
  });

  test('is undone on its day, from the card, and given anew', async () => {
    const world = await monday();
    await promise(world, 'Priya', '2026-11-30');
    const card = await answer(world.service, idOf('Priya'), { name: 'what is due' });
    const undone = await press(world, 'Priya', { card }, { title: 'Undo' });
    expect(wordsOn(undone.inPlace)).toContain('Dover: 1 return to file\n');
    expect(wordsOn((await promise(world, 'Priya', '2026-11-25')).inPlace)).toContain(
      'You said: by Wed 25 Nov',
    );
    expect((await madeFor(world, DOVER)).map(({ what }) => what)).toEqual([
      'promised',
      'promise undone',
      'promised',
    ]);
  });

  test('does not cost what was typed beside it', async () => {
    const world = await monday();
    const { inPlace } = await press(world, 'Priya', cardOf(world, 'Priya'), {
      title: 'Promise this day',
      typed: {
        until: '2026-11-27',
        'answer.schoolCaseload': '178',
        'answer.remarks': 'Half done.',
      },
    });
    expect(boxesOn(inPlace)).toMatchObject({
      'answer.schoolCaseload': '178',
      'answer.remarks': 'Half done.',
    });
    expect(await world.memory.drafts.all()).toHaveLength(1);
  });

  test('is for the returns that are ticked, and says of each that could not be', async () => {
    const world = await monday();
    const [kpi, lar] = ['KPI|Swale|2026-27|1', 'LAR|Swale|2026-27|1'];
    const both = { returns: `${kpi},${lar}`, until: '2026-11-26' };
    const one = await forged(world, 'Bettina', 'promise.make', { ...both, which: lar });
    expect(wordsOn(one.inPlace)).toContain('Swale: 2 returns to file, 1 of them promised');
    const later = { ...both, until: '2026-11-27' };
    const rest = await forged(world, 'Bettina', 'promise.make', later);
    expect(said(rest)).toContain('Thank you, noted, but not all');
    expect(said(rest)).toContain('Swale, Local Activity Report: Bettina Larch (demo) said: by');
    expect(wordsOn(rest.inPlace)).toContain('promised for Thu 26 Nov and Fri 27 Nov');
    expect(await madeFor(world, kpi)).toHaveLength(1);
    expect(await madeFor(world, lar)).toHaveLength(1);
  });

  test('for a day that is too far is refused with the days that may be chosen', async () => {
    const world = await monday();
    for (const day of ['2026-12-01', '2026-11-22', 'soon', '']) {
      expect(said(await promise(world, 'Priya', day))).toContain(
        'Please choose a day from today to Mon 30 Nov.',
      );
    }
    expect(await madeFor(world, DOVER)).toEqual([]);
  });

  test('pressed twice at once is made once', async () => {
    const world = await monday();
    const both = await Promise.all([
      promise(world, 'Priya', '2026-11-26'),
      promise(world, 'Priya', '2026-11-27'),
      forged(world, 'Rowan', 'promise.make', { returns: MAIDSTONE, until: '2026-11-26' }),
      forged(world, 'Delphine', 'promise.make', { returns: MAIDSTONE, until: '2026-11-27' }),
    ]);
    expect(both.map(said).filter((words) => words.includes('Not done'))).toHaveLength(2);
    expect(await madeFor(world, DOVER)).toHaveLength(1);
    expect(await madeFor(world, MAIDSTONE)).toHaveLength(1);
  });
});

describe('a colleague', () => {
  const handOver = async () => {
    const world = await monday();
    world.moveTo('2026-11-23T09:05');
    const handed = await press(world, 'Rowan', cardOf(world, 'Rowan'), { title: 'Hand it over' });
    return { world, handed };
  };

  test('is asked from then on and told by whom, and the first is not', async () => {
    const { world, handed } = await handOver();
    expect(wordsOn(handed.inPlace)).toContain('Maidstone: 1 return handed over');
    expect(wordsOn(handed.inPlace)).toContain('Handed over to Delphine Orr (demo), Mon 23 Nov');
    const counts = () => ['Rowan', 'Delphine'].map((name) => cardsOf(world, name).length);
    expect(counts()).toEqual([1, 1]);
    await sweepAt(world, TUESDAY);
    expect(counts()).toEqual([1, 2]);
    expect(wordsOn(cardOf(world, 'Delphine').card)).toContain(
      'Rowan Tice (demo) handed it over to you, Mon 23 Nov, 09:05',
    );
    await sweepAt(world, WEDNESDAY);
    expect(counts()[0]).toBe(1);
    expect(wordsOn((await shown(world, 'Maidstone')).card)).toContain(
      'Handed over to Delphine Orr (demo) by Rowan Tice (demo)',
    );
  });

  test('has it until it is taken back, and then all are asked', async () => {
    const { world, handed } = await handOver();
    expect(titlesOn(handed.inPlace)).not.toContain('Promise this day');
    const card = handed.inPlace ?? cardOf(world, 'Rowan').card;
    const taken = await press(world, 'Rowan', { card }, { title: 'Take it back' });
    expect(wordsOn(taken.inPlace)).toContain('Maidstone: 1 return to file');
    await sweepAt(world, WEDNESDAY);
    expect(cardsOf(world, 'Rowan')).toHaveLength(2);
    expect((await madeFor(world, MAIDSTONE)).map(({ what }) => what)).toEqual([
      'handed over',
      'taken back',
    ]);
  });

  test('is of the same district, whatever a card says', async () => {
    const world = await monday();
    for (const name of ['Priya', 'Greta', 'Colin', 'Rowan']) {
      const told = await forged(world, 'Rowan', 'return.handOver', {
        returns: MAIDSTONE,
        colleague: idOf(name),
      });
      expect(said(told)).toContain('It can be handed to another lead of Maidstone only.');
    }
    expect(await madeFor(world, MAIDSTONE)).toEqual([]);
  });

  test('is not offered where there is none', async () => {
    const world = await monday();
    expect(titlesOn(cardOf(world, 'Priya').card)).not.toContain('Hand it over');
  });
});

describe('a commissioner', () => {
  test('withdraws a return with a reason, and asks for it again', async () => {
    const world = await monday();
    const withdraw = async (words: string) => {
      const card = await shown(world, 'Dover');
      const row = buttonsOn(card.card).find(({ verb }) => verb === 'return.withdraw')?.row;
      const typed = { [`note.${row}`]: words };
      return press(world, 'Colin', card, { title: 'Stop asking for it', typed });
    };
    expect(said(await withdraw('ok'))).toContain('Please say in a few words why');
    const done = await withdraw('the post is vacant until January');
    expect(said(done)).toContain('Not asked for this term: “the post is vacant until January”');
    await sweepAt(world, WEDNESDAY);
    expect(cardsOf(world, 'Priya')).toHaveLength(1);
    expect(wordsOn(cardOf(world, 'Priya').card)).toContain('Dover: nothing is asked for now');
    expect(wordsOn(cardOf(world, 'Priya').card)).toContain('“the post is vacant until January”');

    const again = await press(world, 'Colin', await shown(world, 'Dover'), {
      title: 'Ask for it again',
    });
    expect(said(again)).toContain('Its district is chased for it as before.');
    await sweepAt(world, '2026-11-25T09:10');
    expect(cardsOf(world, 'Priya')).toHaveLength(2);
  });

  test('has the manager told now, once, and sees that it was seen', async () => {
    const world = await monday();
    const before = await shown(world, 'Dover');
    const told = await press(world, 'Colin', before, { title: 'Tell the manager now' });
    expect(said(told)).toContain('The manager is told');
    expect(titlesOn(told.inPlace)).not.toContain('Tell the manager now');
    const again = await press(world, 'Colin', before, { title: 'Tell the manager now' });
    expect(said(again)).toContain('It is so already');
    expect(said(again)).toContain('Colin Marsh (demo) asked for this');
    await sweepAt(world, '2026-11-23T09:05');
    expect(wordsOn(cardOf(world, 'Greta').card)).toContain('1 return of your team is late');

    const seen = await press(world, 'Greta', cardOf(world, 'Greta'), { title: 'Seen' });
    expect(titlesOn(seen.inPlace)).toEqual([]);
    expect(wordsOn((await shown(world, 'Dover')).card)).toContain(
      'Seen by Greta Holloway (demo), Mon 23 Nov, 09:05',
    );
    await sweepAt(world, TUESDAY);
    expect(cardsOf(world, 'Greta')).toHaveLength(1);
  });

  test('sees that a lead has seen it, until the next stage', async () => {
    const world = await monday();
    const seen = await press(world, 'Priya', cardOf(world, 'Priya'), { title: 'Seen' });
    expect(titlesOn(seen.inPlace)).not.toContain('Seen');
    expect(wordsOn(seen.inPlace)).toContain('You have seen this: Mon 23 Nov, 09:00');
    const line = 'Seen by Priya Raman (demo), Mon 23 Nov, 09:00';
    expect(wordsOn((await shown(world, 'Dover')).card)).toContain(line);
    await sweepAt(world, WEDNESDAY);
    expect(titlesOn(cardOf(world, 'Priya').card)).toContain('Seen');
    expect(wordsOn((await shown(world, 'Dover')).card)).not.toContain(line);
  });
});

describe('somebody who may not', () => {
  const FOR_LEADS = ['promise.make', 'promise.undo', 'return.handOver', 'return.takeBack'];
  const FOR_COMMISSIONERS = ['chase.escalate', 'return.withdraw', 'return.askAgain'];
  const FIELDS = {
    until: '2026-11-26',
    colleague: idOf('Oskar'),
    note: 'because we say so, at some length',
  };

  test('is refused kindly, and nothing is written', async () => {
    const world = await monday();
    const before = await everything(world);
    const refused = async (who: string, verbs: string[], returns: string) => {
      for (const verb of verbs) {
        const told = await forged(world, who, verb, { ...FIELDS, returns });
        expect(said(told), `${who}: ${verb}`).toContain('Sorry, I cannot do that for you');
      }
    };
    const all = [...FOR_LEADS, ...FOR_COMMISSIONERS, 'return.seen'];
    await refused('Oskar', all, DOVER);
    await refused('Sam', ['return.seen', 'return.withdraw'], DOVER);
    // Own and somebody else's in one: nothing of it is done.
    await refused('Rowan', ['promise.make', 'return.seen'], `${MAIDSTONE},${DOVER}`);
    await refused('Priya', FOR_COMMISSIONERS, DOVER);
    await refused('Colin', FOR_LEADS, DOVER);
    await refused('Greta', ['return.seen'], MAIDSTONE);
    expect(await everything(world)).toEqual(before);
  });

  test('arranges nothing about what is not owed', async () => {
    const world = await monday();
    const before = await everything(world);
    const told = async (returns: string) =>
      said(await forged(world, 'Colin', 'return.withdraw', { ...FIELDS, returns }));
    expect(await told('KPI|Atlantis|2026-27|1')).toContain('is not due');
    expect(await told('KPI|Dover|2026-27|6')).toContain('is not due');
    expect(await told('LAR|Dover|2026-27|1')).toContain('It has come in');
    const nothing = await forged(world, 'Priya', 'promise.make', {
      ...FIELDS,
      returns: DOVER,
      which: '',
    });
    expect(said(nothing)).toContain('Please tick at least one return');
    expect(await everything(world)).toEqual(before);
  });
});

/** Dover’s return, all in order. */
function typedAnswers(): Typed {
  const asked = starterMeasures.filter((m) => m['Form'] === 'KPI' && !m['LastTerm']);
  const typed = asked.map((m) => [
    `answer.${m['Title']}`,
    DOVER_ANSWERS[String(m['Question'])] ?? '',
  ]);
  return Object.fromEntries(typed) as Typed;
}
