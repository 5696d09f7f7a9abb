import { describe, expect, test } from 'vitest';
import { readHeld } from '../../adapters/sharepoint/read-held.ts';
import type { Reading } from '../../bot/look.ts';
import { ListsUnavailable } from '../../adapters/sharepoint/read-own-lists.ts';
import { DISTRICTS, PEOPLE } from '../../adapters/sharepoint/bot-lists.ts';
import { assess } from '../../bot/assess.ts';
import type { TermKey } from '../../bot/calendar/terms.ts';
import { figuresOf } from '../../bot/directory/district.ts';
import { returnId, type Return } from '../../bot/returns/return.ts';
import { changeRow, demoSites, KPI, LAR, removeList } from './demo-site.ts';

const sites = demoSites();
const MONDAY = new Date('2026-11-23T09:00:00Z');
const open = () => sites.open(() => MONDAY);
const NOTHING = {
  findings: new Map(),
  approvals: new Map(),
  filings: new Map(),
};

function the(reading: Reading, id: string): Return {
  const found = reading.returns.filter((one) => returnId(one) === id).at(-1);
  if (!found) throw new Error(`${id} was not read.`);
  return found;
}

const answer = (reading: Reading, id: string, measure: string) => the(reading, id).answers[measure];

describe('the council’s lists, read through Graph', () => {
  test('give every return its one district, year and term, however they are spelled', async () => {
    const { site } = await open();
    const reading = await readHeld(site);
    const names = reading.districts.map(({ name }) => name);
    expect(names).toHaveLength(12);
    expect(new Set(reading.returns.map((one) => one.district))).toEqual(new Set(names));
    expect(new Set(reading.returns.map((one) => one.year))).toEqual(
      new Set(['2022-23', '2025-26', '2026-27']),
    );
    for (const spelled of ['Folkestone & Hythe', 'Folkstone and Hythe']) {
      const items = await site.items(KPI);
      const item = items.find(({ fields }) => fields['District'] === spelled);
      const filed = reading.returns.find((one) => one.list === KPI && one.itemId === item?.id);
      expect(filed?.district, `for ${spelled}`).toBe('Folkestone and Hythe');
    }
    expect(reading.rowProblems).toEqual([]);
    expect(reading.notChecked).toEqual([]);
  });

  test('give old years and terms their place: 2022/23 is 2022-23, T1 and 1 are term 1', async () => {
    const { site } = await open();
    const reading = await readHeld(site);
    const items = await site.items(KPI);
    for (const [year, term, number] of [
      ['2022/23', 'T1', 1],
      ['2022/23', '2', 2],
      ['2022-23', 'Term 3', 3],
    ] as const) {
      const item = items.find(
        ({ fields }) => fields['Academic_x0020_Year'] === year && fields['Term'] === term,
      );
      const filed = reading.returns.find((one) => one.list === KPI && one.itemId === item?.id);
      expect(filed, `${year} ${term}`).toMatchObject({ year: '2022-23', term: number });
    }
  });

  test('show 0–1 percentages as per cent, and take 84, 84% and 84.5 % alike', async () => {
    const demo = await open();
    const reading = await readHeld(demo.site);
    const held = (await demo.site.items(KPI)).find(
      ({ fields }) => fields['District'] === 'Ashford' && fields['Term'] === 'Term 1',
    );
    const stored = held?.fields['Targets_x0020_Reviewed'];
    expect(typeof stored).toBe('number');
    expect(answer(reading, 'KPI|Ashford|2026-27|1', 'targetsReviewed')).toEqual({
      kind: 'number',
      value: Number((Number(stored) * 100).toPrecision(12)),
      raw: String(stored),
    });
    expect(answer(reading, 'KPI|Sevenoaks|2026-27|1', 'primarySchoolsSupportedPct')).toEqual({
      kind: 'number',
      value: 104,
      raw: '104%',
    });
  });

  test('keep what cannot be read as it stands, and never guess', async () => {
    const { site } = await open();
    expect(
      answer(await readHeld(site), 'KPI|Swale|2025-26|3', 'primarySchoolsSupportedPct'),
    ).toEqual({ kind: 'unreadable', raw: '12 (approx)', why: 'it is not a plain number' });
  });

  test('leave a blank blank, and not zero', async () => {
    const { site } = await open();
    const reading = await readHeld(site);
    expect(answer(reading, 'KPI|Swale|2022-23|1', 'activelySupportedSchools')).toEqual({
      kind: 'blank',
    });
    expect(answer(reading, 'LAR|Tonbridge and Malling|2026-27|1', 'clinicsSchools')).toMatchObject({
      value: 0,
    });
  });

  test('set aside an item of an unknown district or term, with what is known of it', async () => {
    const { site } = await open();
    const { strays } = await readHeld(site);
    expect(strays).toEqual([
      expect.objectContaining({
        form: 'LAR',
        district: 'Medway',
        knownTerm: { year: '2025-26', term: 2 },
      }),
      expect.objectContaining({ form: 'LAR', knownDistrict: 'Canterbury', term: 'Term 7' }),
    ]);
    expect(strays[0]).not.toHaveProperty('knownDistrict');
    expect(strays[1]).not.toHaveProperty('knownTerm');
  });

  test('are read alike after somebody renames what a column is called', async () => {
    const demo = await open();
    const before = await readHeld(demo.site);
    const { status } = await demo.graph.send(
      'PATCH',
      demo.graph.list(KPI, '/columns/School_x0020_Caseload'),
      { displayName: 'Children on the books' },
    );
    expect([200, 204]).toContain(status);
    const after = await readHeld(demo.site);
    expect(after.returns).toEqual(before.returns);
  });

  test('take the day that was meant where a date is stored as London midnight in UTC', async () => {
    const demo = await open();
    await demo.graph.add('STLS AET Training', {
      District: 'Dover',
      Phase: 'Early years',
      As_x0020_Of: '2026-05-31T23:00:00Z',
      Sessions_x0020_Completed: 3,
    });
    const reading = await readHeld(demo.site);
    const mine = reading.returns.filter((r) => r.form === 'AET' && r.district === 'Dover').at(-1);
    // Term 6 of 2025-26 begins on 1 June, which is when that midnight is in London.
    expect(mine).toMatchObject({ year: '2025-26', term: 6 });
  });
});

