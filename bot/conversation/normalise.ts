/** What stands farther into a message is not read. */
const LONGEST = 500;

/** A message as people would read it aloud, and as the recogniser does. */
export type Said = {
  /** Without markup, in its own case: what is quoted back is taken from here. */
  written: string;
  /** Lower-case words without accents; `|` ends a sentence, `,` stays. */
  words: string;
};

/** Takes markup, links, mentions, invisible marks and short forms out of a message. */
export function normalise(text: string): Said {
  const written = withoutMarkup(text.slice(0, LONGEST).toWellFormed().normalize('NFKC'));
  return { written, words: wordsOf(written) };
}

/** What is replaced by what, and a sign without which there is none of it. */
type Replacement = readonly [of: RegExp, by: string, sign?: string];

const MARKUP: readonly Replacement[] = [
  // Invisible and direction marks; then a mention with the name in it, tags, entities, links.
  [/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, ''],
  [/`/g, ' ', '`'],
  [/<at\b[^>]*>[^<]*<\/at>/gi, ' ', '<'],
  [/<\/?[a-z!][^>]*>/gi, ' ', '<'],
  [/\(demo\)/gi, ' ', '('],
  [/&nbsp;/gi, ' ', '&'],
  [/&amp;/gi, '&', '&'],
  [/&(?:lt|gt|quot|#\d+);/gi, ' ', '&'],
  [/!?\[([^\]]*)\]\([^)]*\)/g, ' $1 ', '['],
  [/\b(?:https?:\/\/|www\.)\S+/gi, ' '],
  // Swearing behind stars is swearing.
  [/(?<![\p{L}\p{N}'’*])(?:f[*#@$]{2,}|s[*#@$]{2}t)/giu, 'fuck'],
  [/[*_~#>@|¤]+/g, ' '],
  [/\s+/g, ' '],
];

const withoutMarkup = (text: string): string => replaced(text, MARKUP).trim();

const replaced = (text: string, all: readonly Replacement[]): string =>
  all.reduce(
    (before, [of, by, sign = '']) => (before.includes(sign) ? before.replace(of, by) : before),
    text,
  );

const WORDS: readonly Replacement[] = [
  [/\p{M}+/gu, ''],
  [/[’‘ʼ´]/g, "'"],
  // Short forms, with the apostrophe and without.
  [/\bcan'?t\b|\bcannot\b/g, 'can not'],
  [/\bwon'?t\b/g, 'will not'],
  [/\b(do|did|does|has|have|is|are|was|were|could|would|should)n'?t\b/g, '$1 not'],
  [/\b(what|who|where|when|how|that|it|there|she|he)'s\b/g, '$1 is', "'"],
  [/\b(what|who|where|when|how|that)s\b/g, '$1 is'],
  [/\bi'?m\b/g, 'i am'],
  [/\b(she|he)s\b/g, '$1 is'],
  [/\bid\b(?= (?:like|love|prefer|rather|want|be))/g, 'i would'],
  [/\b(you|they)re\b/g, '$1 are'],
  [/\be[ -]mail/g, 'email'],
  [
    /\b(on|after|before|from|until|till|by|for) (?:the )?([1-9]|[12]\d|3[01])\.(0?[1-9]|1[0-2])\b/g,
    '$1 $2/$3',
  ],
  [/\b(i|we|you|they)'ve\b/g, '$1 have', "'"],
  [/\bive\b/g, 'i have'],
  [/\b(i|we|you|they|she|he)'ll\b/g, '$1 will', "'"],
  [/\b(i|we|you|they)'d\b/g, '$1 would', "'"],
  [/\b(we|you|they)'re\b/g, '$1 are', "'"],
  [/'/g, '', "'"],
  [/\s[-–—]\s(?=(?:the )?\d)/g, ' to '],
  [/\bst\./g, 'st', '.'],
  [/\bc\.? ?of ?e\b\.?/g, 'cofe'],
  [/\bpre[ -]school/g, 'preschool'],
  // Words that a day after them must not take apart.
  [/\bdrop[ -]?in(s?)\b/g, 'dropin$1'],
  [/\bnumber (\d+)\b/g, 'number$1', 'number'],
  [/\b(mon|tues|wednes|thurs|fri|satur|sun)days\b/g, '$1day'],
  // An ampersand stays within an abbreviation (`t&m`), hyphens and slashes between figures.
  [/(?<![\p{L}\p{N}])(\p{L}) ?& ?(\p{L})(?![\p{L}\p{N}])/gu, '$1¤$2', '&'],
  [/&/g, ' and ', '&'],
  [/¤/g, '&', '¤'],
  [
    /\bw ?\/ ?[cb]\b|\bwc\b(?= (?:the )?\d)|\b(?:wc|wk|week) (?:commencing|beginning|starting)\b/g,
    'weekof',
  ],
  [/(?<!\d)[-/]|[-/](?!\d)/g, ' '],
  [/[?!.;:…]+/g, ' | '],
  [/,/g, ' , ', ','],
  [/[^\p{L}\p{N}&/,|-]+/gu, ' '],
  // Whoever wants to be reminded of something asks for it.
  [
    /\b(?:can|could|would|please)? ?(?:you )?remind me (?:(?:of|about) )?(?=(?:what|which|who|when|where|how|my|our|the|if|whether)\b)/g,
    '',
  ],
];

/** Lower-case words, as names of the lists and what people type are compared by. */
export const wordsOf = (written: string): string =>
  replaced(written.normalize('NFKD').toLowerCase(), WORDS).trim();
