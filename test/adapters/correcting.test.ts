import { describe, expect, test } from 'vitest';
import type { Acted } from '../../adapters/service/pressed-card.ts';
import type { FindingRecord } from '../../bot/findings/register.ts';
import { findingCode } from '../../cards/actions.ts';
import type { Card } from '../../cards/render.ts';
import { changeRow, itemsOf, KPI } from './demo-site.ts';
import { boxesOn, buttonsOn, wordsOn } from './reading-cards.ts';
import { idOf, install, press, send, sweepAt, worlds, type World } from './world.ts';

const { open } = worlds({ since: '2025-26' });
const MONDAY = '2026-11-23T09:00';
const COMMENTS = 'Two schools joined late.\nNot known – Vacancies [fteVacancies]: the post is new';

const said = ({ inPlace, reply }: Acted): string => `${wordsOn(inPlace)}\n${wordsOn(reply)}`;

/** Tunbridge Wells’ return, changed so that two things in it cannot be true and some are unusual. */
async function monday(): Promise<World> {
  const world = await open(MONDAY);
  await install(world, 'Oskar', 'Colin');
  await changeRow(world, KPI, 'KPI 2026-27 Term 1 Tunbridge Wells', {
    Actively_x0020_Supported_x0020_S: 216,
    School_x0020_Caseload: 189,
    field_8: '108%',
    FTE_x0020_Vacancies: null,
    Comments: COMMENTS,
  });
  await sweepAt(world, MONDAY);
  return world;
}

const fieldsOf = async ({ site }: World): Promise<Record<string, unknown>> => {
  const [item] = await itemsOf(site, KPI, ['Tunbridge Wells', '2026-27', 'Term 1']);
  return { ...item?.fields };
};

/** What the finding of a rule about the return is now. */
async function findingOf({ memory }: World, rule: string): Promise<FindingRecord> {
  const records = (await memory.findings.all()).map(({ value }) => value);
  const found = records.findLast(
    ({ finding, status }) =>
      finding.rule === rule &&
      finding.district === 'Tunbridge Wells' &&
      finding.year === '2026-27' &&
      status !== 'closed',
  );
  if (!found) throw new Error(`${rule} raised nothing.`);
  return found;
}

const codeOf = async (world: World, rule: string): Promise<string> =>
  findingCode((await findingOf(world, rule)).finding.id);

/** Oskar’s card, as it stands or as a press left it. */
const onCard = (world: World, inPlace?: Card) => {
  const shown = world.teams.of(idOf('Oskar')).at(-1);
  const card = inPlace ?? shown?.card;
  if (!shown || !card) throw new Error('Oskar has no card.');
  return { ...shown, card };
};

const asked = (card: Card | undefined): string[] =>
  Object.keys(boxesOn(card)).filter((id) => id.startsWith('answer.'));

