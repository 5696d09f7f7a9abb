import { describe, expect, test } from 'vitest';
import { answer } from '../../adapters/service/answer.ts';
import type { Acted } from '../../adapters/service/pressed-card.ts';
import type { FindingRecord } from '../../bot/findings/register.ts';
import { findingCode } from '../../cards/actions.ts';
import type { Card } from '../../cards/render.ts';
import { changeRow, KPI } from './demo-site.ts';
import { boxesOn, wordsOn } from './reading-cards.ts';
import { idOf, install, press, send, sweepAt, worlds, type World } from './world.ts';

const { open } = worlds({ since: '2025-26' });
const MONDAY = '2026-11-23T09:00';
const TUESDAY = '2026-11-24T09:00';
const ROWANS = 'three schools moved to us from Swale';
const DELPHINES = 'to be honest we guessed this figure';

const said = ({ inPlace, reply }: Acted): string => `${wordsOn(inPlace)}\n${wordsOn(reply)}`;

/** Maidstone, whose return has a query, and whose two leads both answer. */
async function maidstone() {
  const world = await open(MONDAY);
  await install(world, 'Rowan', 'Delphine', 'Colin');
  await changeRow(world, KPI, 'KPI 2026-27 Term 1 Maidstone', {
    Actively_x0020_Supported_x0020_S: 150,
    School_x0020_Caseload: 489,
  });
  await sweepAt(world, MONDAY);
  const [query] = (await recordsOf(world)).filter(
    ({ finding, status }) =>
      finding.district === 'Maidstone' &&
      finding.year === '2026-27' &&
      finding.severity === 'query' &&
      status === 'open',
  );
  const id = query?.finding.id;
  if (id === undefined) throw new Error('Maidstone has no query.');
  const finding = findingCode(id);
  const explain = (name: string, words: string) =>
    send(world.service, { actor: idOf(name), activityId: '' }, 'finding.explain', {
      finding,
      [`words.${finding}`]: words,
    });
  const record = async () => (await recordsOf(world)).find((one) => one.finding.id === id);
  return { world, finding, explain, record };
}

const recordsOf = async ({ memory }: World): Promise<FindingRecord[]> =>
  (await memory.findings.all()).map(({ value }) => value);

/** The finding as a commissioner is shown it. */
async function shownTo(name: string, world: World, finding: string): Promise<Card> {
  const pressed = { actor: idOf(name), activityId: '' };
  const { reply } = await send(world.service, pressed, 'finding.show', { finding });
  if (!reply) throw new Error('The finding was not shown.');
  return reply;
}

describe('an explanation', () => {
  test.each([
    ['Accept', 'accepted'],
    ['Send it back', 'sent back'],
  ])(
    'that nobody has read is not decided on: “%s” shows it, with the note that was typed',
    async (title, status) => {
      const { world, finding, explain, record } = await maidstone();
      await explain('Rowan', ROWANS);
      const card = await shownTo('Colin', world, finding);
      expect(wordsOn(card)).toContain(ROWANS);
      await explain('Delphine', DELPHINES);

      const typed = { 'note.0': 'As we said by telephone.' };
      const told = await press(world, 'Colin', { card }, { title, typed });
      expect(wordsOn(told.reply)).toContain('Somebody has answered this again');
      expect(wordsOn(told.inPlace)).toContain(DELPHINES);
      expect(boxesOn(told.inPlace)).toMatchObject(typed);
      expect(await record()).toMatchObject({ status: 'explained' });

      if (!told.inPlace) throw new Error('The card was not shown.');
      await press(world, 'Colin', { card: told.inPlace }, { title });
      expect(await record()).toMatchObject({ status });
      expect((await record())?.history.at(-1)).toMatchObject({ text: typed['note.0'] });
    },
  );

  test('is not decided on from the card of its district, or an alert, that shows another', async () => {
    const { world, finding, explain, record } = await maidstone();
    await explain('Rowan', ROWANS);
    await sweepAt(world, TUESDAY);
    const service = world.service;
    const cards = [
      await answer(service, idOf('Colin'), { name: 'show district', district: 'Maidstone' }),
      world.teams.of(idOf('Colin')).at(-1)?.card as Card,
    ];
    await explain('Delphine', DELPHINES);
    for (const card of cards) {
      const accept = { title: 'Accept', carrying: { finding } };
      const told = await press(world, 'Colin', { card }, accept);
      expect(said(told)).toContain('Somebody has answered this again');
      expect((await record())?.status).toBe('explained');
    }
  });

  test('that came while a commissioner accepted the figure as it stood is read first', async () => {
    const { world, finding, explain, record } = await maidstone();
    const card = await shownTo('Colin', world, finding);
    await explain('Rowan', ROWANS);
    const told = await press(world, 'Colin', { card }, { title: 'Accept' });
    expect(wordsOn(told.inPlace)).toContain(ROWANS);
    expect((await record())?.status).toBe('explained');
  });

  test('is not decided on from a card of before, which does not say what it showed', async () => {
    const { world, finding, explain, record } = await maidstone();
    const colin = { actor: idOf('Colin'), activityId: '' };
    await explain('Rowan', ROWANS);
    for (const verb of ['finding.accept', 'finding.sendBack']) {
      const told = await send(world.service, colin, verb, { finding, note: 'fine' });
      expect(said(told)).toContain('Please open it again');
      expect((await record())?.status).toBe('explained');
    }
  });
});

test('a figure that nobody explained is accepted from a card of before', async () => {
  const { world, finding, record } = await maidstone();
  const colin = { actor: idOf('Colin'), activityId: '' };
  await send(world.service, colin, 'finding.accept', { finding });
  expect((await record())?.status).toBe('accepted');
});
