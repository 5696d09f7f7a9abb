import { describe, expect, test } from 'vitest';
import { answer } from '../../adapters/service/answer.ts';
import { askingOf } from '../../adapters/service/asking.ts';
import { readHeld } from '../../adapters/sharepoint/read-held.ts';
import { recognise } from '../../bot/conversation/recognise.ts';
import { LAR, SITE, changeRow, removeList } from './demo-site.ts';
import { runCommand } from '../run-command.ts';
import { buttonsOn, wordsOn } from './reading-cards.ts';
import { everything, idOf, worlds, type World } from './world.ts';

const { open } = worlds({ since: '2025-26' });
const MONDAY = '2026-11-23T09:00';
const RULES = 'STLS Bot Rules';
const RULE = 'schoolCaseload >= activelySupportedSchools';

/** The same in one line, however it is wrapped. */
const flowing = (text: string): string => text.replaceAll(/\s+/g, ' ');

/** What somebody is answered who types this. */
async function said(world: World, name: string, text: string): Promise<string> {
  const reading = await readHeld(world.site);
  const asking = askingOf({ at: world.service.clock.now(), reading }, idOf(name), []);
  const [command] = recognise(text, asking);
  if (!command) throw new Error(`“${text}” gave no command.`);
  return wordsOn(await answer(world.service, idOf(name), command));
}

describe('npm run rule', () => {
  const run = ({ url }: World, ...args: string[]) =>
    runCommand('adapters/rule.ts', args, { GRAPH_BASE_URL: url, SHAREPOINT_SITE: SITE });

  test('shows in tables what a rule would raise, and writes nothing', async () => {
    const world = await open(MONDAY);
    const before = await everything(world);
    const rules = await world.site.items(RULES);
    const { code, out, errors } = await run(world, RULE, '--tolerance', '3', '--severity=error');
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(out).toMatch(
      /^schoolCaseload ≥ activelySupportedSchools\nError · KPI return · within 3/,
    );
    expect(out).toContain('Would raise 1 error on the 82 returns held.');
    expect(out).toMatch(
      /Outcome +pass +error +query +skipped +could not run\n─+\n +times +81 +1 +0 +0 +0\n/,
    );
    expect(out).toMatch(/ Maidstone +6 +1 +0 +0 +0\n/);
    expect(flowing(out)).toContain(
      'Maidstone, KPI return, Term 1, 2026-27 “School caseload” is 189 and “Actively supported, schools” is 212.',
    );
    expect(out).toContain(`add a row to ${RULES}`);
    expect(out).toMatch(/ Right side +activelySupportedSchools\n/);
    expect(await everything(world)).toEqual(before);
    expect(await world.site.items(RULES)).toEqual(rules);
  });

  test('tries a row that is off as it stands, and gives a script one object', async () => {
    const world = await open(MONDAY);
    await changeRow(world, RULES, 'outlier', { Enabled: false });
    await removeList(world, LAR);
    const { code, out, errors } = await run(world, 'outlier', '--json');
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    const report = JSON.parse(out) as Record<string, unknown>;
    expect(report).toMatchObject({
      rule: { id: 'outlier', operator: 'fits its own history' },
      row: 'off',
      returns: 82,
      outcomes: { error: 0, query: 1 },
      notChecked: [{ list: LAR }],
    });
    expect(report['findings']).toMatchObject([
      { district: 'Dartford', year: '2026-27', term: 1, operands: { schoolCaseload: 412 } },
    ]);
  });

  test('puts a caret under what cannot be used, and ends with 1', async () => {
    const world = await open(MONDAY);
    const { code, out, errors } = await run(world, 'schoolCaseload >= activly');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(errors).toMatch(
      /^ {4}schoolCaseload >= activly\n {4} {18}\^\n.*“activly” is no measure.*\.\n$/s,
    );
  });

  test('ends with 2 and how it is called for a wrong call, and with 1 where no list can be read', async () => {
    const world = await open(MONDAY);
    await removeList(world, RULES);
    const [wrong, unread] = await Promise.all([run(world, '--tolerence', '1'), run(world, RULE)]);
    expect({ code: wrong.code, out: wrong.out }).toEqual({ code: 2, out: '' });
    expect(wrong.errors).toMatch(/--tolerence.*\n\nUsage: npm run rule/s);
    expect({ code: unread.code, out: unread.out }).toEqual({ code: 1, out: '' });
    expect(unread.errors).toContain(RULES);
  });
});

describe('try rule', () => {
  test('tells a commissioner what a rule would raise, by district, and has nothing to press that writes', async () => {
    const world = await open(MONDAY);
    const before = await everything(world);
    const words = await said(
      world,
      'Colin',
      'try rule schoolCaseload &gt;= activelySupportedSchools',
    );
    expect(words).toContain('Would raise 1 query on the 82 returns held');
    expect(words).toContain('pass 81 · error 0 · query 1 · skipped 0 · could not run 0');
    expect(words).toContain('Maidstone\n1\n6\n0\n0');
    expect(words).toContain('Nothing raised in \nAshford, Canterbury, Dartford');
    expect(words).toContain('“School caseload” is 189');
    expect(await everything(world)).toEqual(before);
    const command = { name: 'try rule', text: RULE } as const;
    expect(buttonsOn(await answer(world.service, idOf('Colin'), command))).toEqual([]);
  });

  test('says what cannot be used and where, in words, whatever was typed', async () => {
    const world = await open(MONDAY);
    const words = await said(world, 'Colin', 'Try the rule: schoolCaseload >= activly');
    expect(words).toContain('This rule cannot be used');
    expect(words).toMatch(/schoolCaseload >= \nactivly\n.*“activly” is no measure/s);
    const hostile = await said(world, 'Colin', 'try rule **b** [x](javascript:alert(1)) ${rule}');
    expect(hostile).toContain('[x](javascript:alert(1)) ${rule}');
    expect(await said(world, 'Colin', 'try rule')).toContain('No rule was given');
  });

  test('is for commissioners alone', async () => {
    const world = await open(MONDAY);
    for (const name of ['Priya', 'Greta', 'Sam']) {
      const words = await said(world, name, `try rule ${RULE}`);
      expect(words).toContain('Sorry, I cannot do that for you');
      expect(words).not.toContain('189');
    }
  });
});
