import { decideOn, rowFor, waitingOf, type Introduction } from '../../bot/access/introduction.ts';
import { authorise } from '../../bot/access/permissions.ts';
import type { Person } from '../../bot/access/people.ts';
import { seenRequest, type CardAction } from '../../cards/actions.ts';
import { renderCard, type Card } from '../../cards/render.ts';
import { letInView, whoWantsInView, type Request } from '../presenting/way-in-cards.ts';
import { PEOPLE } from '../sharepoint/bot-lists.ts';
import type { KeptIntroduction } from '../storage/memory.ts';
import type { Held } from '../storage/tables.ts';
import { introduceAs, updateCards } from './introduce.ts';
import { note } from './notes.ts';
import { permitted, type Turn } from './permit.ts';
import { say, type Acted, type Press } from './pressed-card.ts';
import { peopleRows, waitingRows, type PeopleRow } from './waiting-rows.ts';
import { welcomeCard } from './welcome.ts';

type LettingIn = Extract<CardAction, { verb: 'person.letIn' }>;
type Decision = { press: Press; held: Held<KeptIntroduction>; by: Person };

const refusal = (reply: Card): Acted => ({ reply });

/** Whoever presses says where they work, and asks to be let in. */
export const introduce = async (press: Press, school: string): Promise<Acted> => ({
  inPlace: await introduceAs(press, school),
});

/** All that wait, for a commissioner. */
export const whoWantsIn = (turn: Turn): Promise<Card> =>
  permitted(
    turn,
    'see who wants in',
    undefined,
    () => waitingCard(turn),
    (no) => no,
  );

/** The same for a commissioner, where anybody waits. */
export async function whoWaits(turn: Turn): Promise<Card | undefined> {
  const { people } = turn.now.reading;
  if (!authorise(people, turn.actor, 'see who wants in').allowed) return undefined;
  return (await waiting(turn)).length > 0 ? waitingCard(turn) : undefined;
}

async function waiting({ service, now }: Turn): Promise<KeptIntroduction[]> {
  const kept = (await service.memory.introductions.all()).map(({ value }) => value);
  return waitingOf(kept, now.reading.people);
}

async function waitingCard(turn: Turn, pressed?: Request): Promise<Card> {
  const rows = waitingRows(await peopleRows(turn.service));
  return renderCard('let-in', whoWantsInView(await waiting(turn), rows, pressed));
}

/** Lets somebody in: their row is written once, whoever presses and however often. */
export const letIn = (press: Press, action: LettingIn): Promise<Acted> =>
  onRequest(press, action.who, async (decision) => {
    const introduction = decision.held.value;
    const rows = await peopleRows(press.service);
    const warning = doubtAbout(introduction, action, rows);
    if (warning !== undefined) {
      const doubted = { introduction, email: action.email, warning };
      return { inPlace: await cardFor(press, doubted, rows) };
    }
    const claimed = await decide(decision, 'being let in');
    if (!claimed) return asItStands(press, action.who);
    const done = await admit({ ...decision, held: claimed }, action, rows);
    return toldAll(press, done, welcomeCard(press, done.name, [AS_SENCO]));
  });

/** Declines somebody, who is told so kindly and may ask again in a week. */
export const decline = (press: Press, who: string): Promise<Acted> =>
  onRequest(press, who, async (decision) => {
    const done = await decide(decision, 'declined');
    if (!done) return asItStands(press, who);
    return toldAll(press, done.value, note('A commissioner could not let you in', NOT_NOW));
  });

const AS_SENCO = { role: 'SENCO', districts: [] } as const;

const NOT_NOW =
  'If that is a mistake, please write to the Specialist Teaching and Learning Service of your district. You can ask again in a week.';

/** The request that a button names, if there is one and the presser may decide on it. */
async function onRequest(
  press: Press,
  who: string,
  run: (decision: Decision) => Promise<Acted>,
): Promise<Acted> {
  const decideOnIt = async (by: Person): Promise<Acted> => {
    const held = await press.service.memory.introductions.hold(who.toLowerCase());
    return held
      ? run({ press, held, by })
      : say('There is no such request', 'Nobody of this account asks to be let in.');
  };
  return permitted(press, 'let somebody in', undefined, decideOnIt, refusal);
}

/** Takes the decision, unless somebody took one before; then undefined. */
async function decide(
  { press, held, by }: Decision,
  what: 'being let in' | 'declined',
): Promise<Held<KeptIntroduction> | undefined> {
  const decided = decideOn(held.value, what, by, press.now.at);
  if (decided.kind === 'so already') return undefined;
  const value = { ...held.value, ...decided.introduction };
  return press.service.memory.introductions.replace(held, value);
}

