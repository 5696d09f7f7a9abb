import type { Card, Json } from '../../cards/render.ts';

/** A button on a card, with what it carries. */
export type Button = {
  title: string;
  verb: string;
  data: Record<string, Json>;
  /** Tells its inputs from those of other rows; empty where there are no rows. */
  row: string;
};

type Node = { [name: string]: Json };

/** Every element of a card that has a type, from top to bottom. */
function* elementsOf(json: Json | undefined): Generator<Node> {
  if (Array.isArray(json)) {
    for (const one of json) yield* elementsOf(one);
  } else if (json !== null && typeof json === 'object') {
    if (typeof json['type'] === 'string') yield json;
    for (const [name, one] of Object.entries(json)) if (name !== 'fallback') yield* elementsOf(one);
  }
}

/** The words on a card, one line for each element. */
export function wordsOn(card: Card | undefined): string {
  return [...elementsOf(card)].flatMap((element) => wordsIn(element)).join('\n');
}

function wordsIn(element: Node): string[] {
  const facts = Array.isArray(element['facts']) ? (element['facts'] as Node[]) : [];
  const own = [element['text'], element['title'], element['label'], element['errorMessage']];
  return [...own, ...facts.flatMap((fact) => [fact['title'], fact['value']])].filter(
    (text): text is string => typeof text === 'string' && text.trim() !== '',
  );
}

const textOf = (json: Json | undefined): string =>
  typeof json === 'string' || typeof json === 'number' ? String(json) : '';

export function buttonsOn(card: Card | undefined): Button[] {
  return [...elementsOf(card)]
    .filter((element) => element['type'] === 'Action.Execute')
    .map((element) => {
      const data = (element['data'] ?? {}) as Record<string, Json>;
      return {
        title: textOf(element['title']),
        verb: textOf(element['verb']),
        data,
        row: textOf(data['row']),
      };
    });
}

/** What stands in the boxes of a card, by the id of each. */
export function boxesOn(card: Card | undefined): Record<string, string> {
  const inputs = [...elementsOf(card)].filter((one) => textOf(one['type']).startsWith('Input.'));
  return Object.fromEntries(
    inputs.map((input) => {
      return [textOf(input['id']), textOf(input['value']).trim()];
    }),
  );
}

/** The one button with this title (and, where several have it, that carries these fields). */
export function buttonOn(
  card: Card | undefined,
  title: string,
  carrying: Record<string, Json> = {},
): Button {
  const found = buttonsOn(card).find(
    (button) =>
      button.title === title &&
      Object.entries(carrying).every(([name, value]) => button.data[name] === value),
  );
  if (!found) {
    const titles = buttonsOn(card).map((button) => button.title);
    throw new Error(
      `The card has no button “${title}”, only: ${titles.join(', ')}.\n${wordsOn(card)}`,
    );
  }
  return found;
}
