import type { Permission } from '../../bot/access/permissions.ts';
import type { Person } from '../../bot/access/people.ts';
import { shortDay } from '../../bot/calendar/london.ts';
import type { Arrangement } from '../../bot/chase/arrangement.ts';
import {
  acknowledge,
  askAgain,
  escalate,
  handOver,
  makePromise,
  takeBack,
  undoPromise,
  withdraw,
  type Arranging,
  type Asking,
} from '../../bot/chase/arranging.ts';
import { quietReason } from '../../bot/chase/situation.ts';
import type { TypedAnswer } from '../../bot/findings/typed-return.ts';
import { formName, returnId, type ReturnKey } from '../../bot/returns/return.ts';
import { returnsIn, type CardAction } from '../../cards/actions.ts';
import { renderCard, type Card } from '../../cards/render.ts';
import { districtView } from '../presenting/commissioner-cards.ts';
import type { Memory } from '../storage/memory.ts';
import { keepTyped } from './keep-typed.ts';
import { note } from './notes.ts';
import { permitted } from './permit.ts';
import { cardAfterwards, say, showLeadCard, type Acted, type Press } from './pressed-card.ts';
import { look, type Service } from './service.ts';

/** What can be arranged about returns from a card. */
type ArrangingAction = Exclude<
  Extract<CardAction, { returns: string }>,
  { verb: 'return.approve' | 'return.undoApproval' }
>;

/** What is asked for: who may, whether it can be done, and what is said once it is. */
type Wish = {
  permission: Permission;
  decide: (asking: Asking) => Arranging;
  /** `A promise`: how the answer below the card begins. */
  done: string;
  /** What follows from it, for whoever asked. */
  follows: (made: Arrangement, asking: Asking) => string;
};

/** Arranges something about the returns that a button names: authorised for each, then decided for each. */
export async function arrangeReturns(
  press: Press,
  action: ArrangingAction,
  typed: ReadonlyMap<string, TypedAnswer>,
): Promise<Acted> {
  const keys = chosen(action);
  if (keys.length === 0) {
    return say('Nothing was chosen', 'Please tick at least one return, and press again.');
  }
  const granted = await grants(press, wishOf(action).permission, keys);
  if ('refusal' in granted) return { reply: granted.refusal };
  await keepTyped(press, typed);
  const answers = [];
  for (const grant of granted.grants) answers.push(await arrange(press, grant, wishOf(action)));
  return answered(press, wishOf(action), answers);
}

/** The returns that were ticked; all that the button names where none could be. */
function chosen(action: ArrangingAction): ReturnKey[] {
  const ticked =
    action.verb === 'promise.make'
      ? action.which
      : action.verb === 'return.handOver'
        ? action.handing
        : undefined;
  const keys = returnsIn(ticked ?? action.returns);
  return [...new Map(keys.map((key) => [returnId(key), key])).values()];
}

function wishOf(action: ArrangingAction): Wish {
  switch (action.verb) {
    case 'promise.make':
      return {
        permission: 'promise a return',
        decide: (asking) => makePromise(asking, action.until),
        done: 'Thank you, noted',
        follows: (made) =>
          made.what === 'promised'
            ? `Promised for ${shortDay(made.until)}. You are not reminded before that day is over. You can undo it today.`
            : '',
      };
    case 'promise.undo':
      return {
        permission: 'undo a promise',
        decide: undoPromise,
        done: 'Undone',
        follows: () => 'The promise is undone. You can give another day.',
      };
    case 'return.handOver':
      return {
        permission: 'hand over a return',
        decide: (asking) => handOver(asking, action.colleague),
        done: 'Handed over',
        follows: (made) =>
          made.what === 'handed over'
            ? `${made.toName} is asked for it from now on, and you are not.`
            : '',
      };
    case 'return.takeBack':
      return {
        permission: 'take back a return',
        decide: takeBack,
        done: 'Taken back',
        follows: (_, { key }) => `It is with every lead of ${key.district} again.`,
      };
    case 'return.seen':
      return {
        permission: 'acknowledge a return',
        decide: acknowledge,
        done: 'Thank you',
        follows: () => 'The commissioners can see that you have seen this.',
      };
    case 'chase.escalate':
      return {
        permission: 'tell the manager',
        decide: escalate,
        done: 'The manager is told',
        follows: (_, { now }) =>
          quietReason(now)
            ? 'A message goes out when working hours begin.'
            : 'A message goes out within a few minutes, unless they were written to today: then tomorrow.',
      };
    case 'return.withdraw':
      return {
        permission: 'withdraw a return',
        decide: (asking) => withdraw(asking, action.note),
        done: 'Not asked for any more',
        follows: () => 'Nobody is chased for it this term. The district can read your reason.',
      };
    case 'return.askAgain':
      return {
        permission: 'ask for a return again',
        decide: askAgain,
        done: 'Asked for again',
        follows: () => 'Its district is chased for it as before.',
      };
  }
}

