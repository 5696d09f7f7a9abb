import { AdaptiveCard, SerializationContext, Versions } from 'adaptivecards';
import { describe, expect, test } from 'vitest';
import {
  inputsOf,
  nodesOf,
  nodesOfType,
  readJson,
  samples,
  sizeOf,
  templateNames,
  textOf,
} from './samples.ts';
import type { Node } from './samples.ts';

const CHART = 'Chart.VerticalBar.Grouped';
const LIMIT = 28 * 1024;

/**
 * The parser knows languages of two or three letters only and sets this one aside; the cards
 * format no dates, so nothing hangs on it there, and clients that know locales read it.
 */
const KNOWN = ['Invalid value "en-GB" for property "lang".'];

/** Everything else that Microsoft's own parser and validator have to say about a card. */
function complaintsAbout(card: unknown): string[] {
  const context = new SerializationContext(Versions.v1_5);
  const parsed = new AdaptiveCard();
  parsed.parse(card, context);
  const found = parsed.validateProperties().validationEvents.map((event) => event.message);
  const logged = Array.from({ length: context.eventCount }, (_, at) => context.getEventAt(at));
  const messages = [...logged.map((event) => event.message), ...found];
  return messages.filter((message) => !KNOWN.includes(message));
}

/** The card as a client sees it that cannot draw charts: each chart replaced by its fallback. */
function withoutCharts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutCharts);
  if (typeof value !== 'object' || value === null) return value;
  const node = value as Node;
  if (node['type'] === CHART) return withoutCharts(node['fallback']);
  return Object.fromEntries(Object.entries(node).map(([name, v]) => [name, withoutCharts(v)]));
}

test('every template has a sample', () => {
  expect(templateNames.toSorted()).toEqual([...new Set(samples.map((s) => s.name))].toSorted());
  expect(templateNames.length).toBeGreaterThan(9);
});

describe.each(samples)('$file', ({ card }) => {
  test('is valid for the Adaptive Cards 1.5 parser, charts as their fallback', () => {
    expect(complaintsAbout(withoutCharts(card))).toEqual([]);
  });

  test('only charts are unknown to the 1.5 parser, and each has a fallback', () => {
    const charts = nodesOf(card).filter((node) => textOf(node, 'type').startsWith('Chart.'));
    expect(charts.map((node) => node['type'])).toEqual(charts.map(() => CHART));
    for (const chart of charts) expect(chart['fallback']).toMatchObject({ type: 'Container' });
    expect(complaintsAbout(card)).toHaveLength(charts.length);
  });

  test('is under 28 KB', () => {
    expect(sizeOf(card)).toBeLessThan(LIMIT);
  });

  test('shows no leftovers of the template', () => {
    expect(JSON.stringify(card)).not.toMatch(/undefined|:null|\[object |\$\{|\$data|\$when/);
  });

  test('every input has a label and an id of its own', () => {
    for (const input of inputsOf(card)) expect(input['label']).toMatch(/\S/);
    const ids = nodesOf(card).flatMap((node) =>
      'id' in node && 'type' in node ? [node['id']] : [],
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('every toggle has its target in the card', () => {
    const ids = nodesOf(card).map((node) => node['id']);
    for (const toggle of nodesOfType(card, 'Action.ToggleVisibility')) {
      expect(toggle['targetElements']).toHaveLength(1);
      expect(ids).toEqual(expect.arrayContaining(toggle['targetElements'] as string[]));
    }
  });

  test('every hidden part has a toggle', () => {
    const hidden = nodesOf(card).filter((node) => node['isVisible'] === false);
    const targets = nodesOfType(card, 'Action.ToggleVisibility').flatMap(
      (t) => t['targetElements'],
    );
    for (const part of hidden) expect(targets).toContain(part['id']);
  });

  test('is in English for every client, with words for one that is too old', () => {
    expect(card).toMatchObject({ version: '1.5', lang: 'en-GB' });
    expect(card['fallbackText']).toMatch(/\S/);
    expect(card).not.toHaveProperty('speak');
  });
});

/** Where data may stand: no client reads markup there. */
const PLAIN: Record<string, readonly string[]> = {
  TextRun: ['text'],
  'Input.Text': ['label', 'placeholder', 'value'],
  'Input.Date': ['label', 'value', 'min', 'max'],
  'Input.ChoiceSet': ['label', 'placeholder', 'value'],
  'Action.Execute': ['title', 'tooltip'],
  'Action.ToggleVisibility': ['title', 'tooltip'],
  'Action.ShowCard': ['title', 'tooltip'],
  'Action.Submit': ['title'],
  'Action.OpenUrl': ['title', 'url'],
};

/** Read by the template engine, or by nobody. */
const ENGINE = ['$when', '$data', 'style', 'color', 'isVisible', 'id'];

/** A condition that picks one of the template's own words. */
const CHOICE = /^\$\{if\((tone|isError|\$index) ?[^$]*\)\}$|^\$\{if\(\$index == 0, /;

const boundTo = (node: Node): string[] =>
  Object.keys(node).filter((property) => textOf(node, property).includes('${'));

describe.each(templateNames)('%s.json', (name) => {
  const template = readJson(`${name}.json`);
  const elements = nodesOf(template).filter((node) => node['type'] && node['type'] !== 'imBack');

  test('text blocks hold static words, and there is no fact set', () => {
    for (const block of nodesOfType(template, 'TextBlock'))
      expect(boundTo(block)).not.toContain('text');
    for (const card of nodesOfType(template, 'AdaptiveCard')) expect(boundTo(card)).toEqual([]);
    expect(nodesOfType(template, 'FactSet')).toEqual([]);
  });

  test('data stands only where no client reads markup', () => {
    for (const element of elements) {
      const type = textOf(element, 'type');
      const allowed = [...ENGINE, ...(PLAIN[type] ?? [])];
      const bound = type.startsWith('Chart.') ? [] : boundTo(element);
      expect(allowed).toEqual(expect.arrayContaining(bound));
    }
  });

  test('colours and styles are the template’s own', () => {
    for (const element of elements) {
      const looks = boundTo(element).filter((p) => p === 'style' || p === 'color');
      for (const look of looks) expect(textOf(element, look)).toMatch(CHOICE);
    }
  });

  test('every address is tried for https first', () => {
    for (const opening of nodesOfType(template, 'Action.OpenUrl')) {
      const [, name = ''] = /^\$\{(\w+)\}$/.exec(textOf(opening, 'url')) ?? [];
      expect(opening['$when']).toBe(`\${startsWith(${name}, 'https://')}`);
    }
  });

  test('the words are calm', () => {
    const properties = ['text', 'title', 'label', 'placeholder'];
    for (const node of elements) {
      for (const property of properties) expect(textOf(node, property)).not.toMatch(/!(?!=)/);
    }
  });
});
