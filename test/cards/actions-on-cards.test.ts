import { describe, expect, test } from 'vitest';
import { codeOf, onlyIn, parseAction, returnsIn } from '../../cards/actions.ts';
import { inputsOf, nodesOf, nodesOfType, readJson, samples, textOf } from './samples.ts';
import type { CardName, Node } from './samples.ts';

/** What a client sends for an action: its data and the value of every input. */
function sent(action: Node, card: unknown): Record<string, unknown> {
  const values = inputsOf(card).map((input) => [textOf(input, 'id'), input['value'] ?? '']);
  return { ...Object.fromEntries(values), ...(action['data'] as Node | undefined) };
}

const NEEDS_INPUTS = [
  'practitioner.away',
  'return.submit',
  'return.save',
  'finding.explain',
  'finding.sendBack',
  'chase.pause',
  'promise.make',
  // What was typed into the open questions of the same card, and beside its findings, is kept.
  'return.open',
  'finding.correct',
  'promise.undo',
  'return.handOver',
  'return.takeBack',
  'return.seen',
  'return.withdraw',
  'person.introduce',
  'person.letIn',
];

const SAY = { say: expect.any(String) };
const IM_BACK = { msteams: { type: 'imBack', value: expect.any(String) } };

/** On its own card a finding is accepted with a note. */
const needsInputs = (verb: string, card: CardName): boolean =>
  NEEDS_INPUTS.includes(verb) || (verb === 'finding.accept' && card === 'finding');

describe.each(samples)('$file', ({ file, name, card }) => {
  const executes = nodesOfType(card, 'Action.Execute');

  test('every button is understood when it comes back', () => {
    for (const action of executes) {
      expect(parseAction(action['verb'], sent(action, card))).toMatchObject({
        ok: true,
        action: { verb: action['verb'], ...withoutRow(action['data'] as Node | undefined) },
      });
    }
  });

  test('every fallback says the same', () => {
    for (const action of executes) {
      const fallback = action['fallback'] as Node;
      expect(fallback).toEqual({
        type: 'Action.Submit',
        title: action['title'],
        data: { verb: action['verb'], ...(action['data'] as Node | undefined) },
      });
      const answer = parseAction(action['verb'], sent(action, card));
      expect(parseAction(undefined, sent(fallback, card))).toEqual(answer);
    }
  });

  test('only buttons that need what was typed send it', () => {
    for (const action of executes) {
      const needs = needsInputs(textOf(action, 'verb'), name);
      expect(action['associatedInputs']).toBe(needs ? 'auto' : 'none');
    }
  });

  test('no other action comes back to the service, save words said for a person', () => {
    const fallbacks = executes.map((action) => action['fallback']);
    const others = nodesOfType(card, 'Action.Submit').filter((node) => !fallbacks.includes(node));
    const said = file === 'help.local.sample.json' ? SAY : IM_BACK;
    for (const other of others) expect(other['data']).toEqual(said);
  });
});

const withoutRow = (data: Node | undefined): Node =>
  Object.fromEntries(Object.entries(data ?? {}).filter(([name]) => name !== 'row'));

test('the form asks each question in the names that are read back', () => {
  const form = samples.find((sample) => sample.file === 'lead.form.sample.json');
  const save = nodesOfType(form?.card, 'Action.Execute').find((a) => a['verb'] === 'return.save');
  const parsed = parseAction('return.save', sent(save ?? {}, form?.card));
  if (!parsed.ok) throw new Error(parsed.problem);
  expect(parsed.typed.get('schoolCaseload')).toEqual({ answer: '189', without: '', reason: '' });
  expect(parsed.typed.get('targetsAmended')).toMatchObject({ answer: '', without: 'not known' });
  expect(parsed.typed.get('remarks')?.answer).toContain('vacant');
});

test('what is typed beside one finding stays with that finding, and what is typed beside others comes along', () => {
  const findings = samples.find((sample) => sample.file === 'lead.findings.sample.json');
  const [one, other] = nodesOfType(findings?.card, 'Action.Execute')
    .filter((a) => a['verb'] === 'finding.explain')
    .map((a) => textOf(a['data'] as Node, 'finding'));
  const typed = {
    finding: one,
    [`words.${one}`]: 'Both trainers were away',
    [`words.${other}`]: 'of another',
    'words.__proto__': 'of none',
  };
  expect(parseAction('finding.explain', typed)).toMatchObject({
    action: {
      words: 'Both trainers were away',
      cause: '',
      beside: { [`${other}`]: { words: 'of another', cause: '' } },
    },
  });
});

test('a form of some questions says which, and for which finding', () => {
  const form = samples.find((sample) => sample.file === 'lead.correcting.sample.json');
  const file = nodesOfType(form?.card, 'Action.Execute').find((a) => a['verb'] === 'return.submit');
  const parsed = parseAction('return.submit', sent(file ?? {}, form?.card));
  if (!parsed.ok || parsed.action.verb !== 'return.submit')
    throw new Error('It is not understood.');
  expect(onlyIn(parsed.action)?.measures).toEqual([...parsed.typed.keys()].toSorted());
  expect(onlyIn({ finding: 'a', only: '' })).toBeUndefined();
  expect(onlyIn({ only: 'schoolCaseload' })).toBeUndefined();
});

describe('the returns that a button names', () => {
  const dover = { form: 'KPI', district: 'Dover', year: '2026-27', term: 1 } as const;

  test('come back as they were, whatever their district is called', () => {
    for (const district of ['Dover', 'Here, there | 100%', '%2C', 'Folkestone & Hythe']) {
      const keys = [{ ...dover, district }, dover];
      expect(returnsIn(codeOf(keys))).toEqual(keys);
    }
  });

  test.each([
    '',
    ',',
    'KPI|Dover|2026-27',
    'KPI|Dover|2026-27|1|2',
    'KPI|Dover|2026-27|7',
    'AET|Dover|2026-27|1',
    'KPI||2026-27|1',
    'KPI|Dover|2026-27|1,LAR',
  ])('are refused as a whole where they are “%s”', (returns) => {
    expect(returnsIn(returns)).toEqual([]);
    expect(parseAction('return.seen', { returns }).ok).toBe(false);
    const which = parseAction('promise.make', { returns: codeOf([dover]), which: returns });
    expect(which.ok).toBe(returns === '');
  });
});

test('the channel card has no button that does anything: one unfolds the figures', () => {
  const types = nodesOf(readJson('summary.json')).map((node) => textOf(node, 'type'));
  expect(types.filter((type) => type.startsWith('Action.'))).toEqual(['Action.ToggleVisibility']);
});
