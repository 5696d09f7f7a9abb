import Holidays from 'date-holidays';
import { describe, expect, test } from 'vitest';
import { botRows, type BotRow } from '../../../infra/local/demo/bot-rows.ts';
import { councilSite } from '../../../infra/local/demo/council-site.ts';
import { districtRows, rowsOf } from './reading.ts';

const days = (row: BotRow) => ({
  starts: String(row['Starts']),
  ends: String(row['Ends']),
  due: String(row['Due']),
  locks: String(row['Locks']),
});

function isBankHoliday(holidays: Holidays, at: Date): boolean {
  const found = holidays.isHoliday(at) || [];
  return found.some(({ type }) => type === 'bank' || type === 'public');
}

describe('terms', () => {
  const terms = rowsOf('STLS Bot Terms').map(days);

  test('five years of six terms', () => {
    const titles = rowsOf('STLS Bot Terms').map((row) => row['Title']);
    const years = ['2022-23', '2023-24', '2024-25', '2025-26', '2026-27'];
    expect(titles).toEqual(
      years.flatMap((year) => [1, 2, 3, 4, 5, 6].map((term) => `${year} Term ${term}`)),
    );
  });

  test('no term overlaps the next; each is due after its end, before the next is due', () => {
    const wrong = terms.filter(({ starts, ends, due, locks }, index) => {
      const next = terms[index + 1];
      const ordered = starts < ends && ends < due && due <= locks;
      return !ordered || (next && (ends >= next.starts || due >= next.due));
    });
    expect(wrong).toEqual([]);
  });

  test('due and locking days are Mondays to Fridays in term time, no English bank holiday', () => {
    const holidays = new Holidays('GB', 'ENG');
    const last = terms.at(-1)?.ends ?? '';
    const wrong = terms
      .flatMap(({ due, locks }) => [due, locks])
      .filter((day) => {
        const at = new Date(`${day}T12:00:00Z`);
        const inTerm = terms.some(({ starts, ends }) => starts <= day && day <= ends) || day > last;
        return !inTerm || [0, 6].includes(at.getUTCDay()) || isBankHoliday(holidays, at);
      });
    expect(wrong).toEqual([]);
  });

  test('the term of the story', () => {
    const row = rowsOf('STLS Bot Terms').find(({ Title }) => Title === '2026-27 Term 1');
    expect(row).toEqual({
      Title: '2026-27 Term 1',
      AcademicYear: '2026-27',
      Term: 1,
      Starts: '2026-09-02',
      Ends: '2026-10-21',
      Due: '2026-11-18',
      Locks: '2026-12-11',
    });
  });
});

describe('people', () => {
  const people = rowsOf('STLS Bot People');
  const emails = people.map((row) => String(row['Email']));

  test('each has an address and a well-formed id of their own', () => {
    const ids = people.map((row) => String(row['EntraObjectId']));
    expect(new Set(emails).size).toBe(people.length);
    expect(new Set(ids).size).toBe(people.length);
    for (const id of ids) {
      expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    }
  });

  test('the three who sign in', () => {
    const signedIn = ['101', '201', '301'].map((end) =>
      people.find((row) => row['EntraObjectId'] === `00000000-0000-4000-8000-000000000${end}`),
    );
    expect(signedIn).toMatchObject([
      {
        Title: 'Priya Raman (demo)',
        Email: 'priya.raman@stls.example',
        Role: 'District lead',
        Districts: 'Dover',
      },
      { Title: 'Colin Marsh (demo)', Role: 'Commissioner' },
      {
        Title: 'Sam Okafor (demo)',
        Role: 'SENCO',
        Districts: 'Dover',
        Organisation: 'Elmsbrook Primary School (demo)',
      },
    ]);
  });

  test('each district has a lead with a manager, Maidstone two', () => {
    const leads = people.filter((row) => row['Role'] === 'District lead');
    const counts = districtRows.map(
      ({ name }) => leads.filter((row) => row['Districts'] === name).length,
    );
    expect(counts).toEqual(districtRows.map(({ name }) => (name === 'Maidstone' ? 2 : 1)));
    for (const row of leads) expect(emails).toContain(row['ManagerEmail']);
  });

  test('each SENCO works at a school of the list, in its district', () => {
    const schools = rowsOf('STLS Bot Schools');
    for (const senco of people.filter((row) => row['Role'] === 'SENCO')) {
      const school = schools.find((row) => row['Title'] === senco['Organisation']);
      expect(school?.['District']).toBe(senco['Districts']);
    }
  });
});

