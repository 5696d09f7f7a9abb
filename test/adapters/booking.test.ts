import { describe, expect, test } from 'vitest';
import { answer } from '../../adapters/service/answer.ts';
import type { Acted } from '../../adapters/service/pressed-card.ts';
import type { Service } from '../../adapters/service/service.ts';
import { CLINICS, PEOPLE } from '../../adapters/sharepoint/bot-lists.ts';
import { createGraph } from '../../adapters/sharepoint/graph.ts';
import { createBudget } from '../../adapters/sharepoint/resource-units.ts';
import { openSite } from '../../adapters/sharepoint/site.ts';
import type { Command } from '../../bot/conversation/command.ts';
import { readBookings } from '../../bot/directory/booking.ts';
import type { Card } from '../../cards/render.ts';
import { changeRow, patientSiteAt, SITE, siteAt, type DemoSite } from './demo-site.ts';
import { wordsOn } from './reading-cards.ts';
import { idOf, press, send, worlds, type World } from './world.ts';

const { open } = worlds({ since: '2025-26' });
const MONDAY = '2026-11-23T09:00';

const say = (world: World, command: Command, who = 'Sam'): Promise<Card> =>
  answer(world.service, idOf(who), command);
const words = (acted: Acted): string => wordsOn(acted.inPlace ?? acted.reply);

/** A Dover clinic of the demo by its day, as the list has it now. */
async function clinicOn({ url }: Pick<DemoSite, 'url'>, day: string) {
  const items = await siteAt(url).items(CLINICS);
  const item = items.find(
    ({ fields }) => fields['District'] === 'Dover' && String(fields['Starts']).startsWith(day),
  );
  if (!item) throw new Error(`Dover has no clinic on ${day}.`);
  const { Booked: booked, BookedBy: by } = item.fields;
  return { id: item.id, booked, lines: readBookings(typeof by === 'string' ? by : '') };
}

/** Changes a Dover clinic as somebody might in the list. */
async function changeClinic(world: World, day: string, fields: Record<string, unknown>) {
  const { id } = await clinicOn(world, day);
  const { status } = await world.graph.send(
    'PATCH',
    world.graph.list(CLINICS, `/items/${id}/fields`),
    fields,
  );
  expect(status).toBe(200);
  return id;
}

/** Presses a button on a clinic, whether any card showed it or not. */
const pressOn = (world: World, verb: string, clinic: string, who = 'Sam'): Promise<Acted> =>
  send(world.service, { actor: idOf(who), activityId: '' }, verb, { clinic });

/** Somebody who is SENCO of a school and of a setting has two rows. */
const giveSamAnotherSchool = ({ graph }: World) =>
  graph.add(PEOPLE, {
    Title: 'Sam Okafor (demo)',
    Email: 'sam.okafor@stls.example',
    EntraObjectId: idOf('Sam'),
    Role: 'SENCO',
    Organisation: 'Little Lanterns Nursery (demo)',
  });