describe('a list that is gone', () => {
  test('of the council’s is named, and nobody is called missing for what is in it', async () => {
    const demo = await open();
    await removeList(demo, LAR);
    const reading = await readHeld(demo.site);
    expect(reading.notChecked).toEqual([
      { list: LAR, reason: 'the list is not on the site', forms: ['LAR'] },
    ]);
    const { statuses } = assess(reading, NOTHING, MONDAY);
    expect(statuses.filter((status) => status.form === 'LAR')).toEqual([]);
    const missing = statuses.filter((status) => status.state === 'missing');
    expect(missing.map(returnId)).toEqual(['KPI|Dover|2026-27|1', 'KPI|Swale|2026-27|1']);
  });

  test('of the bot’s own that an older version made is read, and what it lacks is named', async () => {
    const demo = await open();
    for (const name of ['Minutes', 'RunByEmail', 'BookedBy']) {
      await demo.graph.send('DELETE', demo.graph.list('STLS Bot Clinics', `/columns/${name}`));
    }
    await removeList(demo, 'STLS Bot Glossary');
    const { directory, rowProblems } = await readHeld(demo.site);
    expect(directory.clinics[0]).toMatchObject({ minutes: 60, runByEmail: '', bookings: [] });
    expect(directory).toMatchObject({ glossary: [], isComplete: true });
    expect(rowProblems.toSorted()).toEqual([
      'STLS Bot Clinics lacks the columns Minutes, RunByEmail, BookedBy. Make what is missing with: npm run provision -- --site <address>.',
      expect.stringMatching(/^STLS Bot Glossary could not be read: .*npm run provision/),
    ]);
  });

  test('of the bot’s own stops the look, and the remedy is named', async () => {
    const demo = await open();
    await removeList(demo, PEOPLE);
    const reading = readHeld(demo.site);
    await expect(reading).rejects.toThrow(ListsUnavailable);
    await expect(reading).rejects.toThrow(
      /^STLS Bot People could not be read: .*npm run provision -- --site/,
    );
  });

  test.each([KPI, PEOPLE])(
    'is read again once somebody has made %s anew, without a restart',
    async (list) => {
      const demo = await open();
      await readHeld(demo.site);
      await removeList(demo, list);
      const columns = keyColumns.map((name) => ({ name, text: { allowMultipleLines: false } }));
      const body = { displayName: list, list: { template: 'genericList' }, columns };
      await demo.graph.send('POST', `/sites/${demo.graph.site}/lists`, body);
      // The first look may still meet the list that was.
      await readHeld(demo.site).catch((error: unknown) =>
        expect(error).toBeInstanceOf(ListsUnavailable),
      );
      expect((await readHeld(demo.site)).notChecked).toEqual([]);
    },
  );
});

