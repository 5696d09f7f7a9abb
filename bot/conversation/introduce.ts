import { asWritten } from './as-written.ts';
import { clauseOf, type Clause, type Message } from './clause.ts';
import type { Command } from './command.ts';
import { oneOf, schoolsMeant, type Context } from './meaning.ts';
import { isKind } from './schools.ts';
import { isEnglish } from './spelling.ts';
import { indexOf } from './names.ts';

const JOB =
  '(?:senco|sendco|inclusion lead|teacher|head|headteacher|deputy|manager|assistant|ta|practitioner)';
/** What may stand before somebody's job: their name, and whether they are new. */
const BEFORE_JOB =
  '(?:(?!(?:not|never|no|nor|for|to|by|with|about|if|when|who|a parent|parent)\\b|(?!acting\\b)\\w+ing\\b)\\w+ ){0,6}?';
const NOW = '(?:now |currently |just |also |both |still )*';
const WE = '(?<!\\b(?:do|if|whether|where|should|that|nobody|says?|thinks?) )\\b(?:i|we)';
/** Somebody says of themselves where they work, anywhere in what they say. */
const OF_THEMSELVES = [
  `${WE} ${NOW}(?:work|teach) (?:at|in|for) (?:the )?`,
  `${WE} (?:am|are) ${NOW}(?:work|teach|bas)(?:ing|ed) (?:at|in|for) (?:the )?`,
  `${WE} (?:am|are|come) ${NOW}(?:at|from|of) (?:the )?`,
  `\\bi am ${BEFORE_JOB}${JOB} (?:at|of|for|in|from) (?:the )?`,
  '\\b(?:my|our) school is (?:called )?(?:the )?',
];
/** The same in short, with nothing before it. */
const GREETING =
  '(?:(?:hi|hello|hey|good|morning|afternoon|yes|please|sorry|it is|this is|we are|i am) )*';
const IN_SHORT = [
  `^${GREETING}(?:(?:the|a|new|acting|interim) )*${JOB} (?:(?:at|of|for|in|from) (?:the )?)?(?=@school|.* )`,
  `^${GREETING}(?:work|working|teach|teaching|based) (?:at|in|for) (?:the )?`,
];
const WORKS_AT = [...OF_THEMSELVES, ...IN_SHORT].map((one) => new RegExp(`${one}(.+)$`));
const ONLY_A_SCHOOL = new RegExp(
  `^${GREETING}(?:at |from |the )*@schoola(?: (?:(?:in )?@districta|please|thanks|thank you|here|${JOB}))*$`,
);
/** A name is no sentence. */
const MOST_OF_A_NAME = 6;
const NO_NAME =
  /^(?:who|what|which|when|where|why|how|is|are|am|was|do|does|did|can|could|will|would|should|i|we|he|she|they|my|our|his|her|their|a|an|any|all|some|every|this|that|it|there|not|no|please)\b|@/;

/** Somebody whom the people list does not know says who they are, whatever they ask. */
export function introduction(message: Message, asking: Context): Command {
  const clause = clauseOf(message.words, message, asking);
  const where = ONLY_A_SCHOOL.test(clause.words) ? '@schoola' : workplaceIn(clause.words);
  if (where?.startsWith('@school')) return atListed(clause, where, asking);
  const unknown = where?.replace(/@[a-z]+/g, ' ').trim() ?? nameAlone(clause, asking);
  return unknown
    ? { name: 'introduce', unknownSchool: asWritten(unknown, asking.written) }
    : { name: 'introduce' };
}

const workplaceIn = (words: string): string | undefined =>
  WORKS_AT.map((pattern) => pattern.exec(words)?.[1]).find(Boolean);

function atListed(clause: Clause, where: string, asking: Context): Command {
  const letters = [...clause.words.matchAll(/@school([a-z])/g)].map(([mark]) => mark);
  const fits = clause.schools[letters.indexOf(where.slice(0, '@schoola'.length))] ?? [];
  const each = schoolsMeant(fits, clause, asking);
  return oneOf(each.map(({ name }) => ({ name: 'introduce', school: name })));
}

/** `Hogwarts`, `St Nowhere’s Primary`: a few words that say what kind of school, or are a name. */
function nameAlone({ words }: Clause, { names, written }: Context): string | undefined {
  const all = words.split(' ');
  if (all.length > MOST_OF_A_NAME || NO_NAME.test(words)) return undefined;
  const { known } = indexOf(names).spelling;
  const own = all.filter((word) => !isKind(word) && word !== 'st');
  const isStrange = own.some((word) => !known.has(word) && !isEnglish(word));
  const isSchool = own.length < all.length && own.length > 0;
  const isName = /^(?:\p{Lu}\S* ?)+$/u.test(written);
  return isStrange && (isSchool || isName) ? words : undefined;
}
