/** Between two places of a pattern anything may stand here, or nothing. */
const ANYTHING = '\0';
/** A part of a pattern that can be said in more ways than this is not gone by. */
const MOST_WAYS = 100;
/** Words that stand in so many messages that a pattern is seldom ruled out by them. */
const COMMON = new Set(
  `who what when which where how why is are was were be do does did has have had can could should will would
  i we you it they she he me us my our your the a an to of for in on at with and or not any there this that
  next clinic clinics return returns district school show list all please @district @date`.split(
    /\s+/,
  ),
);
const COMMONER = 12;
/** As many as stand together; one with a sign of how often after it stands for itself. */
const LETTERS = /[a-z0-9@]+(?![?*+{])|[a-z0-9@]/y;

/** A place in a pattern, and all that can stand there: words, and `ANYTHING` between them. */
type Ways = readonly string[];

/**
 * Words of which one at least stands in whatever a pattern fits, so that it need not be tried where
 * none does. Of several such sets the one that rules out most; none where nothing is sure.
 */
export function neededBy(pattern: string): readonly string[] | undefined {
  const each = new Reader(pattern).alternatives().map((parts) => rarest(parts.map(wordsOfAll)));
  return each.every((one) => one !== undefined) ? [...new Set(each.flat())] : undefined;
}

function rarest(sets: readonly (readonly string[] | undefined)[]): readonly string[] | undefined {
  let [best, least]: [readonly string[] | undefined, number] = [undefined, Infinity];
  for (const words of sets) {
    const cost = words?.reduce((sum, word) => sum + costOf(word), 0) ?? Infinity;
    if (cost < least) [best, least] = [words, cost];
  }
  return best;
}

const costOf = (word: string): number => (COMMON.has(word) ? COMMONER : 1);

/** One whole word of every way of saying it. */
function wordsOfAll(ways: Ways): readonly string[] | undefined {
  const found = new Set<string>();
  for (const way of ways) {
    const word = tellingWord(way, found);
    if (word === undefined) return undefined;
    found.add(word);
  }
  return [...found];
}

/** If it can be, one that is gone by already. A mark is a word of its own, whatever stands before it. */
function tellingWord(way: string, found: ReadonlySet<string>): string | undefined {
  const words = way.replaceAll('@', ' @').split(' ');
  const whole = words.filter((word) => word !== '' && !word.includes(ANYTHING));
  return (
    whole.find((word) => found.has(word)) ?? whole.find((word) => !COMMON.has(word)) ?? whole[0]
  );
}

/** Reads the regular expressions that patterns are. What is not known to it may stand for anything. */
class Reader {
  private at = 0;
  private readonly pattern: string;

  constructor(pattern: string) {
    this.pattern = pattern;
  }

  /** Each alternative, as its places that stand between spaces. */
  alternatives(): Ways[][] {
    const found = [this.places()];
    while (this.took('|')) found.push(this.places());
    return found;
  }

  private places(): Ways[] {
    const places: Ways[] = [['']];
    while (this.at < this.pattern.length && !'|)'.includes(this.next())) {
      const isSpace = this.next() === ' ';
      const ways = this.quantified(this.one());
      if (isSpace && ways.length === 1 && ways[0] === ' ') places.push(['']);
      else places.push(joined(places.pop() ?? [''], ways));
    }
    return places;
  }

  private one(): Ways {
    if (this.took('(')) return this.group();
    if (this.took('[')) return this.untilAfter(']');
    if (this.took('\\')) {
      this.at++;
      return [ANYTHING];
    }
    const letters = this.letters();
    if (letters !== '') return [letters];
    const sign = this.next();
    this.at++;
    if (sign === '^' || sign === '$') return [''];
    return sign === ' ' ? [sign] : [ANYTHING];
  }

  private letters(): string {
    LETTERS.lastIndex = this.at;
    const letters = LETTERS.exec(this.pattern)?.[0] ?? '';
    this.at += letters.length;
    return letters;
  }

  private untilAfter(sign: string): Ways {
    this.at = this.pattern.indexOf(sign, this.at) + 1;
    return [ANYTHING];
  }

  /** What is looked for ahead or behind takes no place. */
  private group(): Ways {
    const isLooking = /^\?(?:[=!]|<[=!])/.test(this.pattern.slice(this.at));
    const kind = /^\?(?::|<?[=!])/.exec(this.pattern.slice(this.at));
    this.at += kind?.[0].length ?? 0;
    const ways = this.alternatives().flatMap((places) =>
      places.reduce((before, place) => joined(joined(before, [' ']), place)),
    );
    this.took(')');
    return isLooking ? [''] : few(ways);
  }

  private quantified(ways: Ways): Ways {
    if (this.took('?')) return ['', ...ways];
    if (this.took('*')) return ['', ...repeated(ways)];
    if (this.took('+')) return repeated(ways);
    return this.next() === '{' ? this.untilAfter('}') : ways;
  }

  private next(): string {
    return this.pattern.charAt(this.at);
  }

  private took(sign: string): boolean {
    if (this.next() !== sign) return false;
    this.at++;
    return true;
  }
}

function joined(before: Ways, after: Ways): Ways {
  for (const ways of [after, roughly(after)]) {
    if (before.length * ways.length <= MOST_WAYS)
      return before.flatMap((one) => ways.map((other) => one + other));
  }
  return [ANYTHING];
}

const few = (ways: Ways): Ways => (ways.length > MOST_WAYS ? [ANYTHING] : ways);

/** Something said once or more: what it begins and ends with stays sure where that is a space. */
function repeated(ways: Ways): Ways {
  const before = ways.every((way) => way.startsWith(' ')) ? ' ' : '';
  const after = ways.every((way) => way.endsWith(' ')) ? ' ' : '';
  return [`${before}${ANYTHING}${after}`];
}

const roughly = (ways: Ways): Ways => [
  ...(ways.includes('') ? [''] : []),
  ...repeated(ways.filter((way) => way !== '')),
];