describe('a district whose number of schools changes', () => {
  const NAME = 'Sevenoaks';
  const findingsIn = (reading: Reading) =>
    assess(reading, NOTHING, MONDAY).report.findings.map(({ id }) => id);

  test('has another row from then on, and earlier returns are judged by the row of their term', async () => {
    const demo = await open();
    const before = await readHeld(demo.site);
    await changeRow(demo, DISTRICTS, NAME, { LastTerm: '2025-26 T6' });
    const fewer = { EarlyYearsSettings: 10, PrimarySchools: 10, SecondarySchools: 1 };
    await demo.graph.add(DISTRICTS, { Title: NAME, FirstTerm: '2026-27 T1', ...fewer });
    const after = await readHeld(demo.site);
    expect(after.rowProblems).toEqual([]);
    expect(after.districts.map(({ name }) => name)).toEqual(before.districts.map((d) => d.name));
    const known = findingsIn(before);
    const added = findingsIn(after).filter((id) => !known.includes(id));
    expect(added).not.toEqual([]);
    expect(added.filter((id) => !id.includes(`${NAME}|2026-27|1`))).toEqual([]);
  });

  test('has two rows in the demo, and still is one district', async () => {
    const { districts, rowProblems } = await readHeld((await open()).site);
    const swale = districts.filter(({ name }) => name === 'Swale');
    const primaryIn = (term: TermKey) => figuresOf(swale[0], term)['primarySchools'];
    expect([districts.length, swale.length, rowProblems]).toEqual([12, 1, []]);
    expect(primaryIn({ year: '2025-26', term: 6 })).toBe(46);
    expect(primaryIn({ year: '2026-27', term: 1 })).toBe(47);
  });

  test('is told where its rows speak of the same term, or of none', async () => {
    const demo = await open();
    await changeRow(demo, DISTRICTS, NAME, { FirstTerm: '2023-24 T1' });
    await demo.graph.add(DISTRICTS, { Title: NAME, FirstTerm: '2026-27 T1', PrimarySchools: 51 });
    expect((await readHeld(demo.site)).rowProblems).toEqual([
      expect.stringMatching(/^STLS Bot Districts: Sevenoaks has two rows for 2026-27 T1 and after/),
      expect.stringMatching(
        /^STLS Bot Districts: Sevenoaks: no row is for 2022-23 T1 to 2022-23 T6/,
      ),
    ]);
  });
});