describe('a place at a clinic', () => {
  test('is booked by a button and given back by the next, on the same card', async () => {
    const world = await open(MONDAY);
    const card = await say(world, { name: 'next clinic' });
    const booked = await press(world, 'Sam', { card }, { title: 'Book a place', carrying: {} });
    expect(words(booked)).toContain('You have a place: Wed 2 Dec, 13:30');
    expect(words(booked), 'the others stay in sight').toContain('Wed 25 Nov, 13:30');
    expect(await clinicOn(world, '2026-12-02')).toMatchObject({
      booked: 3,
      lines: [{ name: 'Sam Okafor (demo)' }],
    });
    if (!booked.inPlace) throw new Error('The card is not changed in place.');
    expect(await say(world, { name: 'my bookings' }).then(wordsOn)).toContain('You have a place');
    const given = await press(world, 'Sam', { card: booked.inPlace }, { title: 'Cancel my place' });
    expect(words(given)).toContain('Your place is given back: Wed 2 Dec, 13:30');
    expect(await clinicOn(world, '2026-12-02')).toMatchObject({ booked: 2, lines: [] });
    if (!given.inPlace) throw new Error('The card is not changed in place.');
    expect(
      words(await press(world, 'Sam', { card: given.inPlace }, { title: 'Book again' })),
    ).toContain('You have a place');
    expect(
      words(await pressOn(world, 'clinic.book', (await clinicOn(world, '2026-12-02')).id)),
    ).toContain('already');
    expect((await clinicOn(world, '2026-12-02')).booked).toBe(3);
  });

  test('is booked in words where one clinic is meant, and asked about where several fit', async () => {
    const world = await open(MONDAY);
    const ask = (command: Command) => say(world, command).then(wordsOn);
    expect(await ask({ name: 'book clinic' })).toContain('Shall I book Wed 2 Dec, 13:30?');
    expect((await clinicOn(world, '2026-12-02')).booked).toBe(2);
    expect(await ask({ name: 'book clinic', on: '2026-12-09' })).toContain(
      'You have a place: Wed 9 Dec',
    );
    expect(await ask({ name: 'book clinic', mode: 'virtual' })).toContain(
      'You have a place: Wed 2 Dec',
    );
    expect(await ask({ name: 'book clinic', on: '2026-12-09' })).toContain(
      'You have a place already',
    );
    expect(await ask({ name: 'book clinic', on: '2026-11-25' })).toContain('That clinic is full');
    expect(await ask({ name: 'book clinic', on: '2026-12-10' })).toContain(
      'No clinic for primary schools in Dover on Thu 10 Dec',
    );
    expect(await ask({ name: 'book clinic', phase: 'Secondary', on: '2026-12-01' })).toContain(
      'That clinic is for others',
    );
    expect(await ask({ name: 'book clinic' })).toContain('Shall I book Wed 16 Dec, 13:30?');
    expect(await ask({ name: 'my bookings' })).toContain('You have 2 places');
    expect(await ask({ name: 'cancel booking' })).toContain('Which of your places');
    expect(await ask({ name: 'cancel booking', on: '2026-12-09' })).toContain(
      'given back: Wed 9 Dec',
    );
    expect(await ask({ name: 'cancel booking' })).toContain('given back: Wed 2 Dec');
    expect(await ask({ name: 'cancel booking' })).toContain('You have no place to cancel');
    expect(await clinicOn(world, '2026-12-02')).toMatchObject({ booked: 2, lines: [] });
  });

  test('is not had at a full clinic, another school’s, one that is over or gone, or without an e-mail address', async () => {
    const world = await open(MONDAY);
    const full = (await clinicOn(world, '2026-11-25')).id;
    expect(words(await pressOn(world, 'clinic.book', full))).toContain(
      'The next with a place is Wed 2 Dec',
    );
    const early = (await clinicOn(world, '2026-11-26')).id;
    expect(words(await pressOn(world, 'clinic.book', early))).toContain('for early years in Dover');
    expect(words(await pressOn(world, 'clinic.book', '999999'))).toContain('no such clinic');
    expect(words(await pressOn(world, 'clinic.book', full, 'Priya'))).toContain('Sorry');
    for (const verb of ['clinic.book', 'clinic.cancel']) {
      expect(words(await pressOn(world, verb, full, 'Idris'))).toContain('no such clinic');
    }
    const over = await changeClinic(world, '2026-12-02', { Starts: '2026-11-20T10:00:00Z' });
    expect(words(await pressOn(world, 'clinic.book', over))).toContain('has begun');
    await changeRow(world, PEOPLE, 'Sam Okafor (demo)', { Email: '' });
    const open9 = (await clinicOn(world, '2026-12-09')).id;
    expect(words(await pressOn(world, 'clinic.book', open9))).toContain('no e-mail address');
    expect((await clinicOn(world, '2026-12-09')).lines).toEqual([]);
  });

  test('is had at the clinics of each school by a SENCO of two', async () => {
    const world = await open(MONDAY);
    await giveSamAnotherSchool(world);
    const early = (await clinicOn(world, '2026-11-26')).id;
    expect(words(await pressOn(world, 'clinic.book', early))).toContain('You have a place');
    expect((await clinicOn(world, '2026-11-26')).lines).toMatchObject([
      { school: 'Little Lanterns Nursery (demo)' },
    ]);
    const primary = (await clinicOn(world, '2026-12-09')).id;
    expect(words(await pressOn(world, 'clinic.book', primary))).toContain('You have a place');
    expect(wordsOn(await say(world, { name: 'my bookings' }))).toContain('You have 2 places');
    expect(wordsOn(await say(world, { name: 'link practitioner' }))).toContain('Which school');
  });

  test('is booked in words for whichever of their schools the clinic is for by a SENCO of two', async () => {
    const world = await open(MONDAY);
    await giveSamAnotherSchool(world);
    const ask = (command: Command) => say(world, command).then(wordsOn);
    expect(await ask({ name: 'book clinic' })).toContain('Shall I book Thu 26 Nov, 10:00?');
    expect(await ask({ name: 'book clinic', on: '2026-11-26' })).toContain(
      'You have a place: Thu 26 Nov',
    );
    expect((await clinicOn(world, '2026-11-26')).lines).toMatchObject([
      { school: 'Little Lanterns Nursery (demo)' },
    ]);
    expect(await ask({ name: 'book clinic', on: '2026-12-09' })).toContain(
      'You have a place: Wed 9 Dec',
    );
    expect((await clinicOn(world, '2026-12-09')).lines).toMatchObject([
      { school: 'Elmsbrook Primary School (demo)' },
    ]);
    expect(await ask({ name: 'book clinic', on: '2026-12-10' })).toContain(
      'No clinic in Dover on Thu 10 Dec',
    );
  });

  test('in another district is refused in words, and none of one’s own is booked instead', async () => {
    const world = await open(MONDAY);
    const wish: Command = { name: 'book clinic', on: '2026-12-09', district: 'Swale' };
    expect(wordsOn(await say(world, wish))).toContain('Sorry, I cannot do that');
    expect((await clinicOn(world, '2026-12-09')).lines).toEqual([]);
    expect(wordsOn(await say(world, { ...wish, district: 'Dover' }))).toContain('You have a place');
  });

  test('counts those that were noted by hand, and keeps their lines', async () => {
    const world = await open(MONDAY);
    const id = await changeClinic(world, '2026-12-09', {
      Booked: 12,
      BookedBy: 'Mrs Fay telephoned',
    });
    expect(words(await pressOn(world, 'clinic.book', id))).toContain('That clinic is full');
    await changeClinic(world, '2026-12-09', { Booked: 1 });
    expect(words(await pressOn(world, 'clinic.book', id))).toContain('You have a place');
    expect(await clinicOn(world, '2026-12-09')).toMatchObject({
      booked: 2,
      lines: [{ name: 'Mrs Fay telephoned' }, { email: 'sam.okafor@stls.example' }],
    });
  });
});

