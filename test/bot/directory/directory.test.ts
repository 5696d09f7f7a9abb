import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  linkContact,
  ownSchool,
  placesLeft,
  type Directory,
  type LinkPractitioner,
  type School,
} from '../../../bot/directory/directory.ts';
import { canonicalDistrict } from '../../../bot/directory/district-name.ts';
import { clinicOf } from '../made.ts';

const school: School = {
  name: 'Elmsbrook Primary School',
  phase: 'Primary',
  district: 'Dover',
  otherNames: ['Elmsbrook'],
  linkPractitionerEmail: 'hollis@stls.example',
};
const hollis: LinkPractitioner = {
  name: 'Hollis Kerr',
  email: 'Hollis@stls.example',
  phone: '01632 960102',
  coverEmail: 'fern@stls.example',
};
const fern: LinkPractitioner = { ...hollis, name: 'Fern Abel', email: 'fern@stls.example' };
const away = { ...hollis, awayFrom: '2026-11-23', awayUntil: '2026-12-04' };

const directory = (over: Partial<Directory> = {}): Directory => ({
  schools: [school],
  practitioners: [hollis, fern],
  clinics: [],
  glossary: [],
  isComplete: true,
  ...over,
});

describe('a SENCO’s own school', () => {
  const at = (organisation: string, ...districts: string[]) => ({ organisation, districts });

  test.each(['Elmsbrook Primary School', ' elmsbrook  primary school ', 'ELMSBROOK'])(
    'is found as “%s”',
    (name) => expect(ownSchool(at(name), directory())).toBe(school),
  );

  test.each(['Elmsbrook Primary', '', 'Another School'])('“%s” is not guessed', (name) =>
    expect(ownSchool(at(name), directory())).toBeUndefined(),
  );

  test('is not another of its name elsewhere, where the people list says in which district', () => {
    const schools = [{ ...school, district: 'Swale' }, school];
    const found = (...districts: string[]) =>
      ownSchool(at('Elmsbrook', ...districts), directory({ schools }))?.district;
    expect([found('Dover'), found('Swale'), found('Thanet'), found()]).toEqual([
      'Dover',
      'Swale',
      undefined,
      'Swale',
    ]);
  });
});

describe('the link practitioner', () => {
  const at = (instant: string, practitioners = [away, fern]) =>
    linkContact(school, directory({ practitioners }), new Date(instant));

  test('is at work before and after an absence', () => {
    expect(at('2026-11-22T12:00:00Z')).toEqual({
      kind: 'at work',
      practitioner: away,
      next: { from: '2026-11-23', until: '2026-12-04', cover: fern },
    });
    expect(at('2026-12-05T00:00:00Z')).toEqual({
      kind: 'at work',
      practitioner: away,
      next: undefined,
    });
  });

  test.each(['2026-11-23T00:00:00Z', '2026-12-04T23:59:00Z'])(
    'is away at %s: the cover is named, and until when',
    (instant) => {
      expect(at(instant)).toEqual({
        kind: 'away',
        practitioner: away,
        until: '2026-12-04',
        cover: fern,
        coverAwayUntil: undefined,
      });
    },
  );

  test('whose cover is away too is told with both absences', () => {
    const cover = { ...fern, awayFrom: '2026-11-20', awayUntil: '2026-11-25' };
    const during = (instant: string) => at(instant, [away, cover]);
    expect(during('2026-11-24T12:00:00Z')).toMatchObject({ cover, coverAwayUntil: '2026-11-25' });
    expect(during('2026-11-26T12:00:00Z')).toMatchObject({ cover, coverAwayUntil: undefined });
  });

  test('an absence follows the London day', () => {
    const summer = { ...hollis, awayFrom: '2027-06-10', awayUntil: '2027-06-10' };
    expect(at('2027-06-09T23:30:00Z', [summer, fern]).kind).toBe('away');
    expect(at('2027-06-10T23:30:00Z', [summer, fern]).kind).toBe('at work');
  });

  test('away without a cover says so, and names nobody else', () => {
    expect(at('2026-11-24T12:00:00Z', [{ ...away, coverEmail: '' }, fern])).toMatchObject({
      kind: 'away',
      cover: undefined,
    });
  });

  test('is none where the school names none, or one who has left', () => {
    const none = { kind: 'none named' };
    const orphan = { ...school, linkPractitionerEmail: '' };
    const nobody = { ...hollis, email: '' };
    expect(linkContact(orphan, directory({ practitioners: [nobody] }), new Date(0))).toEqual(none);
    expect(at('2026-11-24T12:00:00Z', [fern])).toEqual(none);
  });
});

test('a clinic never has fewer than no places left, whatever was noted by hand', () => {
  const booking = { name: 'Sam', school: 'Elmsbrook', email: 'sam@stls.example' };
  expect([2, 6, 9].map((booked) => placesLeft(clinicOf({ booked })))).toEqual([4, 0, 0]);
  expect(placesLeft(clinicOf({ places: 10, booked: 12 }))).toBe(0);
  const lines = clinicOf({
    booked: 0,
    bookings: [booking, { ...booking, email: 'fay@stls.example' }],
  });
  expect(placesLeft(lines)).toBe(4);
});

describe('a district’s name', () => {
  const districts = [
    { name: 'Dover', otherNames: [] },
    { name: 'Folkestone and Hythe', otherNames: ['Folkstone and Hythe'] },
    { name: 'Tonbridge and Malling', otherNames: [] },
    { name: 'Tunbridge Wells', otherNames: ['T Wells'] },
  ];

  test.each([
    ['Folkestone and Hythe', 'Folkestone and Hythe'],
    ['Folkstone and Hythe', 'Folkestone and Hythe'],
    ['Folkestone & Hythe', 'Folkestone and Hythe'],
    ['folkestone&hythe ', 'Folkestone and Hythe'],
    ['Tonbridge & Malling', 'Tonbridge and Malling'],
    [' DOVER', 'Dover'],
    ['Tunbridge  Wells', 'Tunbridge Wells'],
    ['Ｄｏｖｅｒ', 'Dover'],
  ])('“%s” is %s', (written, name) => {
    expect(canonicalDistrict(written, districts)).toBe(name);
  });

  test.each(['Medway', '', 'Dove', 'Dover and Swale', 'Hythe'])(
    '“%s” is not guessed',
    (written) => {
      expect(canonicalDistrict(written, districts)).toBeUndefined();
    },
  );

  test('no text makes looking for one throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(() => canonicalDistrict(text, districts)).not.toThrow();
      }),
    );
  });
});