describe('link practitioners', () => {
  const rows = rowsOf('STLS Bot Link Practitioners');
  const emails = rows.map((row) => row['Email']);

  test('eight, with numbers kept for fiction', () => {
    expect(rows).toHaveLength(8);
    for (const row of rows) expect(row['Phone']).toMatch(/^01632 960\d{3}$/);
  });

  test("each school has one, and those away have another's cover", () => {
    for (const school of rowsOf('STLS Bot Schools')) {
      expect(emails).toContain(school['LinkPractitionerEmail']);
    }
    for (const row of rows.filter((each) => 'AwayFrom' in each)) {
      expect(String(row['AwayFrom']) < String(row['AwayUntil'])).toBe(true);
      expect(emails.filter((email) => email !== row['Email'])).toContain(row['CoverEmail']);
    }
  });

  test("Elmsbrook's is there, another is away when the demo begins", () => {
    const school = rowsOf('STLS Bot Schools').find((row) =>
      String(row['Title']).startsWith('Elmsbrook'),
    );
    const own = rows.find((row) => row['Email'] === school?.['LinkPractitionerEmail']);
    expect(own).not.toHaveProperty('AwayFrom');
    expect(rows.map((row) => row['AwayFrom'])).toContain('2026-11-23');
  });
});

test('each district has four schools and settings, of all phases', () => {
  for (const { name } of districtRows) {
    const phases = rowsOf('STLS Bot Schools')
      .filter((row) => row['District'] === name)
      .map((row) => String(row['Phase']));
    expect(phases.sort()).toEqual(['Early years', 'Primary', 'Primary', 'Secondary']);
  }
});

describe('clinics', () => {
  const clinics = rowsOf('STLS Bot Clinics');

  test('each district has clinics after 23 November, on weekdays, never overbooked', () => {
    for (const { name } of districtRows) {
      expect(clinics.filter((row) => row['District'] === name).length).toBeGreaterThan(2);
    }
    for (const row of clinics) {
      const starts = String(row['Starts']);
      expect(starts).toMatch(/^2026-1[12]-\d\dT\d\d:\d\d:00Z$/);
      expect(starts > '2026-11-23').toBe(true);
      expect([0, 6]).not.toContain(new Date(starts).getUTCDay());
      expect(Number(row['Booked'])).toBeLessThanOrEqual(Number(row['Places']));
    }
  });

  test('for a Dover primary school: one full, then one with places on 2 December', () => {
    const open = clinics
      .filter((row) => row['District'] === 'Dover')
      .filter((row) => row['Phase'] === 'Primary' || row['Phase'] === 'All schools')
      .toSorted((a, b) => String(a['Starts']).localeCompare(String(b['Starts'])));
    const free = open.map((row) => Number(row['Places']) - Number(row['Booked']));
    expect(open[0]?.['Starts']).toMatch(/^2026-11-25/);
    expect(free[0]).toBe(0);
    expect(open[1]?.['Starts']).toBe('2026-12-02T13:30:00Z');
    expect(free[1]).toBeGreaterThan(0);
  });
});

describe('nobody is real', () => {
  const named = [
    ...rowsOf('STLS Bot People'),
    ...rowsOf('STLS Bot Schools'),
    ...rowsOf('STLS Bot Link Practitioners'),
  ];
  const authors = councilSite().lists.flatMap(({ items }) => items.map((item) => item.createdBy));

  test('every name of a person or school says it is of the demo', () => {
    const names = [
      ...named.map((row) => String(row['Title'])),
      ...named.flatMap((row) => row['Organisation'] ?? []).map(String),
      ...authors.map(({ displayName }) => displayName),
    ];
    expect(names.filter((name) => !name.endsWith(' (demo)'))).toEqual([]);
  });

  test('every address and link is in a domain kept for examples', () => {
    const text = JSON.stringify([councilSite(), botRows]);
    const hosts = [...text.matchAll(/(?:@|https?:\/\/)([\w.-]+)/g)].map(([, host]) => host);
    expect(hosts.length).toBeGreaterThan(100);
    expect(hosts.filter((host) => !host?.endsWith('.example'))).toEqual([]);
  });

  test('no cell is empty', () => {
    const cells = Object.values(botRows)
      .flat()
      .flatMap((row) => Object.values(row));
    expect(cells.filter((cell) => cell === '')).toEqual([]);
  });
});