/** SENCOs of Sam's school, beside those of the demo. */
async function hireSencos({ graph }: World, count: number): Promise<string[]> {
  const ids = Array.from(
    { length: count },
    (_, n) => `00000000-0000-4000-8000-0000000009${String(n).padStart(2, '0')}`,
  );
  await Promise.all(
    ids.map((id, n) =>
      graph.add(PEOPLE, {
        Title: `Senco ${n}; of\nmany`,
        Email: `senco.${n}@stls.example`,
        EntraObjectId: id,
        Role: 'SENCO',
        Organisation: 'Elmsbrook Primary School (demo)',
      }),
    ),
  );
  return ids;
}

/** The same service as another process has it, with its own copy of the lists. */
function process(world: World): Service {
  const graph = createGraph(world.url, { budget: createBudget(1_000_000) });
  return world.withParts({ site: openSite(graph, new URL(SITE)), pressMs: 25_000 });
}

describe('when many want a place at once', () => {
  test('forty people in two processes and six places: six have one, the others are told it is full', async () => {
    const world = await open(MONDAY);
    const id = await changeClinic(world, '2026-12-16', { Places: 6, Booked: 0 });
    const ids = await hireSencos(world, 40);
    const services = [process(world), process(world)];
    const answers = await Promise.all(
      ids.map(async (actor, n) => {
        const service = services[n % 2] ?? world.service;
        const pressed = { actor, activityId: '' };
        return words(await send(service, pressed, 'clinic.book', { clinic: id }));
      }),
    );
    const told = (what: string) => answers.filter((text) => text.includes(what)).length;
    expect([told('You have a place: Wed 16 Dec'), told('That clinic is full')]).toEqual([6, 34]);
    const { booked, lines } = await clinicOn(world, '2026-12-16');
    expect(booked).toBe(6);
    expect(new Set(lines.map(({ email }) => email)).size).toBe(6);
    for (const [n, text] of answers.entries()) {
      const isIn = lines.some(({ email }) => email === `senco.${n}@stls.example`);
      expect(text.includes('You have a place'), `senco ${n}`).toBe(isIn);
    }
  }, 30_000);

  test.each(['504 after', 'dropped after'] as const)(
    'an answer that is lost (%s) takes no second place, and the booking stands',
    async (kind) => {
      const world = await open(MONDAY);
      const id = await changeClinic(world, '2026-12-16', { Places: 3, Booked: 0 });
      const ids = await hireSencos(world, 4);
      const service = world.withParts({ site: patientSiteAt(world.url), pressMs: 25_000 });
      world.emulator.faults.order([{ kind, method: 'PATCH', list: CLINICS, every: 2 }]);
      const answers: string[] = [];
      const bookFor = async (actor: string) =>
        answers.push(
          words(await send(service, { actor, activityId: '' }, 'clinic.book', { clinic: id })),
        );
      await Promise.all(ids.map(bookFor));
      expect(world.emulator.requests.read().failedByOrder).toBeGreaterThan(0);
      expect(answers.filter((text) => text.includes('You have a place: '))).toHaveLength(3);
      expect(await clinicOn(world, '2026-12-16')).toMatchObject({
        booked: 3,
        lines: { length: 3 },
      });
    },
  );

  test.each(['504 after', 'dropped after'] as const)(
    'an answer that never comes (%s) is told as such, and pressing again takes no second place',
    async (kind) => {
      const world = await open(MONDAY);
      const { id } = await clinicOn(world, '2026-12-16');
      world.emulator.faults.order([{ kind, method: 'PATCH', list: CLINICS }]);
      const unclear = 'I cannot tell yet whether that worked';
      expect(words(await pressOn(world, 'clinic.book', id))).toContain(unclear);
      world.emulator.faults.clear();
      expect(words(await pressOn(world, 'clinic.book', id))).toContain('You have a place already');
      expect(await clinicOn(world, '2026-12-16')).toMatchObject({
        booked: 1,
        lines: { length: 1 },
      });
    },
  );
});
