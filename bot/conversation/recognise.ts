import { mentionedDistrict } from '../directory/district-name.ts';
import type { Asking } from './asking.ts';
import type { Command } from './command.ts';

const LONGEST = 500;

/** Each intent by the words that give it away; the first that fits is taken. */
const PATTERNS: readonly (readonly [RegExp, Command['name']])[] = [
  [
    /\b(link (practitioner|teacher|worker)|specialist teacher|my practitioner|who (is|are) (our|my) link|who do (i|we) (contact|call|ring|ask))\b/,
    'link practitioner',
  ],
  [/\b(clinics?|surger(y|ies)|drop[- ]?in)\b/, 'next clinic'],
  [
    /\b(who|what|which)\b.*\b(missing|outstanding|late|overdue|not (filed|returned|in))\b|^missing\b|\bwho has(n t| not)\b/,
    'who is missing',
  ],
  [/\bapprov(e|ed|als?)\b/, 'what can be approved'],
  [/\bfindings?\b/, 'show findings'],
  [/\b(chase|nudge|remind)\b/, 'chase district'],
  [
    /\b(what (is|do i|have i|s).*\b(due|owe|outstanding)|my (returns?|tasks?|queries)|file|fill in)\b/,
    'what is due',
  ],
  [/\b(help|what can you do|hello|hi|hey|good (morning|afternoon)|commands?)\b/, 'help'],
  [/\b(show|see|how is|tell me about|status( of)?|open)\b/, 'show district'],
];

/** What follows is the rule as it was written, to the letter. */
const TRY_RULE = /^\s*try\s+(?:the\s+|a\s+)?rule\b:?(.*)$/is;

/**
 * What a message asks for, in its order: at least one thing. Deterministic: the same words from the
 * same person after the same words always give the same commands.
 */
export const recognise = (text: string, asking: Asking): Command[] => [one(text, asking)];

function one(text: string, { names: { districts } }: Asking): Command {
  const trial = TRY_RULE.exec(text);
  if (trial) return { name: 'try rule', text: (trial[1] ?? '').trim() };
  const sentence = text
    .slice(0, LONGEST)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[’']/g, ' ')
    .replace(/[^\p{L}\p{N}&-]+/gu, ' ')
    .trim();
  const district = mentionedDistrict(sentence, districts);
  const name = PATTERNS.find(([pattern]) => pattern.test(sentence))?.[1];
  if (name === 'help' && district) return { name: 'show district', district };
  if (name === 'chase district' || name === 'show district') {
    return district ? { name, district } : { name: 'which district', of: name };
  }
  if (name === 'show findings') return district ? { name, district } : { name };
  if (!name) return district ? { name: 'show district', district } : { name: 'not understood' };
  return { name } as Command;
}
