import type { Person } from '../../bot/access/people.ts';
import { londonDay, type Day } from '../../bot/calendar/london.ts';
import type { Command } from '../../bot/conversation/command.ts';
import { planAbsence, type AbsenceTyped } from '../../bot/directory/absence.ts';
import { sameAddress, type LinkPractitioner } from '../../bot/directory/directory.ts';
import { renderCard, type Card } from '../../cards/render.ts';
import { askAwayView, awayView, daysAway } from '../presenting/away-card.ts';
import { practitionerHeld, writeAbsence, type Held } from '../sharepoint/directory-items.ts';
import { isPassing } from '../sharepoint/retry.ts';
import { cannotTell } from './as-senco.ts';
import { note } from './notes.ts';
import { permitted, type Turn } from './permit.ts';
import type { Acted, Press } from './pressed-card.ts';
import { inHaste } from './service.ts';

/** The card with the form, or with the confirmation, is put in place of the one pressed. */
export async function markAway(press: Press, typed: AbsenceTyped): Promise<Acted> {
  return asPractitioner<Acted>(
    press,
    async (held) => ({ inPlace: await noteAway(press, held, typed) }),
    (reply) => ({ reply }),
  );
}

export async function markBack(press: Press): Promise<Acted> {
  return asPractitioner<Acted>(
    press,
    async (held) => ({ inPlace: await noteBack(press, held) }),
    (reply) => ({ reply }),
  );
}

type AwayCommand = Extract<Command, { name: 'away' }>;

/** What is not said is asked for. */
export function awayInWords(patient: Turn, { from, until, cover }: AwayCommand): Promise<Card> {
  const turn = { ...patient, service: inHaste(patient.service, 'nothing') };
  const { practitioners } = turn.now.reading.directory;
  const named = practitioners.find(({ name }) => name === cover);
  const typed = { from: from ?? '', until: until ?? '', cover: named?.email ?? '' };
  return asPractitioner(
    turn,
    (held) => noteAway(turn, held, typed),
    (instead) => instead,
  );
}

export function backInWords(patient: Turn): Promise<Card> {
  const turn = { ...patient, service: inHaste(patient.service, 'nothing') };
  return asPractitioner(
    turn,
    (held) => noteBack(turn, held),
    (instead) => instead,
  );
}

/** The asker's row of the link practitioners list, read anew whenever it is asked for. */
type Own = () => Promise<Held<LinkPractitioner> | undefined>;

/** Runs something for a link practitioner on their own row, if the table allows it now. */
async function asPractitioner<T>(
  turn: Turn,
  run: (own: Own) => T | Promise<T>,
  otherwise: (instead: Card) => T,
): Promise<T> {
  const unable = cannotTell(turn);
  if (unable) return otherwise(unable);
  const ownRow = (who: Person) => () =>
    practitionerHeld(
      turn.service.site,
      ({ email }) => who.email !== '' && sameAddress(email, who.email),
    );
  const unlessUnclear = async (who: Person): Promise<T> => {
    try {
      return await run(ownRow(who));
    } catch (error) {
      if (!isPassing(error)) throw error;
      turn.service.log.warn({ err: error }, 'whether an absence was noted is not clear');
      return otherwise(NOT_SURE);
    }
  };
  return permitted(turn, 'be marked as away', undefined, unlessUnclear, otherwise);
}

/** How often a row may change between being read and being written. */
const MOST_ROUNDS = 5;

async function noteAway(turn: Turn, own: Own, typed: AbsenceTyped): Promise<Card> {
  const { service, now } = turn;
  const { directory } = now.reading;
  for (let round = 1; round <= MOST_ROUNDS; round += 1) {
    const held = await own();
    if (!held) return NOT_LISTED;
    const planned = planAbsence(held.row, typed, directory.practitioners, londonDay(now.at));
    if (planned.kind === 'asked again') {
      const about = { directory, at: now.at, why: planned.why };
      return renderCard('away', askAwayView(held.row, typed, about));
    }
    const { from, until, cover } = planned;
    const fields = { AwayFrom: from, AwayUntil: until, CoverEmail: cover?.email ?? null };
    if (await writeAbsence(service.site, held, fields)) {
      service.log.info({ actor: turn.actor, from, until }, 'a link practitioner is away');
      return renderCard('away', awayView(held.row, planned, { directory, at: now.at }));
    }
  }
  return CHANGING;
}

/** The cover stays, to be proposed the next time. */
async function noteBack({ service, actor, now }: Turn, own: Own): Promise<Card> {
  for (let round = 1; round <= MOST_ROUNDS; round += 1) {
    const held = await own();
    if (!held) return NOT_LISTED;
    if (!held.row.awayFrom && !held.row.awayUntil) {
      return note('You are not marked as away', 'Schools that ask for you are given your name.');
    }
    if (await writeAbsence(service.site, held, { AwayFrom: null, AwayUntil: null })) {
      service.log.info({ actor }, 'a link practitioner is back');
      return clearedNote(held.row, londonDay(now.at));
    }
  }
  return CHANGING;
}

/** An absence that had begun is over now; one that was only planned is not to be. */
function clearedNote({ awayFrom, awayUntil }: LinkPractitioner, today: Day): Card {
  if (!awayFrom || awayFrom <= today) {
    return note('Welcome back', 'Schools that ask for you are given your name again.', 'good');
  }
  const days = daysAway({ from: awayFrom, until: awayUntil ?? awayFrom });
  return note(
    `Your absence ${days} is cancelled`,
    'Schools that ask for you are given your name.',
    'good',
  );
}

const NOT_LISTED = note(
  'You are not in the link practitioners list yet',
  'The list has no row with your e-mail address. Please ask a commissioner to add you.',
);

const NOT_SURE = note(
  'I cannot tell yet whether that was noted',
  'SharePoint does not answer at the moment. Please do it again in a few minutes: twice does no harm.',
  'attention',
);

const CHANGING = note(
  'That was not noted',
  'Somebody is changing the list at this moment. Please try again.',
  'attention',
);
