import { authorise } from '../../bot/access/permissions.ts';
import type { Person } from '../../bot/access/people.ts';
import { openTerm } from '../../bot/chase/outstanding.ts';
import type { OwnReturnsCommand } from '../../bot/conversation/families.ts';
import {
  isStandingError,
  isToDecide,
  needsAnswer,
  type FindingRecord,
} from '../../bot/findings/register.ts';
import type { Look } from '../../bot/look.ts';
import { sameReturn } from '../../bot/returns/return.ts';
import { renderCard, type Card } from '../../cards/render.ts';
import { lastFigureView, lastReturnCard } from '../presenting/last-return-card.ts';
import { leadCard } from '../presenting/lead-card.ts';
import { count } from '../presenting/words.ts';
import { allDrafts, draftsOf } from './card-face.ts';
import { note } from './notes.ts';
import { permitted, type Turn } from './permit.ts';

/** Answers what a lead asks about their own returns. */
export async function answerOnOwnReturns(turn: Turn, command: OwnReturnsCommand): Promise<Card> {
  return permitted(
    turn,
    'see own tasks',
    undefined,
    (lead) => answerLead(turn, lead, command),
    (refusal) => refusal,
  );
}

function answerLead(turn: Turn, lead: Person, command: OwnReturnsCommand): Card | Promise<Card> {
  switch (command.name) {
    case 'what is due':
      return ownTasks(turn, lead);
    case 'my last return':
      return lastReturn(turn, lead, command);
    case 'my open queries':
      return openQueries(turn, lead);
  }
}

async function ownTasks({ service, now }: Turn, lead: Person): Promise<Card> {
  const draftOf = draftsOf(lead, await allDrafts(service));
  return leadCard({ lead, look: now, card: { opened: false }, draftOf }).card;
}

type LastReturn = Extract<OwnReturnsCommand, { name: 'my last return' }>;

function lastReturn({ actor, now }: Turn, lead: Person, { form, measure }: LastReturn): Card {
  const districts = lead.districts.filter(
    (district) => authorise(now.reading.people, actor, 'see a filed return', district).allowed,
  );
  if (districts.length === 0) {
    return note(
      'No district is yours yet',
      'Please ask a commissioner to put one beside your name.',
    );
  }
  if (measure === undefined) return lastReturnCard(districts, now, form);
  const view = lastFigureView(measure, districts, now);
  return view
    ? renderCard('by-district', view)
    : note('I do not know that figure', 'The measures list has no such question now.');
}

/** The queries are asked on the card that takes their answers; there is no second way of giving them. */
function openQueries(turn: Turn, lead: Person): Card | Promise<Card> {
  const mine = asked(lead, turn.now);
  if (mine.some((record) => needsAnswer(record) || isStandingError(record))) {
    return ownTasks(turn, lead);
  }
  const unread = turn.now.reading.notChecked.map(({ list }) => `“${list}”`);
  if (unread.length > 0) {
    return note(
      'I could not check that just now',
      `${unread.join(' and ')} cannot be read at the moment. Please try again later.`,
      'attention',
    );
  }
  const waiting = mine.filter(isToDecide).length;
  const decided = `${count(waiting, 'explanation waits', 'explanations wait')} for a commissioner.`;
  return note(
    'Nothing is queried',
    waiting > 0 ? `There is nothing for you to answer. ${decided}` : 'There is nothing to answer.',
    'good',
  );
}

/** What stands against returns that may still be changed, and that nobody has approved. */
const asked = ({ districts }: Person, { situation }: Look): FindingRecord[] =>
  situation.findings.filter(
    ({ finding }) =>
      districts.includes(finding.district) &&
      openTerm(finding, situation) !== undefined &&
      !situation.statuses.some((one) => one.state === 'approved' && sameReturn(one, finding)),
  );
