import { expect, test } from 'vitest';
import { answer } from '../../adapters/service/answer.ts';
import { look } from '../../adapters/service/service.ts';
import type { Command } from '../../bot/conversation/command.ts';
import type { Look } from '../../bot/look.ts';
import { returnId } from '../../bot/returns/return.ts';
import { buttonsOn, wordsOn } from './reading-cards.ts';
import { idOf, worlds, type World } from './world.ts';

const { open } = worlds({ since: '2025-26' });
const MONDAY = '2026-11-23T09:00';

const shown = ({ service }: World, who: string, command: Command) =>
  answer(service, idOf(who), command);
const said = async (world: World, who: string, command: Command): Promise<string> =>
  wordsOn(await shown(world, who, command)).replaceAll(/\s*\n\s*/g, ' ');

test('the last return of each form is shown with its figures, and what is still to file', async () => {
  const world = await open(MONDAY);
  const words = await said(world, 'Priya', { name: 'my last return' });
  expect(words).toContain('KPI return, Term 6, 2025-26 First filed Wed 9 Sept');
  expect(words).toContain('2026-27 First filed Wed 11 Nov, 14:45, on time (due Wed 18 Nov)');
  expect(words).toContain('School caseload: 176');
  expect(words).toContain('KPI return, Term 1, 2026-27: overdue since Wed 18 Nov');

  const figure = await said(world, 'Priya', { name: 'my last return', measure: 'schoolCaseload' });
  expect(figure).toContain('Every child open to the service');
  expect(figure).toContain('176 Term 6, 2025-26 166 Term 5, 2025-26 the one before');

  await approve(world, 'LAR|Dover|2026-27|1');
  const report = await said(world, 'Priya', { name: 'my last return', form: 'LAR' });
  expect(report).toContain('Approved by Colin Marsh (demo), Mon 23 Nov, 09:30');
  expect(report).not.toContain('KPI return');

  const another = await said(world, 'Sam', { name: 'my last return' });
  expect(another).toContain('Sorry, I cannot do that for you');
});

const lookNow = ({ service }: World): Promise<Look> => look(service, service.clock.now());

/** The return as it is held, approved by a commissioner. */
async function approve(world: World, id: string): Promise<void> {
  const { situation } = await lookNow(world);
  const filed = situation.statuses.find((status) => returnId(status) === id)?.filed;
  if (!filed) throw new Error(`${id} is not held.`);
  const { answers, remarks, itemId, etag } = filed;
  const at = new Date('2026-11-23T09:30:00Z');
  const by = { by: idOf('Colin'), name: 'Colin Marsh (demo)' };
  await world.memory.approvals.put(id, {
    made: [{ at, ...by, what: 'approved', itemId, etag, answers, remarks, accepted: [] }],
  });
}

test('open queries are asked on the card that takes their answers, and wait for a commissioner once explained', async () => {
  const world = await open(MONDAY);
  const card = await shown(world, 'Joss', { name: 'my open queries' });
  expect(wordsOn(card)).toContain('Questions about your figures');
  expect(buttonsOn(card).map(({ verb }) => verb)).toContain('finding.explain');
  expect(await said(world, 'Priya', { name: 'my open queries' })).toContain('Nothing is queried');

  const { situation } = await lookNow(world);
  const asked = situation.findings.filter(
    ({ finding }) => finding.district === 'Canterbury' && finding.year === '2026-27',
  );
  for (const record of asked) {
    await world.memory.findings.put(record.finding.id, { ...record, status: 'explained' });
  }
  const words = await said(world, 'Joss', { name: 'my open queries' });
  expect(words).toContain('2 explanations wait for a commissioner.');
});
