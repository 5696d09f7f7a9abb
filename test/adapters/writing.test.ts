import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readHeld } from '../../adapters/sharepoint/read-held.ts';
import { writeReturn, type AnswersToWrite } from '../../adapters/sharepoint/write-return.ts';
import type { Answer } from '../../bot/returns/answer.ts';
import { isPercentage, measuresOf, type Measure } from '../../bot/returns/measure.ts';
import { countingById, returnId, type Return, type ReturnKey } from '../../bot/returns/return.ts';
import type { Site } from '../../adapters/sharepoint/site.ts';
import { demoSites, itemsOf, KPI, LAR, type DemoSite } from './demo-site.ts';

const sites = demoSites();
const MONDAY = new Date('2026-11-23T09:00:00Z');
const open = () => sites.open(() => MONDAY);

const KEY: ReturnKey = { form: 'KPI', district: 'Dover', year: '2026-27', term: 1 };
const PRIYA = 'priya.raman@stls.example';
const number = (value: number): Answer => ({ kind: 'number', value, raw: String(value) });

/** A filing of all the questions of its form, with these answers. */
async function filingOf(
  { site }: DemoSite,
  answers: Record<string, Answer>,
  more: Partial<AnswersToWrite> = {},
): Promise<AnswersToWrite> {
  const key = more.key ?? KEY;
  const measures = measuresOf((await readHeld(site)).measures, key.form, key);
  return { key, measures, answers, remarks: '', submittedBy: PRIYA, ...more };
}

async function held({ site }: DemoSite, key = KEY): Promise<Return | undefined> {
  return countingById((await readHeld(site)).returns).get(returnId(key));
}

describe('a new return', () => {
  test('is one item with its key as the list writes it, and only the columns that were answered', async () => {
    const demo = await open();
    const before = (await demo.site.items(KPI)).length;
    const filing = await filingOf(
      demo,
      {
        schoolCaseload: number(178),
        primarySchoolsSupportedPct: number(82.5),
        targetsReviewed: number(50),
        fteTotal: number(8.1),
        activelySupportedEY: { kind: 'blank' },
        eyCaseload: { kind: 'not known', reason: 'the register was being moved' },
      },
      { remarks: 'Two schools joined late.' },
    );
    expect(await writeReturn(demo.site, filing, undefined)).toEqual({ kind: 'written' });
    expect(await demo.site.items(KPI)).toHaveLength(before + 1);
    const [item] = await itemsOf(demo.site, KPI, ['Dover', '2026-27', 'Term 1']);
    const { fields } = item ?? { fields: {} };
    expect(fields).toEqual({
      Title: 'Dover KPI return 2026-27 Term 1',
      District: 'Dover',
      Academic_x0020_Year: '2026-27',
      Term: 'Term 1',
      Submitted_x0020_By: PRIYA,
      School_x0020_Caseload: 178,
      field_8: '82.5%',
      Targets_x0020_Reviewed: 0.5,
      FTE_x0020_Total: 8.1,
      Comments:
        'Two schools joined late.\nNot known – Early years caseload [eyCaseload]: the register was being moved',
    });
  });

  test('is not made beside one that somebody else has just sent in through the form', async () => {
    const demo = await open();
    const filing = await filingOf(demo, { schoolCaseload: number(178) });
    await demo.graph.add(KPI, {
      District: 'Dover',
      Academic_x0020_Year: '2026-27',
      Term: 'Term 1',
      Submitted_x0020_By: 'somebody.else@stls.example',
    });
    expect(await writeReturn(demo.site, filing, undefined)).toEqual({ kind: 'changed meanwhile' });
    expect(await itemsOf(demo.site, KPI, ['Dover', '2026-27', 'Term 1'])).toHaveLength(1);
  });

  test('of the Local Activity Report goes into its own list', async () => {
    const demo = await open();
    const key: ReturnKey = { form: 'LAR', district: 'Thanet', year: '2026-27', term: 1 };
    const filing = await filingOf(demo, { clinicsSchools: number(0) }, { key });
    await writeReturn(demo.site, filing, undefined);
    expect(await itemsOf(demo.site, LAR, ['Thanet', '2026-27', 'Term 1'])).toEqual([
      expect.objectContaining({
        fields: expect.objectContaining({
          Title: 'Thanet Local Activity Report 2026-27 Term 1',
          Clinics_x0020_Schools: 0,
        }),
      }),
    ]);
    expect(await held(demo), 'no KPI return was made').toBeUndefined();
  });
});

