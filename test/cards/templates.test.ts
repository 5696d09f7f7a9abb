import { AdaptiveCard, SerializationContext, Versions } from 'adaptivecards';
import { describe, expect, test } from 'vitest';
import { nodesOf, nodesOfType, readJson, samples, sizeOf, templateNames } from './samples.ts';
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
  expect(templateNames).toHaveLength(9);
});

describe.each(samples)('$file', ({ card }) => {
  test('is valid for the Adaptive Cards 1.5 parser, charts as their fallback', () => {
    expect(complaintsAbout(withoutCharts(card))).toEqual([]);
  });

  test('only charts are unknown to the 1.5 parser, and each has a fallback', () => {
    const charts = nodesOf(card).filter((node) => String(node['type']).startsWith('Chart.'));
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
    const inputs = nodesOf(card).filter((node) => String(node['type']).startsWith('Input.'));
    for (const input of inputs) expect(input['label']).toMatch(/\S/);
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

const MARKDOWN_FREE: Record<string, readonly string[]> = {
  TextRun: ['text'],
  'Input.Text': ['id', 'label', 'placeholder', 'value'],
  'Input.Date': ['id', 'label', 'value'],
  'Input.ChoiceSet': ['id', 'label', 'placeholder', 'value'],
  'Action.Execute': ['title'],
  'Action.Submit': ['title'],
  'Action.OpenUrl': ['title', 'url'],
};
const STYLE = ['$when', '$data', 'style', 'color', 'isVisible', 'id'];

describe.each(templateNames)('%s.json', (name) => {
  const template = readJson(`${name}.json`);
  const elements = nodesOf(template).filter((node) => node['type'] && node['type'] !== 'imBack');

  test('text blocks hold static words, and there is no fact set', () => {
    for (const block of nodesOfType(template, 'TextBlock'))
      expect(block['text']).not.toContain('${');
    expect(nodesOfType(template, 'FactSet')).toEqual([]);
    expect(String(nodesOfType(template, 'AdaptiveCard')[0]?.['fallbackText'])).not.toContain('${');
  });

  test('data stands only where no client reads markup', () => {
    for (const element of elements) {
      const type = String(element['type']);
      if (type.startsWith('Chart.')) continue;
      const allowed = [...STYLE, ...(MARKDOWN_FREE[type] ?? [])];
      const bound = Object.entries(element).filter(
        ([property, value]) => typeof value === 'string' && value.includes('${') && property,
      );
      for (const [property] of bound) expect(allowed, `${type}.${property}`).toContain(property);
    }
  });

  test('colours and styles are chosen by the template', () => {
    for (const element of elements) {
      for (const property of ['style', 'color'] as const) {
        const value = element[property];
        if (typeof value !== 'string' || !value.includes('${')) continue;
        expect(value).toMatch(
          /^\$\{(tone|if\(isError, 'attention', 'warning'\)|if\(\$index == 0, .*\))\}$/,
        );
      }
    }
  });

  test('static words are plain: no exclamation marks', () => {
    for (const node of elements) {
      const words = [node['text'], node['title'], node['label'], node['placeholder']];
      for (const word of words)
        if (typeof word === 'string' && !word.includes('${')) expect(word).not.toContain('!');
    }
  });
});
