import { afterEach, describe, expect, test } from 'vitest';
import { askAwayView } from '../../../adapters/presenting/away-card.ts';
import { calendarLink } from '../../../adapters/presenting/calendar-link.ts';
import {
  clinicsView,
  MOST_CLINICS,
  MOST_OWN_CLINICS,
  noClinicView,
  type ClinicsFor,
} from '../../../adapters/presenting/clinic-cards.ts';
import { MOST_SCHOOLS, schoolsView } from '../../../adapters/presenting/directory-cards.ts';
import type { Clinic, Directory, School } from '../../../bot/directory/directory.ts';
import { renderCard } from '../../../cards/render.ts';
import { clinicOf } from '../../bot/made.ts';
import { sizeOf } from '../../cards/samples.ts';

const clinic = (over: Partial<Clinic> = {}): Clinic =>
  clinicOf({
    id: '7',
    title: 'Dover clinic',
    place: 'Room 2; upstairs & left',
    minutes: 90,
    ...over,
  });

const school: School = {
  name: 'Elmsbrook',
  phase: 'Primary',
  district: 'Dover',
  otherNames: [],
  linkPractitionerEmail: '',
};
const email = 'sam@stls.example';
const of = (clinics: Clinic[] = []): ClinicsFor => {
  const directory: Directory = {
    schools: [school],
    practitioners: [],
    clinics,
    glossary: [],
    isComplete: true,
  };
  return { directory, at: new Date('2026-11-24T12:00:00Z'), senco: { school, email } };
};

describe('the link that puts a clinic into a calendar', () => {
  const zone = process.env['TZ'];
  afterEach(() => {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });

  const timesOf = (over: Partial<Clinic>): (string | null)[] => {
    const { searchParams } = new URL(calendarLink(clinic(over)));
    return ['startdt', 'enddt'].map((name) => searchParams.get(name));
  };

  test.each(['UTC', 'America/New_York', 'Asia/Tokyo'])(
    'gives London’s time in winter and in summer, wherever the service runs (%s)',
    (where) => {
      process.env['TZ'] = where;
      expect(timesOf({})).toEqual(['2026-12-02T13:30:00', '2026-12-02T15:00:00']);
      expect(timesOf({ starts: new Date('2027-06-10T12:30:00Z') })).toEqual([
        '2027-06-10T13:30:00',
        '2027-06-10T15:00:00',
      ]);
    },
  );

  test('is https, and holds what the list says as data alone', () => {
    const title = 'A & B #1 <x>&startdt=2000-01-01';
    const { protocol, host, searchParams } = new URL(calendarLink(clinic({ title })));
    expect([protocol, host]).toEqual(['https:', 'outlook.office.com']);
    expect(searchParams.get('subject')).toBe(title);
    expect(searchParams.getAll('startdt')).toEqual(['2026-12-02T13:30:00']);
    expect(searchParams.get('location')).toBe('Room 2; upstairs & left');
    const body = (joinLink: string) =>
      new URL(calendarLink(clinic({ joinLink }))).searchParams.get('body');
    expect(body('https://meet.stls.example/a?b=c&d')).toBe('https://meet.stls.example/a?b=c&d');
    expect(body('javascript:alert(1)')).toBeNull();
  });

  test('leaves the place out rather than be too long, and is none where the title alone is', () => {
    const long = calendarLink(clinic({ place: '長'.repeat(255) }));
    expect(new URL(long).searchParams.get('location')).toBeNull();
    expect(calendarLink(clinic({ title: '長'.repeat(255) }))).toBe('');
  });
});

describe('a card of clinics', () => {
  const render = (clinics: Clinic[], over: Partial<ClinicsFor> = {}) =>
    renderCard(
      'clinics',
      clinicsView(clinics, { ...of(clinics), ...over }, { headline: 'Clinics' }),
    );

  test.each(['x', '長', '"'])('as long as it gets, of “%s”, is under 28 KB', (letter) => {
    const words = letter.repeat(255);
    const bookings = Array.from({ length: 40 }, () => ({
      name: words,
      school: words,
      email: words,
    }));
    const longest = (n: number) =>
      clinic({
        id: `${n}`.padStart(12, '9'),
        title: words,
        district: words,
        place: words,
        joinLink: `https://${'x'.repeat(700)}`,
        bookings,
      });
    const clinics = Array.from({ length: MOST_CLINICS }, (_, n) => longest(n));
    expect(sizeOf(render(clinics))).toBeLessThan(28 * 1024);
    const runBy = { email };
    const own = clinics.slice(0, MOST_OWN_CLINICS);
    expect(sizeOf(render(own, { runBy }))).toBeLessThan(28 * 1024);
  });

  test('opens no address that is not https', () => {
    for (const joinLink of [
      'javascript:alert(1)',
      'http://a.example',
      `https://${'x'.repeat(900)}`,
    ]) {
      expect(JSON.stringify(render([clinic({ joinLink })]))).not.toContain('"Join online"');
    }
  });

  test('says what was looked for, and what there is instead', () => {
    const clinics = [clinic()];
    const among = { districts: ['Dover'], phase: 'Primary' } as const;
    const view = noClinicView({ mode: 'virtual', after: '2026-12-01' }, among, of(clinics));
    expect(view).toMatchObject({
      headline: 'No virtual clinic for primary schools in Dover after Tue 1 Dec',
      text: 'The next in person is Wed 2 Dec, 13:30.',
      clinics: [{ book: 'Book a place' }],
    });
    expect(noClinicView({}, among, of())).toMatchObject({
      headline: 'No clinic is planned yet',
      text: 'No clinic for primary schools in Dover is in the list yet. Your link practitioner can tell you more.',
    });
  });
});

test('a card of more schools than fit is under 28 KB, and says so', () => {
  const words = '"'.repeat(255);
  const schools = Array.from({ length: MOST_SCHOOLS + 1 }, () => ({
    ...school,
    name: words,
    district: words,
  }));
  const view = schoolsView(schools);
  expect(view).toMatchObject({ text: 'The first 60; the list has all.' });
  expect(view.headline).toContain('61 schools and settings');
  expect(sizeOf(renderCard('schools', view))).toBeLessThan(28 * 1024);
});

test('a form with more covers than fit is under 28 KB', () => {
  const practitioners = Array.from({ length: 100 }, (_, n) => ({
    name: '"'.repeat(255),
    email: `${'x'.repeat(240)}${n}@a.example`,
    phone: '',
    coverEmail: '',
  }));
  const [who] = practitioners;
  if (!who) throw new Error('There is nobody.');
  const about = { directory: { ...of().directory, practitioners }, at: of().at, why: '' };
  const view = askAwayView(who, { from: '', until: '', cover: '' }, about);
  expect(sizeOf(renderCard('away', view))).toBeLessThan(28 * 1024);
});