describe('a return that is there', () => {
  test('is changed in the columns of its questions; who made it and all else stay', async () => {
    const demo = await open();
    const dover: ReturnKey = { ...KEY, form: 'LAR' };
    const before = await held(demo, dover);
    const [item] = await itemsOf(demo.site, LAR, ['Dover', '2026-27', 'Term 1']);
    await demo.graph.send('PATCH', demo.graph.list(LAR, `/items/${item?.id}/fields`), {
      Title: 'A title of our own',
      Primary_x0020_Schools_x0020_at_x: 7,
    });
    const filing = await filingOf(
      demo,
      { ...before?.answers, clinicsEY: number(4) },
      { key: dover },
    );
    const fresh = await held(demo, dover);
    expect(await writeReturn(demo.site, filing, fresh)).toEqual({ kind: 'written' });
    const [after, ...others] = await itemsOf(demo.site, LAR, ['Dover', '2026-27', 'Term 1']);
    expect(others).toEqual([]);
    expect(after?.fields).toMatchObject({
      Title: 'A title of our own',
      Primary_x0020_Schools_x0020_at_x: 7,
      Submitted_x0020_By: item?.fields['Submitted_x0020_By'],
      Clinics_x0020_EY: 4,
      Referrals_x0020_Primary: item?.fields['Referrals_x0020_Primary'],
    });
    expect(after?.id).toBe(item?.id);
  });

  test('loses the figure of a question that is now blank', async () => {
    const demo = await open();
    const key: ReturnKey = { ...KEY, form: 'LAR' };
    const filing = await filingOf(demo, {}, { key });
    await writeReturn(demo.site, filing, await held(demo, key));
    const [item] = await itemsOf(demo.site, LAR, ['Dover', '2026-27', 'Term 1']);
    expect(item?.fields).not.toHaveProperty('Clinics_x0020_Schools');
  });

  test('is not overwritten where somebody changed it since it was read', async () => {
    const demo = await open();
    const key: ReturnKey = { ...KEY, form: 'LAR' };
    const read = await held(demo, key);
    const address = demo.graph.list(LAR, `/items/${read?.itemId}/fields`);
    await demo.graph.send('PATCH', address, { Clinics_x0020_EY: 99 });
    const filing = await filingOf(demo, { clinicsEY: number(1) }, { key });
    expect(await writeReturn(demo.site, filing, read)).toEqual({ kind: 'changed meanwhile' });
    const [item] = await itemsOf(demo.site, LAR, ['Dover', '2026-27', 'Term 1']);
    expect(item?.fields).toMatchObject({ Clinics_x0020_EY: 99 });
    expect(item?.fields).toHaveProperty('Clinics_x0020_Schools');
  });
});

describe('whatever is filed', () => {
  test('only the columns of its questions, its key and the comments are ever written', async () => {
    const demo = await open();
    const { measures: all } = await readHeld(demo.site);
    const sent: Record<string, unknown>[] = [];
    const watched: Site = {
      ...demo.site,
      create: async (_, fields) => {
        sent.push(fields);
        return Promise.reject(new Error('nothing is made here'));
      },
      update: async (_, _id, fields) => {
        sent.push(fields);
        return Promise.resolve();
      },
    };
    const owed = fc.constantFrom<ReturnKey>(KEY, { ...KEY, form: 'LAR' });
    await fc.assert(
      fc.asyncProperty(owed, fc.infiniteStream(fc.boolean()), line, async (key, some, text) => {
        const measures = measuresOf(all, key.form, key).filter(() => some.next().value);
        const answers = Object.fromEntries(all.map(({ id }) => [id, number(7)]));
        const filing = { key, measures, answers, remarks: text, submittedBy: PRIYA };
        const mapped = [...measures.map(({ column }) => column), 'Comments'].toSorted();
        const before = await held(demo, { ...key, form: 'LAR' });
        await writeReturn(watched, filing, before);
        expect(Object.keys(sent.at(-1) ?? {}).toSorted(), 'changed').toEqual(mapped);
        const anew = { ...filing, key: { ...key, year: '2030-31' } };
        await expect(writeReturn(watched, anew, undefined)).rejects.toThrow('nothing is made here');
        expect(Object.keys(sent.at(-1) ?? {}).toSorted(), 'made').toEqual(
          [...mapped, ...KEY_FIELDS].toSorted(),
        );
      }),
      { numRuns: 20 },
    );
  });
});

const KEY_FIELDS = ['Title', 'District', 'Academic_x0020_Year', 'Term', 'Submitted_x0020_By'];

describe('what was written', () => {
  test('reads back as the same answers, whatever they are', async () => {
    const demo = await open();
    const reading = await readHeld(demo.site);
    const measures = measuresOf(reading.measures, 'KPI', KEY);
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(...measures.map((measure) => answerTo(measure))),
        remarks,
        async (answers, said) => {
          run += 1;
          const key = { ...KEY, ...termNumber(run) };
          const given = Object.fromEntries(
            measures.map(({ id }, i): [string, Answer] => [id, answers[i] ?? { kind: 'blank' }]),
          );
          const filing = { key, measures, answers: given, remarks: said, submittedBy: PRIYA };
          await writeReturn(demo.site, filing, undefined);
          const back = countingById((await readHeld(demo.site)).returns).get(returnId(key));
          expect(figuresOf(back?.answers)).toEqual(figuresOf(given));
          expect(back?.remarks).toBe(said.trim());
        },
      ),
      { numRuns: 50 },
    );
  });
});

/** A term of a far year for each run, so that no two runs file the same return. */
function termNumber(run: number): { year: string; term: number } {
  const start = 2030 + Math.floor(run / 6);
  return { year: `${start}-${String((start + 1) % 100).padStart(2, '0')}`, term: (run % 6) + 1 };
}

/** The text of a cell may differ; the answer may not. */
const figuresOf = (answers: Readonly<Record<string, Answer>> = {}): unknown =>
  Object.fromEntries(
    Object.entries(answers).map(([id, answer]) => [
      id,
      answer.kind === 'number' ? answer.value : answer,
    ]),
  );

const line = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
  .map((text) => text.replace(/\s+/g, ' ').trim())
  .filter((text) => text !== '');

const remarks = fc
  .array(line, { maxLength: 3 })
  .map((lines) => lines.join('\n'))
  .filter((text) => !/^Not (known|applicable) – /m.test(text));

function answerTo({ unit }: Measure): fc.Arbitrary<Answer> {
  const whole = fc.nat({ max: 100_000 });
  const hundredths = fc.nat({ max: 10_000 }).map((n) => n / 100);
  const figure = isPercentage(unit) || unit === 'decimal' ? hundredths : whole;
  const reasoned = (kind: 'not known' | 'not applicable') =>
    line.map((reason): Answer => ({ kind, reason }));
  return fc.oneof(
    figure.map(number),
    fc.constant<Answer>({ kind: 'blank' }),
    reasoned('not known'),
    reasoned('not applicable'),
  );
}
