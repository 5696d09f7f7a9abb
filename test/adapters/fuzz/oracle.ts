import { CLINICS, PEOPLE, PRACTITIONERS } from '../../../adapters/sharepoint/bot-lists.ts';
import { KPI, LAR } from '../demo-site.ts';
import { objectIdOf, TENANT, type Turn, type Written } from './fuzzed-bot.ts';
import type { Answered } from './in-process.ts';
import { ACTORS, KEPT, type Actor, type Mark } from './marked-county.ts';
import { comesTo, isPractitioner, leads, manages, maySee } from './what-each-may.ts';

/** What was posted, as far as it can be told from its bytes. */
export type Seen = {
  actor: Actor;
  isPersonal: boolean;
  type: string;
  invokes: string;
  conversation: string;
  text: string;
};

type Loose = Readonly<Record<string, unknown>>;

const looseOf = (json: unknown): Loose =>
  typeof json === 'object' && json !== null ? (json as Loose) : {};
const textOf = (json: unknown): string => (typeof json === 'string' ? json : '');

/** Reads an activity as its sender meant it; who speaks is told from the object id alone. */
export function seenIn(body: string): Seen {
  const activity = looseOf(parsed(body));
  const conversation = looseOf(activity['conversation']);
  return {
    actor: actorOf(looseOf(activity['from'])['aadObjectId']),
    isPersonal:
      conversation['conversationType'] === 'personal' &&
      activity['channelId'] === 'msteams' &&
      tenantOf(activity) === TENANT,
    type: textOf(activity['type']),
    invokes: textOf(activity['name']),
    conversation: textOf(conversation['id']),
    text: body.toLowerCase(),
  };
}

const tenantOf = (activity: Loose): unknown =>
  looseOf(activity['conversation'])['tenantId'] ??
  looseOf(looseOf(activity['channelData'])['tenant'])['id'];

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const actorOf = (id: unknown): Actor =>
  ACTORS.find((actor) => objectIdOf(actor) === textOf(id).toLowerCase()) ?? 'Nobody';

/** Teams calls an invoke failed when it has not been answered by then. */
const LONGEST_MS = 5000;
/** What older clients of Teams hold is 28 KB; nothing goes near to what newer ones do. */
const LARGEST_CARD = 80_000;

export type Outcome = { seen: Seen; answered: Answered; turn: Turn; tookMs: number };

/** Judges turn after turn by what each may see and change; it knows nothing of how the bot decides. */
export class Oracle {
  /** What each mark is of. */
  readonly #marks: ReadonlyMap<string, string[]>;
  readonly #covers = new Map<string, string[]>();

  constructor(marks: readonly Mark[]) {
    const groups = Map.groupBy(marks, ({ text }) => text);
    this.#marks = new Map([...groups].map(([text, of]) => [text, of.map((one) => one.of)]));
  }

