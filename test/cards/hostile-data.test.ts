import { describe, expect, test } from 'vitest';
import { parseAction } from '../../cards/actions.ts';
import { fc, viewOf } from './arbitraries.ts';
import {
  nodesOf,
  nodesOfType,
  readJson,
  renderAny,
  samples,
  templateNames,
  textOf,
} from './samples.ts';
import type { CardName, Node } from './samples.ts';

const HOSTILE = '**bold** [x](javascript:alert(1)) <at>all</at> ${district} \u202e';

/** Choices that templates decide by: not words of a list. */
const DECIDED = ['tone', 'form', 'year', 'without'];

/** Left alone where a card is compared with itself: which form is open hangs on `fields`. */
const KEPT = [...DECIDED, 'fields'];

/** The sample with every text replaced, or followed, by something hostile. */
function spoil(value: unknown, text: string): unknown {
  if (Array.isArray(value)) return value.map((item) => spoil(item, text));
  if (typeof value === 'string') return text;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, v]) => [name, DECIDED.includes(name) ? v : spoil(v, text)]),
  );
}

/** Where a client reads Markdown, addresses or mentions. */
function markedUp(card: unknown): string[] {
  const blocks = nodesOfType(card, 'TextBlock').map((node) => textOf(node, 'text'));
  const addresses = nodesOfType(card, 'Action.OpenUrl').map((node) => textOf(node, 'url'));
  return [...blocks, ...addresses, textOf(card as Node, 'fallbackText')];
}

describe.each(samples)('$file with hostile words', ({ file, name }) => {
  const card = renderAny(name, spoil(readJson(file), HOSTILE));

  test('keeps them out of everything that is read as markup', () => {
    for (const text of markedUp(card)) expect(text).not.toMatch(/bold|javascript|<at>|\u202e|\$\{/);
    expect(card).not.toHaveProperty('msteams.entities');
  });

  test('shows them as they are, and expands nothing inside them', () => {
    const runs = nodesOfType(card, 'TextRun').map((run) => textOf(run, 'text'));
    const shown = runs.filter((run) => run.includes('bold'));
    expect(shown.length).toBeGreaterThan(0);
    for (const run of shown) expect(run).toContain(HOSTILE);
  });
});

test('an address that is not https is shown, never opened', () => {
  const view = { headline: 'Clinics', text: '', clinics: [] };
  for (const joinLink of [
    'javascript:alert(1)',
    'http://a.example',
    ' https://a.example',
    'Room 2',
    '',
  ]) {
    const clinic = { title: 'A clinic', when: '', where: '', places: '', joinLink };
    const card = renderAny('clinics', { ...view, clinics: [clinic] });
    expect(nodesOfType(card, 'Action.OpenUrl')).toEqual([]);
    expect(JSON.stringify(card).includes('How to join')).toBe(joinLink !== '');
  }
});

test('a missing value is a blank, never the name of a field', () => {
  for (const name of templateNames) {
    const card = renderAny(name, name === 'lead' ? { form: {}, receipt: {} } : {});
    expect(JSON.stringify(card)).not.toMatch(/\$\{|undefined|\[object /);
  }
});

const trusted: fc.Arbitrary<[CardName, unknown]> = fc
  .constantFrom(...templateNames)
  .chain((name) => viewOf(name).map((view): [CardName, unknown] => [name, view]));

test('any words at all make a card with the same buttons', () => {
  fc.assert(
    fc.property(trusted, ([name, view]) => {
      const card = renderAny(name, view);
      const held = nodesOf(view);
      for (const action of nodesOfType(card, 'Action.Execute')) {
        const data = { ...(action['data'] as Node | undefined) };
        const parsed = parseAction(action['verb'], data);
        expect(parsed).toMatchObject({ ok: true, action: { verb: action['verb'] } });
        for (const [field, value] of Object.entries(data))
          expect(valuesOf(held, field)).toContain(value);
      }
    }),
    { numRuns: 300 },
  );
});

test('any words at all stay out of the shape of the card', () => {
  fc.assert(
    fc.property(trusted, ([name, view]) => {
      const words = shapeOf(renderAny(name, view));
      expect(words).toEqual(shapeOf(renderAny(name, plain(view))));
    }),
    { numRuns: 200 },
  );
});

/** Every value that a view’s objects hold under a field's name; a finding's id is the button's `finding`. */
function valuesOf(held: readonly Node[], field: string): unknown[] {
  const name = field === 'finding' ? 'id' : field;
  return held.flatMap((node) => (name in node ? [node[name]] : []));
}

/** What a card is made of, without its words: the types, verbs and styles, in order. */
const shapeOf = (card: unknown): unknown[] =>
  nodesOf(card).map((node) => [node['type'], node['verb'], node['style'], node['isVisible']]);

/** The same view in harmless words, with nothing filled or emptied by the change. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'string') return value === '' ? '' : plainText(value);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, v]) => [name, KEPT.includes(name) ? v : plain(v)]),
  );
}

const plainText = (text: string): string =>
  text.startsWith('https://') ? 'https://a.example' : 'words';
