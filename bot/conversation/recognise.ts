import type { Asking } from './asking.ts';
import { messageOf, type Message } from './clause.ts';
import { readings } from './clauses.ts';
import type { Command } from './command.ts';
import { corrected, isUnclear } from './corrections.ts';
import { followUp } from './follow-ups.ts';
import { introduction } from './introduce.ts';
import { distinct, meant, type Context } from './meaning.ts';
import { normalise, type Said } from './normalise.ts';
import { offerTo, onlyOffered } from './offers.ts';
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
  const message = corrected(messageOf(said, asking));
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
  const asksOn = ASKS_ON.test(message.words) || isUnclear(message);
  for (const reading of all) {
    const before = found.length > 0 ? found : asking.before;
    found.push(...understood(reading, asksOn, { ...asking, before }));
  }
  const useful = found.filter(({ name }) => name !== 'not understood');
  return useful.length > 0 ? useful : [LOST];
}

/** Words with which something is asked about, and nothing is asked to be done. */
const ASKS =
  /^(?:(?:and|so|but|ok|okay|hi|hello|sorry|please|well|just) )*(?:(?:did|does|was|were|has|had|who|whose|which|why|where|when|should|shall)\b|do (?:i|we|you|they)\b(?! mind\b)|have (?:i|we|you|they)\b|am i\b|i wonder\b|will (?!you\b)|(?:how|what)\b(?! about\b)|are\b(?! you able\b)|is\b(?! (?:it|there) (?:possible|ok|okay|alright|all right|any chance)\b)|if\b(?! (?:you (?:can|could|would)|possible)\b))/;
/** The same within a sentence, and what may be done, or was: `tell me how to book`, `I might cancel`. */
const MENTIONS =
  /\b(?:how (?:to|do|does|i|we)|whether|what happens|(?:tell me|know|see|check) (?:if|when|whether|how|why|who)|might|maybe|perhaps|not sure|unsure|wonder|wondering|thinking (?:of|about)|if (?:i|we) (?:book|cancel)|(?:would|could) it (?!be (?:possible|ok|okay|alright|all right)\b)|can the bot|does the bot|(?:i|we) (?:have )?(?:already |just )?(?:chased|reminded|cancelled))\b/;

/** Such a question goes on after an “and”: `should I book the 9th and cancel the 16th`. */
const ASKS_ON =
  /^(?:(?:and|so|but|ok|okay|hi|hello|sorry|please|well|just) )*(?:should|shall|did|does|do (?:i|we|you)(?! mind\b)|if(?! (?:you (?:can|could|would)|possible)\b)|what (?:if|happens)|how (?:do|does|can|could|would)|am i|have (?:i|we|you))\b[^|,]*[|, ]*$/;

/** A question changes nothing: what it may ask to be done is offered. */
function understood(reading: Reading, asksOn: boolean, asking: Context): Command[] {
  const commands = taken(reading, asking).map((one) =>
    one.name === 'offer' ? offerTo(asking, one.of) : one,
  );
  const { words } = reading.clause;
  return asksOn || ASKS.test(words) || MENTIONS.test(words)
    ? commands.map((one) => onlyOffered(one, asking))
    : commands;
}

/** What one clause asks for: a clear meaning is taken, of several as likely ones all are offered. */
function taken({ clause, scored }: Reading, asking: Context): Command[] {
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
  return [{ name: 'offer', of: second ? offered : [...offered, { name: 'help' }] }];
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