describe('a correction of one finding', () => {
  test('asks its questions alone, and touches nothing else, though another error still stands', async () => {
    const world = await monday();
    const before = await fieldsOf(world);
    const finding = await codeOf(world, 'supported-within-caseload-schools');
    const opened = await press(world, 'Oskar', onCard(world), {
      title: 'Correct it',
      carrying: { finding },
    });
    expect(asked(opened.inPlace)).toEqual([
      'answer.activelySupportedSchools',
      'answer.schoolCaseload',
    ]);
    expect(wordsOn(opened.inPlace)).toContain('so the caseload cannot be the smaller number.');
    expect(buttonsOn(opened.inPlace).map(({ title }) => title)).toContain('Show all questions');

    const file = (caseload: string, inPlace = opened.inPlace) =>
      press(world, 'Oskar', onCard(world, inPlace), {
        title: 'File the correction',
        typed: { 'answer.schoolCaseload': caseload },
      });
    const stopped = await file('200');
    expect(wordsOn(stopped.inPlace)).toContain('“School caseload” is 200');
    expect(asked(stopped.inPlace)).toHaveLength(2);
    expect(await fieldsOf(world)).toEqual(before);

    const filed = await file('230', stopped.inPlace);
    expect(await fieldsOf(world)).toEqual({ ...before, School_x0020_Caseload: 230 });
    expect(wordsOn(filed.inPlace)).toContain('is in the list, but does not count as filed yet');
    expect(wordsOn(filed.inPlace)).toContain('1 thing in it still cannot be right: see below.');
    expect(await world.memory.drafts.all()).toEqual([]);
  });

  test('loses neither what was typed beside findings nor into its questions when another button is pressed', async () => {
    const world = await monday();
    const finding = await codeOf(world, 'supported-within-caseload-schools');
    const boxes = Object.keys(boxesOn(onCard(world).card)).filter((id) => id.startsWith('words.'));
    const [one = '', other = ''] = boxes;
    const typed = { [one]: 'both trainers were', [other]: 'the school of Hill Street' };
    const opened = await press(world, 'Oskar', onCard(world), {
      title: 'Correct it',
      carrying: { finding },
      typed,
    });
    expect(boxesOn(opened.inPlace)).toMatchObject(typed);

    const explained = await press(world, 'Oskar', onCard(world, opened.inPlace), {
      title: 'Send explanation',
      carrying: { finding: one.slice('words.'.length) },
      typed: { 'answer.schoolCaseload': '77', [one]: 'both trainers were away' },
    });
    const left = { 'answer.schoolCaseload': '77', [other]: typed[other] };
    expect(boxesOn(explained.inPlace)).toMatchObject(left);
    expect(Object.keys(boxesOn(explained.inPlace))).not.toContain(one);

    const all = await press(world, 'Oskar', onCard(world, explained.inPlace), {
      title: 'Show all questions',
      typed: { 'answer.schoolCaseload': '78' },
    });
    expect(asked(all.inPlace).length).toBeGreaterThan(2);
    expect(boxesOn(all.inPlace)['answer.schoolCaseload']).toBe('78');

    // So many questions leave no room for all findings; with fewer of them the words are there again.
    const back = await press(world, 'Oskar', onCard(world, all.inPlace), {
      title: 'Correct it',
      carrying: { finding },
    });
    expect(boxesOn(back.inPlace)[other]).toBe(typed[other]);
  });

  test('is put together with what somebody else changed meanwhile, and a draft of all questions stays', async () => {
    const world = await monday();
    const all = await press(world, 'Oskar', onCard(world), { title: 'Look at it' });
    await press(world, 'Oskar', onCard(world, all.inPlace), {
      title: 'Save draft',
      typed: { 'answer.eyCaseload': '101' },
    });
    const finding = await codeOf(world, 'percentage-range');
    const opened = await press(world, 'Oskar', onCard(world), {
      title: 'Correct it',
      carrying: { finding },
    });
    expect(asked(opened.inPlace)).toEqual(['answer.primarySchoolsSupportedPct']);
    const changes = { School_x0020_Caseload: 240, EY_x0020_Settings_x0020_Supporte: 71 };
    await changeRow(world, KPI, 'KPI 2026-27 Term 1 Tunbridge Wells', changes);
    await press(world, 'Oskar', onCard(world, opened.inPlace), {
      title: 'File the correction',
      typed: { 'answer.primarySchoolsSupportedPct': '73' },
    });
    expect(await fieldsOf(world)).toMatchObject({
      ...changes,
      field_8: '73%',
      Comments: COMMENTS,
    });
    const drafts = (await world.memory.drafts.all()).map(({ value }) => value);
    expect(drafts.map(({ typed }) => typed['eyCaseload']?.answer)).toEqual(['101']);
  });
});

describe('an explanation', () => {
  test('that says nothing is refused beside its boxes; a known cause is enough; what was said is there again when it is sent back', async () => {
    const world = await monday();
    const rules = (await world.memory.findings.all())
      .map(({ value: { finding, status } }) => ({ ...finding, status }))
      .filter((f) => f.district === 'Tunbridge Wells' && f.year === '2026-27')
      .filter((f) => f.severity === 'query' && f.status === 'open' && f.knownCauses.length > 0);
    const [one, other] = rules.map(({ id }) => findingCode(id));
    const cause = rules[0]?.knownCauses[0] ?? '';
    const explain = (typed: Record<string, string>, inPlace?: Card) =>
      press(world, 'Oskar', onCard(world, inPlace), {
        title: 'Send explanation',
        carrying: { finding: one ?? '' },
        typed,
      });
    for (const nothing of ['ok', '   ']) {
      const typed = { [`words.${one}`]: nothing, [`words.${other}`]: 'Half a sente' };
      const refused = await explain(typed);
      expect(wordsOn(refused.inPlace)).toContain('Please say in a few words');
      expect(boxesOn(refused.inPlace)).toMatchObject({
        [`words.${one}`]: nothing.trim(),
        [`words.${other}`]: 'Half a sente',
      });
    }
    const explained = await explain({
      [`cause.${one}`]: cause,
      [`words.${one}`]: '',
      [`words.${other}`]: 'Half a sente',
    });
    expect(said(explained)).toContain(`“${cause}”`);
    expect(said(explained)).not.toContain('Please say in a few words');
    expect(boxesOn(explained.inPlace)).toMatchObject({ [`words.${other}`]: 'Half a sente' });

    const commissioner = { actor: idOf('Colin'), activityId: '' };
    const note = 'In which school?';
    const shown = await send(world.service, commissioner, 'finding.show', { finding: one });
    await press(
      world,
      'Colin',
      { card: shown.reply as Card },
      { title: 'Send it back', typed: { 'note.0': note } },
    );
    await sweepAt(world, '2026-11-23T09:10');
    const opened = await send(
      world.service,
      { actor: idOf('Oskar'), activityId: onCard(world).activityId },
      'finding.correct',
      { finding: other },
    );
    expect(wordsOn(opened.inPlace)).toContain('Sent back by Colin Marsh (demo)');
    expect(wordsOn(opened.inPlace)).toContain('“In which school?”');
    expect(boxesOn(opened.inPlace)[`cause.${one}`]).toBe(cause);
  });
});
