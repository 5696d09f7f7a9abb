import { introduced, type Introduction } from '../../bot/access/introduction.ts';
import { commissioners, peopleOf } from '../../bot/access/people.ts';
import { londonDay } from '../../bot/calendar/london.ts';
import type { School } from '../../bot/directory/directory.ts';
import { schoolsLike } from '../../bot/directory/schools-like.ts';
import { renderCard, type Card } from '../../cards/render.ts';
import type { IntroduceView } from '../../cards/views.ts';
import * as ways from '../presenting/way-in-cards.ts';
import type { KeptIntroduction, Reference } from '../storage/memory.ts';
import type { Held } from '../storage/tables.ts';
import { note } from './notes.ts';
import type { Turn } from './permit.ts';
import { letInCard } from './waiting-rows.ts';

const card = (view: IntroduceView): Card => renderCard('introduce', view);

/** For somebody whom the people list does not know: where they stand, or where they work. */
export async function wayIn({ service, actor, now }: Turn): Promise<Card> {
  const kept = actor === '' ? undefined : await service.memory.introductions.get(actor);
  if (!kept) return card(ways.whereDoYouWork());
  const asked = introduced(kept, kept, now.at);
  if (asked.kind === 'waiting already') return card(ways.waitingToBeLetIn(kept));
  if (asked.kind === 'declined') return card(ways.mayAskAgain(asked.until));
  if (asked.kind === 'let in just now') return card(ways.letInJustNow(kept));
  return card(ways.whereDoYouWork());
}

/**
 * Asks commissioners to let somebody in as SENCO of the school that they name. Nothing of any list is
 * shown to them but names that are like what they typed.
 */
export async function introduceAs(turn: Turn, typed: string): Promise<Card> {
  const { directory, people } = turn.now.reading;
  if (turn.actor === '') {
    return note(
      'I cannot tell who you are',
      'Teams gives me no account of your organisation for you, so nobody can let you in.',
    );
  }
  if (peopleOf(people, turn.actor).length > 0) {
    return note(
      'I know you already',
      'If you moved to another school or setting, please ask a commissioner to change your row of the people list.',
    );
  }
  if (!directory.isComplete) return card(ways.cannotLookUp(typed));
  if (typed.trim() === '') return wayIn(turn);
  const [school, ...others] = schoolsLike(typed, directory.schools);
  if (!school) return card(ways.noSuchSchool(typed));
  if (others.length > 0) {
    return card(ways.whichSchool([school, ...others]));
  }
  return askFor(turn, school);
}

const LONGEST_NAME = 100;

/** A name that begins so is a formula to a spreadsheet that the list is taken into. */
const FORMULA = /^[=+\-@\s]+/;

/** As Teams gives it, on one line. */
function nameIn(from: Omit<Reference, 'who'>): string {
  const given = from.user?.['name'];
  const name =
    typeof given === 'string'
      ? given
          .replace(/[\p{C}\s]+/gu, ' ')
          .replace(FORMULA, '')
          .trim()
      : '';
  return name.slice(0, LONGEST_NAME) || 'Somebody without a name in Teams';
}

async function askFor(turn: Turn, { name: school, district }: School): Promise<Card> {
  const { service, actor, now } = turn;
  const { memory } = service;
  const from = turn.from ?? (await memory.references.get(actor));
  if (!from) return card(ways.whereDoYouWork());
  const held = await memory.introductions.hold(actor);
  const asks = { who: actor, name: nameIn(from), school, district };
  const asked = introduced(held?.value, asks, now.at);
  if (asked.kind === 'declined') return card(ways.mayAskAgain(asked.until));
  if (!('introduction' in asked)) {
    if (asked.kind === 'waiting already') await tellCommissioners(turn, actor, 'nothing new');
    return wayIn(turn);
  }
  if (!(await keep(turn, held, asked.introduction, from))) return wayIn(turn);
  await tellCommissioners(turn, actor, 'something new');
  return card(ways.askedToBeLetIn(asked.introduction));
}

/** False where another message of theirs was quicker. */
async function keep(
  { service, actor }: Turn,
  held: Held<KeptIntroduction> | undefined,
  introduction: Introduction,
  { serviceUrl, channelId, conversation, bot, user }: Omit<Reference, 'who'>,
): Promise<boolean> {
  const { introductions } = service.memory;
  const reference = { serviceUrl, channelId, conversation, bot, ...(user ? { user } : {}) };
  const { toldOn = '', cards = [] } = held?.value ?? {};
  const kept = { ...introduction, reference, toldOn, cards };
  return (
    (await (held ? introductions.replace(held, kept) : introductions.insert(actor, kept))) !==
    undefined
  );
}

/**
 * Tells every commissioner whom the bot can write to, once a day; what changes on the same day changes
 * the card that is there. Where nobody can be told, the request stays, and the next asking tries again.
 */
async function tellCommissioners(
  { service, now }: Turn,
  who: string,
  news: 'something new' | 'nothing new',
): Promise<void> {
  const { introductions } = service.memory;
  const today = londonDay(now.at);
  const isMine = await introductions.change(who, (kept) =>
    kept.toldOn === today ? undefined : { ...kept, toldOn: today },
  );
  if (!isMine && news === 'nothing new') return;
  const kept = await introductions.get(who);
  if (!kept) return;
  const shown = await letInCard(service, kept);
  if (!isMine) return updateCards(service, kept, shown);
  const told = await Promise.all(
    commissioners(now.reading.people).map(({ id }) => post({ service, now, actor: id }, shown)),
  );
  const cards = told.flat();
  await introductions.change(who, (latest) => ({
    ...latest,
    toldOn: cards.length > 0 ? today : '',
    cards: [...latest.cards, ...cards].slice(-MOST_CARDS),
  }));
}

const MOST_CARDS = 40;

async function post({ service, actor }: Turn, shown: Card): Promise<KeptIntroduction['cards']> {
  const to = actor === '' ? undefined : await service.memory.references.get(actor);
  if (!to) return [];
  const posted = await service.teams.post(to, shown);
  if (posted.kind === 'posted') return [{ who: actor, activityId: posted.activityId }];
  service.log.warn({ to: actor, ...posted }, 'a commissioner was not told who asks to be let in');
  return [];
}

/** Changes what commissioners were shown of a request, except on the card that is answered anyhow. */
export async function updateCards(
  service: Turn['service'],
  { cards }: Pick<KeptIntroduction, 'cards'>,
  shown: Card,
  except = '',
): Promise<void> {
  const others = cards.filter(({ activityId }) => activityId !== except);
  await Promise.all(
    others.map(async ({ who, activityId }) => {
      const to = await service.memory.references.get(who);
      if (!to) return;
      const updated = await service.teams.update(to, activityId, shown);
      if (updated.kind === 'posted') return;
      service.log.warn(
        { to: who, ...updated },
        'a card about who asks to be let in is out of date',
      );
    }),
  );
}