/** A return, and as whom somebody may act on it. */
export type Grant = { key: ReturnKey; who: Person };

/** Nothing is done where one of the returns is not theirs: no card of the bot names such a one. */
export async function grants(
  press: Press,
  permission: Permission,
  keys: readonly ReturnKey[],
): Promise<{ grants: Grant[] } | { refusal: Card }> {
  const granted: Grant[] = [];
  for (const key of keys) {
    const grant = await permitted<Grant | { refusal: Card }>(
      press,
      permission,
      key.district,
      (who) => ({ key, who }),
      (refusal) => ({ refusal }),
    );
    if ('refusal' in grant) return grant;
    granted.push(grant);
  }
  return { grants: granted };
}

type Answer = Grant & { arranging: Arranging; asking: Asking };

async function arrange(press: Press, { key, who }: Grant, wish: Wish): Promise<Answer> {
  const { service, now } = press;
  const about = (made: readonly Arrangement[]): Asking => ({
    key,
    who,
    now: now.situation,
    made,
  });
  const { arranging, before } = await append(service, returnId(key), (made) =>
    wish.decide(about(made)),
  );
  return { key, who, arranging, asking: about(before) };
}

/** How often somebody else may arrange something of the same return in the same moment. */
const MOST_ROUNDS = 10;

type Appended = { arranging: Arranging; before: readonly Arrangement[] };

/**
 * Appends what is decided on what was arranged by then, so that of two who press in the same moment one
 * is told of the other.
 */
export async function append(
  { memory, log }: Pick<Service, 'memory' | 'log'>,
  subject: string,
  decide: (made: readonly Arrangement[]) => Arranging,
): Promise<Appended> {
  for (let round = 1; round <= MOST_ROUNDS; round += 1) {
    const before = (await memory.arrangements.get(subject))?.made;
    const arranging = decide(before ?? []);
    if (!arranging.ok) return { arranging, before: before ?? [] };
    if (await appended(memory, subject, before, arranging.made)) {
      const { what, by, at } = arranging.made;
      log.info({ subject, what, by, at }, 'arranged');
      return { arranging, before: before ?? [] };
    }
  }
  throw new Error(`What is arranged about ${subject} was changed ${MOST_ROUNDS} times in a row.`);
}

/** Appends to what was read; false where somebody else has appended since. */
function appended(
  { arrangements }: Pick<Memory, 'arrangements'>,
  subject: string,
  before: readonly Arrangement[] | undefined,
  made: Arrangement,
): Promise<boolean> {
  if (!before) return arrangements.add(subject, { made: [made] });
  return arrangements.change(subject, (kept) =>
    kept.made.length === before.length ? { made: [...kept.made, made] } : undefined,
  );
}

/** The pressed card as it stands now, and below it what was done, or why it was not. */
async function answered(press: Press, wish: Wish, answers: readonly Answer[]): Promise<Acted> {
  const [first] = answers;
  const card = first ? await cardOf(press, first) : {};
  const isRefused = answers.some(({ arranging }) => !arranging.ok && !arranging.isSo);
  // A lead's own card says all of it.
  if (!isRefused && card.inPlace && first?.who.role === 'District lead') return card;
  const isAny = answers.some(({ arranging }) => arranging.ok);
  const headline = isAny ? wish.done : isRefused ? 'Not done' : 'It is so already';
  return {
    ...card,
    reply: note(
      isAny && isRefused ? `${headline}, but not all` : headline,
      linesOf(wish, answers).join(' '),
      isRefused ? 'attention' : 'good',
    ),
  };
}

/** One line for all where they are alike, or one for each. */
function linesOf(wish: Wish, answers: readonly Answer[]): string[] {
  const lines = answers.map(({ key, arranging, asking }) => ({
    about: `${key.district}, ${formName(key.form)}`,
    text: arranging.ok ? wish.follows(arranging.made, asking) : arranging.reason,
  }));
  const groups = Map.groupBy(lines, ({ text }) => text);
  return [...groups].map(
    ([text, alike]) => `${alike.map(({ about }) => about).join(' and ')}: ${text}`,
  );
}

/** A card that was only asked for in words is shown anew too. */
async function cardOf(press: Press, { key, who }: Answer): Promise<Pick<Acted, 'inPlace'>> {
  const delivered = await cardAfterwards(press);
  if (delivered.inPlace) return delivered;
  const now = await look(press.service, press.now.at);
  if (who.role === 'District lead') return showLeadCard({ ...press, now }, {});
  if (who.role !== 'Commissioner') return {};
  return { inPlace: renderCard('district', districtView(key.district, now, who)) };
}
