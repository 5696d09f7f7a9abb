import { readFileSync } from 'node:fs';
import type { Command } from '../../bot/conversation/command.ts';
import { recognise } from '../../bot/conversation/recognise.ts';
import { ASKERS, type Asker } from '../bot/conversation/askers.ts';

/** Something said by somebody in a role, with what it means. */
export type Utterance = {
  by: Asker;
  text: string;
  /** Names of commands, in their order. */
  intents: readonly string[];
  slots: ReadonlyMap<string, string>;
  /** What they had said a moment before, or nothing. */
  before: string;
};

/**
 * What came of it. `offered`: what was meant stands in an offer. `lost`: it is said that nothing was
 * understood. `wrong`: something else is answered.
 */
export type Outcome = Utterance & {
  got: readonly Command[];
  is: 'right' | 'offered' | 'lost' | 'wrong';
};

const ANYBODY: readonly Asker[] = ['lead', 'commissioner', 'senco', 'practitioner'];

/** The rows of a file beside this one; a row of `any` is said by each of four roles. */
export const utterancesOf = (file: string): Utterance[] =>
  readFileSync(new URL(file, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .flatMap((line) => {
      const [by = '', text = '', intents = '', slots = '', before = ''] = line.split('\t');
      const askers = by === 'any' ? ANYBODY : [by as Asker];
      const row = { text, intents: intents.split(' + '), slots: slotsIn(slots), before };
      return askers.map((one) => ({ ...row, by: one }));
    });

const slotsIn = (cell: string): Map<string, string> =>
  new Map(
    cell
      .split('; ')
      .filter((one) => one !== '')
      .map((one): [string, string] => [one.split('=')[0] ?? '', one.slice(one.indexOf('=') + 1)]),
  );

export function outcomeOf(said: Utterance): Outcome {
  const asking = ASKERS[said.by];
  const before = said.before === '' ? [] : recognise(said.before, asking);
  const got = recognise(said.text, { ...asking, before });
  return { ...said, got, is: judged(got, said) };
}

function judged(got: readonly Command[], said: Utterance): Outcome['is'] {
  if (isMeant(got, said)) return 'right';
  const [first] = got;
  if (first?.name === 'not understood') return 'lost';
  const isOffered = first?.name === 'offer' && first.of.some((one) => isMeant([one], said));
  return isOffered ? 'offered' : 'wrong';
}

/** The same with a slip of the pen in its longest word, of one kind after the other. A rule has none. */
export function withSlip(said: Utterance, turn: number): Utterance {
  if (said.intents.includes('try rule')) return said;
  const words = said.text.match(/\b[a-z]{5,}\b/gi) ?? [];
  const [longest] = words.toSorted((a, b) => b.length - a.length);
  if (!longest) return said;
  return { ...said, text: said.text.replace(longest, slipped(longest, turn)) };
}

function slipped(word: string, turn: number): string {
  const at = 1 + (turn % (word.length - 2));
  const [before, letter, next, after] = [
    word.slice(0, at),
    word.charAt(at),
    word.charAt(at + 1),
    word.slice(at + 2),
  ];
  switch (turn % 4) {
    case 0:
      return before + next + after;
    case 1:
      return before + letter + letter + next + after;
    case 2:
      return before + next + letter + after;
    default:
      return `${before}x${next}${after}`;
  }
}

const isMeant = (commands: readonly Command[], { intents, slots }: Utterance): boolean =>
  namesOf(commands) === intents.join(' + ') && sameSlots(slotsOf(commands), slots);

export const namesOf = (commands: readonly Command[]): string =>
  commands.map(({ name }) => name).join(' + ');

const sameSlots = (one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): boolean =>
  one.size === other.size &&
  [...one].every(([name, value]) => value.toLowerCase() === other.get(name)?.toLowerCase());

/** The slots of commands, named and written as in the files. */
export function slotsOf(commands: readonly Command[]): Map<string, string> {
  const slots = new Map<string, string>();
  const districts = commands.flatMap((one) => ('district' in one ? (one.district ?? []) : []));
  for (const command of commands) {
    for (const [name, value] of Object.entries(command)) {
      const isOfWhich = command.name === 'which district' && name === 'of';
      if (name === 'name' || value === undefined || isOfWhich) continue;
      slots.set(...written(name, value));
    }
  }
  if (districts.length > 1) {
    slots.delete('district');
    slots.set('districts', districts.join(','));
  }
  return slots;
}

function written(name: string, value: unknown): [string, string] {
  if (name === 'unknownSchool') return ['school', '?'];
  if (name === 'text') return ['rule', String(value)];
  if (name === 'free') return ['free', 'yes'];
  return [name, Array.isArray(value) ? value.join(',') : String(value)];
}