describe('a row of the bot’s own lists that cannot be used', () => {
  const bad: [list: string, title: string, fields: Record<string, unknown>, problem: RegExp][] = [
    ['STLS Bot Terms', '2026-27 Term 3', { AcademicYear: '2026-29' }, /AcademicYear is not a year/],
    ['STLS Bot Terms', '2026-27 Term 4', { Term: 9 }, /Term is not a term from 1 to 6/],
    ['STLS Bot Measures', 'schoolCaseload', { ColumnName: '' }, /ColumnName is empty/],
    ['STLS Bot Measures', 'eyCaseload', { FirstTerm: 'autumn' }, /FirstTerm is not a term such as/],
    ['STLS Bot Rules', 'percentage-range', { Tolerance: -1 }, /Tolerance is below zero/],
    ['STLS Bot People', 'Priya Raman (demo)', { EntraObjectId: 'priya' }, /is not an object id/],
    ['STLS Bot Clinics', 'Clinic', { Places: 2.5 }, /Places is not a whole number/],
    [
      'STLS Bot Settings',
      'quiet until',
      { Value: 'half past eight' },
      /is not a time such as 08:30/,
    ],
    ['STLS Bot Settings', 'chase stages', { Value: '1, soon' }, /is not a list of whole numbers/],
    ['STLS Bot Settings', 'manager stage', { Value: 'few' }, /is not a number/],
  ];

  test('is named by its list and title and left out, and the rest goes on', async () => {
    const demo = await open();
    const before = await readHeld(demo.site);
    const clinic = (await demo.site.items('STLS Bot Clinics'))[0]?.fields['Title'];
    for (const [list, title, fields] of bad) {
      await changeRow(demo, list, title === 'Clinic' ? String(clinic) : title, fields);
    }
    const after = await readHeld(demo.site);
    expect(after.rowProblems).toHaveLength(bad.length);
    for (const [list, title, , problem] of bad) {
      const named = title === 'Clinic' ? String(clinic) : title;
      expect(after.rowProblems).toContainEqual(
        expect.stringMatching(new RegExp(`^${list}: the row “${escaped(named)}” is left out: `)),
      );
      expect(after.rowProblems.join('\n')).toMatch(problem);
    }
    expect(after.terms.length).toBe(before.terms.length - 2);
    expect(after.measures.length).toBe(before.measures.length - 2);
    expect(after.people.length).toBe(before.people.length - 1);
    expect(after.policy).toEqual(before.policy);
    expect(after.returns.length).toBe(before.returns.length);
  });

  test.each([
    ['STLS Bot Rules', 'percentage-range', { Operator: '≈' }],
    ['STLS Bot People', 'Priya Raman (demo)', { Role: 'Emperor' }],
  ])(
    'with a choice that is none, in %s, is named where SharePoint lets it in',
    async (list, title, fields) => {
      const demo = await open();
      const columns = Object.keys(fields);
      await demo.graph.send('PATCH', demo.graph.list(list, `/columns/${columns[0]}`), {
        choice: { choices: ['≈', 'Emperor'], allowTextEntry: true },
      });
      await changeRow(demo, list, title, fields);
      const { rowProblems } = await readHeld(demo.site);
      expect(rowProblems).toEqual([expect.stringContaining(`the row “${title}” is left out`)]);
      expect(rowProblems[0]).toMatch(/is not one of: /);
    },
  );

  test('that is there twice is named: the same term, and the same rule', async () => {
    const demo = await open();
    const [term] = await demo.site.items('STLS Bot Terms');
    const { Title, AcademicYear, Term, Starts, Ends, Due, Locks } = term?.fields ?? {};
    await demo.graph.add('STLS Bot Terms', { Title, AcademicYear, Term, Starts, Ends, Due, Locks });
    const { problems } = assess(await readHeld(demo.site), NOTHING, MONDAY);
    expect(problems).toEqual([expect.stringContaining('Term 1, 2022-23 is listed twice')]);
  });

  test('with days stored as London midnight in UTC, in summer time, is the day that was meant', async () => {
    const demo = await open();
    await changeRow(demo, 'STLS Bot Terms', '2026-27 Term 5', { Due: '2027-06-22T23:00:00Z' });
    const { terms } = await readHeld(demo.site);
    expect(terms.find((t) => t.year === '2026-27' && t.term === 5)).toMatchObject({
      due: '2027-06-23',
      starts: '2027-04-12',
    });
  });
});

/** Without these nothing can be told of what a list of the council’s holds. */
const keyColumns = ['District', 'Academic Year', 'Term', 'Submitted By', 'Comments'];

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
