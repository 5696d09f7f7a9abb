import { describe, expect, test } from 'vitest';
import {
  clinicsRunBy,
  clinicsWanted,
  nearestClinics,
  termOrNext,
  type Among,
} from '../../../bot/directory/clinics.ts';
import type { ClinicWish } from '../../../bot/conversation/command.ts';
import type { Clinic } from '../../../bot/directory/directory.ts';
import { clinicOf } from '../made.ts';

const now = new Date('2026-11-24T12:00:00Z');
const PRIMARY: Among = { districts: ['Dover'], phase: 'Primary' };

const clinic = (title: string, starts: string, over: Partial<Clinic> = {}): Clinic =>
  clinicOf({ title, starts: new Date(starts), ...over });

const online = { place: 'Online', joinLink: 'https://meet.stls.example/dover' };
const CLINICS = [
  clinic('in person', '2026-12-09T13:30:00Z'),
  clinic('online', '2026-12-02T13:30:00Z', online),
  clinic('full', '2026-11-25T13:30:00Z', { booked: 6 }),
  clinic('secondary', '2026-11-26T13:30:00Z', { phase: 'Secondary', ...online }),
  clinic('all', '2026-12-16T13:30:00Z', { phase: 'All schools', joinLink: online.joinLink }),
  clinic('Swale', '2026-11-30T13:30:00Z', { district: 'Swale' }),
  clinic('begun', '2026-11-24T12:00:00Z'),
];

const titles = (wish: ClinicWish, among = PRIMARY) =>
  clinicsWanted(CLINICS, among, wish, now).map(({ title }) => title);

describe('the clinics that somebody wishes for', () => {
  test('are those of the district and phase that have not begun, soonest first', () => {
    expect(titles({})).toEqual(['full', 'online', 'in person', 'all']);
    expect(titles({}, { districts: ['Swale', 'Dover'] })).toEqual([
      'full',
      'secondary',
      'Swale',
      'online',
      'in person',
      'all',
    ]);
  });

  test.each<[ClinicWish, string[]]>([
    [{ phase: 'Secondary' }, ['secondary', 'all']],
    [{ phase: 'Early years' }, []],
    [{ after: '2026-12-02' }, ['in person', 'all']],
    [{ until: '2026-12-02' }, ['full', 'online']],
    [{ after: '2026-11-25', until: '2026-12-09' }, ['online', 'in person']],
    [{ on: '2026-12-09' }, ['in person']],
    [{ on: '2026-12-10' }, []],
    [{ mode: 'virtual' }, ['online', 'all']],
    [{ mode: 'in person' }, ['full', 'in person', 'all']],
    [{ free: true }, ['online', 'in person', 'all']],
    [{ free: true, mode: 'in person', until: '2026-12-01' }, []],
  ])('%j are %j', (wish, expected) => expect(titles(wish)).toEqual(expected));

  test('fall on the London day', () => {
    const late = [clinic('late', '2027-06-10T23:30:00Z')];
    const on = (day: string) => clinicsWanted(late, PRIMARY, { on: day }, now);
    expect([on('2027-06-10').length, on('2027-06-11').length]).toEqual([0, 1]);
  });

  test('one for all schools is not for an early years setting', () => {
    expect(titles({}, { districts: ['Dover'], phase: 'Early years' })).toEqual([]);
  });
});

describe('where there is none, what comes nearest', () => {
  const nearest = (wish: ClinicWish, among = PRIMARY) => {
    const found = nearestClinics(CLINICS, among, wish, now);
    return found && [found.without, found.clinics[0]?.title];
  };

  test.each<[ClinicWish, unknown]>([
    [{ mode: 'virtual', on: '2026-12-09' }, ['mode', 'in person']],
    [{ free: true, on: '2026-11-25' }, ['free', 'full']],
    [{ after: '2027-01-01' }, ['days', 'full']],
    [{ free: true, after: '2027-01-01' }, ['days', 'online']],
  ])('of %j is %j', (wish, expected) => expect(nearest(wish)).toEqual(expected));

  test('is nothing where no clinic is planned for that phase', () => {
    expect(nearest({ phase: 'Early years', mode: 'virtual' })).toBeUndefined();
  });
});

test('a practitioner’s own are those they run, and those of their districts that nobody is named for', () => {
  const clinics = [
    clinic('nobody named', '2026-12-01T10:00:00Z'),
    clinic('hers', '2026-12-02T10:00:00Z', { district: 'Swale', runByEmail: 'NELL@stls.example' }),
    clinic('another’s', '2026-12-03T10:00:00Z', { runByEmail: 'fern@stls.example' }),
    clinic('elsewhere', '2026-12-04T10:00:00Z', { district: 'Swale' }),
    clinic('going on', '2026-11-24T11:30:00Z'),
    clinic('over', '2026-11-24T10:59:00Z'),
  ];
  const nell = { email: 'nell@stls.example', districts: ['Dover'] };
  expect(clinicsRunBy(clinics, nell, now).map(({ title }) => title)).toEqual([
    'going on',
    'nobody named',
    'hers',
  ]);
});

test('the term is the one that lasts, and in a holiday the next', () => {
  const term = (number: number, starts: string, ends: string) => ({
    year: '2026-27',
    term: number,
    starts,
    ends,
    due: ends,
    locks: ends,
  });
  const terms = [term(2, '2026-11-02', '2026-12-18'), term(3, '2027-01-04', '2027-02-12')];
  const on = (day: string) => termOrNext(terms, day)?.term;
  expect(['2026-11-24', '2026-12-18', '2026-12-19', '2027-02-13'].map(on)).toEqual([
    2,
    2,
    3,
    undefined,
  ]);
});