  /** Everything that is wrong with a turn, in words; nothing where all is well. */
  faultsOf(outcome: Outcome): string[] {
    const { seen, turn } = outcome;
    turn.written.forEach((written) => this.#noteCover(written));
    return [
      ...answerFaults(outcome),
      ...turn.shown.flatMap((shown) => [...this.#shownFaults(seen, shown)]),
      ...this.writeFaults(seen, turn.written),
      ...turn.failures.map((failure) => `failed: ${failure}`),
    ];
  }

  /** What follows a turn is written when its answer is there already. */
  writeFaults(seen: Seen, written: readonly Written[]): string[] {
    return written.filter((one) => !mayWrite(seen, one)).map(inWords);
  }

  /** Whoever is away is covered by whom they say; their schools may know how to reach them. */
  #noteCover(written: Written): void {
    if (written.in !== 'list' || written.list !== PRACTITIONERS) return;
    const cover = nameOf(textOf(written.fields['CoverEmail']));
    const away = textOf(written.before?.fields['Title']).replace(' (demo)', '');
    this.#covers.set(cover, [...(this.#covers.get(cover) ?? []), away]);
  }

  *#shownFaults(seen: Seen, { to, where, json }: Turn['shown'][number]): Generator<string> {
    if (json.length > LARGEST_CARD) yield `shows ${json.length} characters`;
    if (json.includes('Something went wrong on our side')) yield 'says that something went wrong';
    const viewer = where === 'here' ? viewerOf(seen) : actorOf(to);
    const isSomebodyElse = where === 'elsewhere' && viewer === 'Nobody';
    if (isSomebodyElse) return;
    for (const text of wordsThatMayMark(json)) {
      const isEcho = where === 'here' && seen.text.includes(text);
      const places = isEcho ? [] : (this.#marks.get(text) ?? []);
      const secrets = places.filter((of) => !maySee(viewer, of, this.#covers));
      yield* secrets.map((of) => `shows ${viewer} the ${of} (${text})`);
    }
  }
}

/**
 * Every word of a card that looks as marks do: figures (by their first digits, as sums show them too),
 * addresses, telephone numbers, odd words, and how somebody stands with their returns.
 */
function wordsThatMayMark(json: string): Set<string> {
  const shown = json.toLowerCase().replaceAll(/(?<=\d),(?=\d{3})/g, '');
  const words = shown.match(LIKE_A_MARK) ?? [];
  return new Set(words.map((word) => (/^\d{6}$/.test(word) ? word.slice(0, FIGURE) : word)));
}

const LIKE_A_MARK =
  /01632 \d+|\b\d{6}\b|q(?:room|join|remark)[\dx]+q|[\w.-]+@stls\.example|overdue since|with open queries/g;
/** Of so many digits of a figure one is known. */
const FIGURE = 4;

/** `fern.delacourt@stls.example`: Fern Delacourt. */
const nameOf = (email: string): string =>
  email
    .replace(/@.*$/, '')
    .split('.')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join(' ');

function* answerFaults({ seen, answered, turn, tookMs }: Outcome): Generator<string> {
  const { status, body } = answered;
  if (tookMs > LONGEST_MS) yield `took ${Math.round(tookMs)} ms`;
  if (status >= 500 || status < 200) yield `status ${status}`;
  if (/node_modules|\bat .*:\d+:\d+/.test(body)) yield 'shows a stack';
  const said = turn.shown.filter(({ where, json }) => where === 'here' && json !== body);
  if (status !== 200) {
    if (said.length > 0) yield `answered, and refused with ${status}`;
    if (turn.written.length > 0) yield `wrote, and refused with ${status}`;
    return;
  }
  if (seen.type === 'message' && seen.isPersonal && said.length === 0) yield 'no answer';
  if (seen.type === 'invoke' && body.trim() === '') yield 'an invoke without an answer';
}

/** Whatever is said outside of a personal chat is said to anybody. */
const viewerOf = ({ actor, isPersonal }: Seen): Actor => (isPersonal ? actor : 'Nobody');

const districtIn = (text: string): string => KEPT.find((one) => text.includes(one)) ?? '';

type MayWrite = (actor: Actor, key: string, value: { before: unknown; after: unknown }) => boolean;

const own: MayWrite = (actor, key) => key.includes(objectIdOf(actor) ?? 'nobody at all');
const leading: MayWrite = (actor, key) => leads(actor, districtIn(key));

/** Who may write to which of the bot's own tables, and what. */
const TABLES: Readonly<Record<string, MayWrite>> = {
  stlsReferences: (actor, key, is) => (key === 'channel' ? actor === 'Colin' : own(actor, key, is)),
  stlsDrafts: (actor, key, is) => leading(actor, key, is) && own(actor, key, is),
  stlsShown: (actor, key, is) => leading(actor, key, is) && own(actor, key, is),
  stlsSubmissions: (actor, key, is) => leading(actor, key, is) && own(actor, key, is),
  stlsClaims: leading,
  stlsFilings: (actor, key, is) => actor === 'Colin' || leading(actor, key, is),
  stlsFindings: (actor, key, is) => actor === 'Colin' || leading(actor, key, is),
  stlsApprovals: (actor) => actor === 'Colin',
  stlsArrangements: (actor, key, is) =>
    actor === 'Colin' || leading(actor, key, is) || manages(actor, districtIn(key)),
  stlsDeliveries: (actor, key, is) => actor === 'Colin' || own(actor, key, is),
  // What several people said is kept together, a moment later.
  stlsSaid: (_actor, key) => ACTORS.some((one) => objectIdOf(one) === key),
  stlsWelcomed: own,
  stlsIntroductions: (actor, key, is) => actor === 'Colin' || own(actor, key, is),
};

function mayWrite({ actor, isPersonal, type }: Seen, written: Written): boolean {
  if (written.in === 'table') {
    const isLater = written.table === 'stlsSaid';
    if (!isPersonal && !isLater && !(type === 'installationUpdate' && written.key === 'channel'))
      return false;
    return TABLES[written.table]?.(actor, written.key, written) ?? false;
  }
  return isPersonal && mayWriteItem(actor, written);
}

/** Who may make or change which item. */
function mayWriteItem(
  actor: Actor,
  { list, before, fields }: Extract<Written, { in: 'list' }>,
): boolean {
  const district = districtIn(String(before?.fields['District'] ?? fields['District']));
  switch (list) {
    case KPI:
    case LAR:
      return leads(actor, district);
    case CLINICS:
      return (
        before !== undefined &&
        comesTo(actor, district) &&
        changesOwnBooking(actor, before.fields, fields)
      );
    case PRACTITIONERS:
      return isPractitioner(actor) && String(before?.fields['Title']).startsWith(`${actor} `);
    case PEOPLE:
      return actor === 'Colin';
    default:
      return false;
  }
}

type Cells = Readonly<Record<string, unknown>>;

/** Nobody’s line but one’s own comes or goes, no place is given twice, and no more than there are. */
function changesOwnBooking(actor: Actor, before: Cells, after: Cells): boolean {
  const was = linesOf(before);
  const is = linesOf({ ...before, ...after });
  const others = (lines: string[]) => lines.filter((line) => !line.startsWith(`${actor} `));
  const names = Object.keys(after);
  return (
    names.every((name) => name === 'Booked' || name === 'BookedBy') &&
    others(was).join('\n') === others(is).join('\n') &&
    is.length - others(is).length <= 1 &&
    (Number(after['Booked']) <= Number(before['Places']) || is.length < was.length)
  );
}

const linesOf = ({ BookedBy }: Cells): string[] =>
  textOf(BookedBy)
    .split('\n')
    .filter((line) => line !== '');

const inWords = (written: Written): string =>
  written.in === 'list'
    ? `writes to ${written.list}: ${JSON.stringify(written.fields).slice(0, 200)} over ${JSON.stringify(written.before?.fields)?.slice(0, 200)}`
    : `writes to ${written.table}: ${written.key}`;
