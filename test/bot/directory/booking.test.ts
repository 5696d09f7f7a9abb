import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  book,
  cancel,
  hasPlace,
  readBookings,
  writeBookings,
} from '../../../bot/directory/booking.ts';
import {
  placesLeft,
  type Booking,
  type Clinic,
  type School,
} from '../../../bot/directory/directory.ts';
import { clinicOf } from '../made.ts';

const NOW = new Date('2026-11-24T12:00:00Z');
const SCHOOL: School = {
  name: 'Elmsbrook Primary School',
  phase: 'Primary',
  district: 'Dover',
  otherNames: [],
  linkPractitionerEmail: '',
};
const SAM = { name: 'Sam Okafor', email: 'sam.okafor@stls.example' };

const mine: Booking = { ...SAM, school: SCHOOL.name };

describe('a place', () => {
  test('is taken beside those that were noted by hand', () => {
    expect(book(clinicOf(), SCHOOL, SAM, NOW)).toEqual({
      kind: 'booked',
      booked: 3,
      bookings: [mine],
    });
  });

  test.each<[string, Clinic | undefined, Partial<School>, string]>([
    ['no such clinic', undefined, {}, SAM.email],
    ['no e-mail', clinicOf(), {}, ' '],
    ['not open to you', clinicOf({ district: 'Swale' }), {}, SAM.email],
    ['not open to you', clinicOf({ phase: 'Secondary' }), {}, SAM.email],
    ['not open to you', clinicOf({ phase: 'All schools' }), { phase: 'Early years' }, SAM.email],
    ['already', clinicOf({ bookings: [mine], booked: 6 }), {}, 'SAM.Okafor@stls.example'],
    ['over', clinicOf({ starts: NOW }), {}, SAM.email],
    ['full', clinicOf({ booked: 6 }), {}, SAM.email],
    ['full', clinicOf({ places: 10, booked: 12 }), {}, SAM.email],
    ['full', clinicOf({ places: 0, booked: 0 }), {}, SAM.email],
  ])('is not had: %s (%#)', (kind, held, school, email) => {
    expect(book(held, { ...SCHOOL, ...school }, { ...SAM, email }, NOW)).toEqual({ kind });
  });

  test('is given back, with the number that it took', () => {
    const held = clinicOf({ booked: 4, bookings: [{ ...mine, email: 'fay@stls.example' }, mine] });
    expect(cancel(held, SAM.email, NOW)).toEqual({
      kind: 'cancelled',
      booked: 3,
      bookings: [held.bookings[0]],
    });
    expect(cancel(held, 'nobody@stls.example', NOW)).toEqual({ kind: 'not booked' });
    expect(cancel(undefined, SAM.email, NOW)).toEqual({ kind: 'no such clinic' });
    expect(cancel({ ...held, starts: NOW }, SAM.email, NOW)).toEqual({ kind: 'over' });
  });
});

const people = fc.integer({ min: 0, max: 9 }).map((n) => ({
  name: `Person ${n}`,
  email: `person.${n}@stls.example`,
}));
const deed = fc.record({ who: people, isBooking: fc.boolean() });
const start = fc.record({ places: fc.nat({ max: 8 }), booked: fc.nat({ max: 10 }) });

test('whoever books and cancels in whatever order: no place is given twice, none is lost', () => {
  fc.assert(
    fc.property(start, fc.array(deed, { maxLength: 40 }), (begun, deeds) => {
      let held = clinicOf(begun);
      const booked = new Set<string>();
      for (const { who, isBooking } of deeds) {
        const had = booked.has(who.email);
        const left = placesLeft(held);
        const outcome = isBooking ? book(held, SCHOOL, who, NOW) : cancel(held, who.email, NOW);
        const expected = isBooking
          ? had
            ? 'already'
            : left > 0
              ? 'booked'
              : 'full'
          : had
            ? 'cancelled'
            : 'not booked';
        expect(outcome.kind).toBe(expected);
        if (outcome.kind !== 'booked' && outcome.kind !== 'cancelled') continue;
        if (isBooking) booked.add(who.email);
        else booked.delete(who.email);
        held = { ...held, booked: outcome.booked, bookings: outcome.bookings };
        expect(held.bookings.map(({ email }) => email).toSorted()).toEqual([...booked].toSorted());
        expect(held.booked).toBe(begun.booked + booked.size);
        expect(held.booked).toBeLessThanOrEqual(Math.max(begun.places, begun.booked));
      }
    }),
  );
});

describe('the note of who booked', () => {
  const words = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('a; b', 'line\nbreak', ';;', '\r\n', 'x\u2028y', ' ', ''),
  );
  const anybody = fc.record({ name: words, school: words, email: fc.emailAddress() });

  test('reads back as it was written, whatever is in a name', () => {
    fc.assert(
      fc.property(fc.array(anybody, { maxLength: 5 }), (bookings) => {
        const note = writeBookings(bookings);
        const read = readBookings(note);
        expect(read.map(({ email }) => email)).toEqual(bookings.map(({ email }) => email));
        expect(writeBookings(read)).toBe(note);
        for (const { email } of bookings) expect(hasPlace({ bookings: read }, email)).toBe(true);
      }),
    );
  });

  test('keeps what somebody typed by hand', () => {
    const note = 'telephoned: Mrs Fay\nSam Okafor; Elmsbrook Primary School; sam@stls.example';
    expect(writeBookings(readBookings(note))).toBe(note);
    expect(readBookings(' \r\n\n')).toEqual([]);
    const more =
      'Sam Okafor; Elmsbrook; sam@stls.example; brings Mrs Fay; by the east door\nBo;;;late';
    const read = readBookings(more);
    expect(read[0]).toMatchObject({
      email: 'sam@stls.example',
      rest: 'brings Mrs Fay; by the east door',
    });
    expect(writeBookings([...read, mine]).split('\n')).toEqual([
      'Sam Okafor; Elmsbrook; sam@stls.example; brings Mrs Fay; by the east door',
      'Bo; ; ; late',
      'Sam Okafor; Elmsbrook Primary School; sam.okafor@stls.example',
    ]);
    expect(readBookings(writeBookings(read))).toEqual(read);
  });
});
