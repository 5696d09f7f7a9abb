import type { Asking } from './asking.ts';
import { messageOf, type Message } from './clause.ts';
import { readings } from './clauses.ts';
import type { Command } from './command.ts';
import { followUp } from './follow-ups.ts';
import { introduction } from './introduce.ts';
import { distinct, meant, oneOf, type Context } from './meaning.ts';
import { normalise, type Said } from './normalise.ts';
import { isOtherLanguage } from './other-language.ts';
import type { Reading } from './reading.ts';
import { ALONE, ENOUGH, isSmallTalk, likeliest, ON_PLAIN_WORDS, type Scored } from './scoring.ts';

/** Nobody asks more things at once, and means them all. */
const MOST_COMMANDS = 3;
/** What follows is the rule as it was written, to the letter. */
const TRY_RULE =
  /^\s*(?:<at\b[^>]*>[^<]*<\/at>\s*)?(?:please\s+)?(?:try|test)\s+(?:the\s+|a\s+)?rule\b:?(.*)$/is;
const LOST: Command = { name: 'not understood' };

/**
 * What a message asks for, in its order: at least one thing, at most three. Deterministic: the same
 * words from the same person after the same words always give the same commands.
 */
export function recognise(text: string, asking: Asking): Command[] {
  const trial = TRY_RULE.exec(text);
  if (trial && asking.roles.length > 0)
    return [{ name: 'try rule', text: (trial[1] ?? '').trim() }];
  const said = normalise(text);
  const wordless = withoutWords(said);
  if (wordless) return [stranger(wordless, asking)];
  if (isOtherLanguage(said.words.replace(/[|,] ?/g, '').trim()))
    return [{ name: 'other language' }];
  const message = messageOf(said, asking);
  const context = { ...asking, written: said.written };
  const commands = asking.roles.length > 0 ? known(message, context) : unknown(message, context);
  return distinct(commands).slice(0, MOST_COMMANDS);
}

/** Signs alone: a question mark, a thumb, or nothing. */
function withoutWords({ written, words }: Said): Command | undefined {
  if (/[\p{L}\p{N}]/u.test(words)) return undefined;
  if (/^[?\s]*\?[?\s]*$/.test(written)) return { name: 'help' };
  return /[👍👌🙏❤💚💙🎉👏]/u.test(written) ? { name: 'thanks' } : { name: 'empty' };
}

const stranger = (command: Command, { roles }: Asking): Command =>
  roles.length === 0 && command.name === 'help' ? { name: 'introduce' } : command;

function known(message: Message, asking: Context): Command[] {
  const found: Command[] = [];
  const all = readings(message, asking);
  for (const reading of all) {
    const before = found.length > 0 ? found : asking.before;
    found.push(...understood(reading, { ...asking, before }));
  }
  const useful = found.filter(({ name }) => name !== 'not understood');
  return useful.length > 0 ? useful : [LOST];
}

/** What one clause asks for: a clear meaning is taken, of several as likely ones all are offered. */
function understood({ clause, scored }: Reading, asking: Context): Command[] {
  const following = followUp(clause, asking);
  if (following) return following;
  const likely = likeliest(scored, asking.roles);
  const [best, second] = likely;
  if (!best || best.intent === 'not understood') return [LOST];
  if (!second && isEnough(best)) return meant(best.intent, clause, asking);
  const offered = likely
    .filter(({ intent }) => intent !== 'not understood')
    .flatMap(({ intent }) => meant(intent, clause, asking).slice(0, 1))
    .map((one) => (one.name === 'offer' ? (one.of[0] ?? one) : one));
  return [oneOf(second ? offered : [...offered, { name: 'help' }])];
}

const isEnough = ({ intent, score }: Scored): boolean =>
  score >= (ON_PLAIN_WORDS.includes(intent) ? ENOUGH : ALONE);

const TO_ANYBODY = ['thanks', 'rude'];

function unknown(message: Message, asking: Context): Command[] {
  const [first] = readings(message, asking);
  const best = first?.scored[0];
  if (best && isSmallTalk(best) && TO_ANYBODY.includes(best.intent))
    return [{ name: best.intent } as Command];
  return [introduction(message, asking)];
}
