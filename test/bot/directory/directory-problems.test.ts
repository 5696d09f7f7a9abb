import { expect, test } from 'vitest';
import type { Directory, School } from '../../../bot/directory/directory.ts';
import { directoryProblems } from '../../../bot/directory/directory-problems.ts';
import { clinicOf, personOf } from '../made.ts';

const school = (name: string, over: Partial<School> = {}): School => ({
  name,
  phase: 'Primary',
  district: 'Dover',
  otherNames: [],
  linkPractitionerEmail: 'nell@stls.example',
  ...over,
});
const nell = { name: 'Nell Abara', email: ' Nell@stls.example', phone: '', coverEmail: '' };
const sam = personOf({ role: 'SENCO', name: 'Sam', organisation: 'elmsbrook', districts: [] });

const problems = (over: Partial<Directory>, people = [sam]) =>
  directoryProblems(
    {
      schools: [school('Elmsbrook', { otherNames: ['ELMSBROOK'] })],
      practitioners: [nell],
      clinics: [clinicOf()],
      glossary: [],
      isComplete: true,
      ...over,
    },
    people,
    new Set(['Dover']),
  );

test('lists of the directory that fit together are not spoken of', () => {
  expect(problems({})).toEqual({ people: [], schools: [], practitioners: [], clinics: [] });
});

test('what one list names and another does not have is told by its list', () => {
  const gone = 'gone@stls.example';
  const told = problems(
    {
      schools: [
        school('Tidewatch', { linkPractitionerEmail: gone }),
        school('Hopgarth', { district: 'Kentville' }),
      ],
      practitioners: [{ ...nell, coverEmail: gone }],
      clinics: [clinicOf({ title: 'A' }), clinicOf({ title: 'B', runByEmail: gone })],
    },
    [sam, personOf({ role: 'Link practitioner', name: 'Fern', email: 'fern@stls.example' })],
  );
  expect(told.people).toEqual([
    expect.stringMatching(/^Sam at “elmsbrook”: the schools list does not have/),
    expect.stringMatching(/^Fern: a link practitioner whose e-mail address/),
  ]);
  expect(told.schools).toEqual([
    expect.stringMatching(/^“Hopgarth”: in a district that/),
    expect.stringMatching(/^“Tidewatch”: the link practitioners list does not have/),
  ]);
  expect(told.practitioners).toEqual([expect.stringMatching(/^“Nell Abara”: .* cover/)]);
  expect(told.clinics).toEqual([expect.stringMatching(/^“B”: run by/)]);
});

test('a SENCO of a name that several schools have is named, unless the district tells which', () => {
  const schools = [school('Elmsbrook'), school('Elmsbrook', { district: 'Swale' })];
  expect(problems({ schools }).people).toEqual([
    expect.stringMatching(/^Sam at “elmsbrook”: several rows/),
  ]);
  expect(problems({ schools }, [{ ...sam, districts: ['Dover'] }]).people).toEqual([]);
});

test('many of one kind are one line', () => {
  const clinics = Array.from({ length: 8 }, (_, i) =>
    clinicOf({ title: `C${i}`, district: 'Kentville' }),
  );
  expect(problems({ clinics }).clinics).toEqual([
    '“C0”, “C1”, “C2”, “C3”, “C4” and 3 more: in a district that the districts list does not have.',
  ]);
});