/** Writes the row; where that fails the request is open again. */
async function admit(
  { press, held }: Decision,
  action: LettingIn,
  rows: readonly PeopleRow[],
): Promise<KeptIntroduction> {
  const { memory } = press.service;
  try {
    await writeRow(press, held.value, action, rows);
  } catch (error) {
    await memory.introductions.replace(held, { ...held.value, status: 'open' });
    throw error;
  }
  const done: KeptIntroduction = { ...held.value, status: 'let in' };
  await memory.introductions.replace(held, done);
  await memory.references.put(done.who, { ...done.reference, who: done.who });
  await memory.welcomed.put(done.who, { at: press.now.at });
  return done;
}

async function writeRow(
  { service }: Press,
  { who, name, school, district }: Introduction,
  { email }: LettingIn,
  rows: readonly PeopleRow[],
): Promise<void> {
  const isTheirs = (id: unknown) => typeof id === 'string' && id.trim().toLowerCase() === who;
  if (rows.some(({ id }) => isTheirs(id))) return;
  const workplace = { Organisation: school, ...(district ? { Districts: district } : {}) };
  const row = rowFor({ name, school }, email, waitingRows(rows));
  const waiting = rows.find(({ item }) => item === row?.item);
  if (waiting) {
    const fields = { EntraObjectId: who, ...(waiting.organisation ? {} : workplace) };
    return service.site.update(PEOPLE, waiting.item, fields, waiting.etag);
  }
  const fields = { Title: name, EntraObjectId: who, Role: 'SENCO', ...workplace };
  await service.site.create(
    PEOPLE,
    email.trim() === '' ? fields : { ...fields, Email: email.trim() },
    (item) => isTheirs(item.fields['EntraObjectId']),
  );
}

const CHANGED = 'This changed since it was shown to you. Please look at it, and press again.';

const EMAIL = /^[^\s@;,]+@[^\s@;,]+$/;

/** Why a press does not let anybody in yet, in words; a commissioner sees first which row it fills in. */
function doubtAbout(
  introduction: Introduction,
  { email, fill, seen }: LettingIn,
  rows: readonly PeopleRow[],
): string | undefined {
  const typed = email.trim();
  if (introduction.status === 'let in' || introduction.status === 'declined') return undefined;
  if (seen !== seenRequest(introduction)) return CHANGED;
  if (typed !== '' && !EMAIL.test(typed)) return 'That is no e-mail address.';
  const other = rows.find(
    ({ id, email: theirs }) =>
      id !== '' &&
      id !== introduction.who &&
      typed !== '' &&
      theirs.toLowerCase() === typed.toLowerCase(),
  );
  if (other)
    return `${other.name} has this e-mail address in the people list, with another account.`;
  const row = rowFor(introduction, typed, waitingRows(rows));
  if (row && row.role !== 'SENCO') return '';
  return (row?.item ?? '') === fill ? undefined : 'Please look at this first, and press again.';
}

/** The request as somebody else decided it. */
async function asItStands(press: Press, who: string): Promise<Acted> {
  const kept = await press.service.memory.introductions.get(who.toLowerCase());
  return kept ? { inPlace: await cardFor(press, { introduction: kept }) } : {};
}

/** Tells the person and the other commissioners, and answers the press. */
async function toldAll(press: Press, done: KeptIntroduction, theirs: Card): Promise<Acted> {
  const { service } = press;
  const posted = await service.teams.post({ ...done.reference, who: done.who }, theirs);
  if (posted.kind !== 'posted') {
    service.log.warn({ to: done.who, ...posted }, 'who asked to be let in was not told');
  }
  await updateCards(service, done, decidedCard(done), press.activityId);
  return { inPlace: await cardFor(press, { introduction: done }) };
}

const decidedCard = (done: Introduction): Card =>
  renderCard('let-in', letInView({ introduction: done }, []));

/** The card of one request shows that one; the list of all is made anew, with it as it is now. */
const cardFor = async (
  press: Press,
  pressed: Request & { introduction: KeptIntroduction },
  rows: readonly PeopleRow[] = [],
): Promise<Card> =>
  pressed.introduction.cards.some(({ activityId }) => activityId === press.activityId)
    ? renderCard('let-in', letInView(pressed, waitingRows(rows)))
    : waitingCard(press, pressed);
