import type { Person } from '../access/people.ts';
import { endOfDay, londonDay, londonInstant, shortDay, type Day } from '../calendar/london.ts';
import { findTerm, type Term } from '../calendar/terms.ts';
import { addWorkingDays, type Calendar } from '../calendar/working-days.ts';
import { conversationAbout } from '../findings/conversation.ts';
import { THE_BOT, type FindingRecord } from '../findings/register.ts';
import type { Look } from '../look.ts';
import {
  approvalIn,
  changesBetween,
  changesInWords,
  type ApprovalEvent,
  type Approved,
  type Voided,
} from '../returns/approval.ts';
import { heldMeasuresOf } from '../returns/measure.ts';
import { returnId, sameReturn, type Return, type ReturnKey } from '../returns/return.ts';
import { districtSubject, standingOf, type Arrangement } from './arrangement.ts';
import { nameOf, outcomeInFull } from './chase-log-row.ts';
import type { Delivery, DeliveryStatus } from './delivery.ts';
import type { ChasedFor } from './message.ts';
import { stageLabel, stageShown } from './stage.ts';
import type { StoryLine } from './story-line.ts';
import { subjectOf } from './subject.ts';

/** Everything that happened to a return until now, in no order. */
export function happened(look: Look, key: ReturnKey): StoryLine[] {
  return [
    ...termLines(look, key),
    ...look.remembered.deliveries.flatMap((delivery) => deliveryLines(delivery, look, key)),
    ...arrangementLines(look, key),
    ...itemLines(look, key),
    ...findingLines(recordsOf(look, key)),
    ...savingLines(look, key),
    ...approvalLines(look, key),
  ].filter(({ at }) => at === undefined || at <= look.at);
}

/** The findings that were ever raised on a return. */
export const recordsOf = ({ assessment }: Look, key: ReturnKey): FindingRecord[] =>
  [...assessment.register.values()].filter(({ finding }) => sameReturn(finding, key));

const onDay = (day: Day, text: string): StoryLine => ({
  at: londonInstant(day, '00:00'),
  isDay: true,
  text,
});

const afterDay = (day: Day, text: string): StoryLine => ({ at: endOfDay(day), isDay: true, text });

function termLines({ situation }: Look, key: ReturnKey): StoryLine[] {
  const { calendar, policy } = situation;
  const term = findTerm(calendar.terms, key);
  if (!term) return [];
  const first = Math.min(...policy.returnStages);
  const expected = addWorkingDays(term.due, first, calendar);
  return [
    onDay(term.starts, 'The term began.'),
    ...(expected === undefined
      ? []
      : [
          onDay(
            expected,
            `Expected from this day on: the first stage of chasing, ${stageLabel(first)}.`,
          ),
        ]),
    afterDay(term.due, 'It was due by the end of this day.'),
    afterDay(term.locks, 'It locked: it is no longer chased, nor changed through the bot.'),
  ];
}

function deliveryLines(delivery: Delivery, look: Look, key: ReturnKey): StoryLine[] {
  const { decidedAt, settledAt = decidedAt, receipt } = delivery;
  const logs = delivery.logs.filter(({ about }) => {
    const subject = subjectOf(about);
    return subject !== undefined && sameReturn(subject.key, key);
  });
  const told =
    logs.length === 0 ? [] : [{ at: settledAt, text: chaseInWords(delivery, logs, look) }];
  const filed =
    receipt && sameReturn(receipt.key, key)
      ? [{ at: receipt.at, text: `${receipt.by} sent in answers on the card in Teams.` }]
      : [];
  return [...told, ...filed];
}

function chaseInWords(delivery: Delivery, logs: readonly ChasedFor[], look: Look): string {
  const { people } = look.reading;
  const who = nameOf(delivery.person, people);
  const asked = delivery.askedBy ? `, asked for by ${nameOf(delivery.askedBy, people)}` : '';
  const why = logs.map(chasedFor).join('; ');
  return `To ${AS_WHAT[delivery.kind]} ${who}${asked}: ${why}. ${outcomeInWords(delivery, look.at)}`;
}

/** As what somebody is written to. */
export const AS_WHAT: Record<Delivery['kind'], string> = {
  chase: 'the lead',
  manager: 'the lead’s manager',
  alert: 'the commissioner',
  summary: 'the channel',
};

function chasedFor({ about, stage, because }: ChasedFor): string {
  const rule = subjectOf(about)?.rule;
  const at = stageShown(stage);
  return rule === undefined ? `${at}, ${because}` : `${at} (${rule}), ${because}`;
}

const OUTCOMES: Record<DeliveryStatus, string> = {
  sent: 'The card was sent',
  waiting: 'The card waits to be sent',
  withdrawn: 'Not sent after all',
  'no bot installed': 'Not delivered: the bot is not installed for them',
  blocked: 'Not delivered: Teams does not let the bot write to them',
  failed: 'Not delivered',
};

/** What was decided under this id before; what was withdrawn is decided anew. */
export const decidedEarlier = (
  id: string,
  { remembered }: Pick<Look, 'remembered'>,
): Delivery | undefined =>
  remembered.deliveries.find((delivery) => delivery.id === id && delivery.status !== 'withdrawn');

/** `The card was sent.`, `Not sent after all: it is filed.` */
export function outcomeInWords(delivery: Delivery, at: Date): string {
  const { outcome, reason } = outcomeInFull(delivery, at);
  return reason === '' ? `${OUTCOMES[outcome]}.` : `${OUTCOMES[outcome]}: ${reason}.`;
}

function arrangementLines(look: Look, key: ReturnKey): StoryLine[] {
  const { arrangements } = look.remembered;
  const ofReturn = arrangements.get(returnId(key)) ?? [];
  const ofDistrict = arrangements.get(districtSubject(key.district)) ?? [];
  return [
    ...[...ofReturn, ...ofDistrict].map((one) => ({
      at: one.at,
      text: arrangedInWords(one, key.district),
    })),
    ...promiseLines(ofReturn, look, key),
  ];
}

function arrangedInWords(one: Arrangement, district: string): string {
  switch (one.what) {
    case 'promised':
      return `${one.name} promised it by the end of ${shortDay(one.until)}.`;
    case 'promise undone':
      return `${one.name} took the promise back.`;
    case 'handed over':
      return `${one.name} handed it over to ${one.toName}.`;
    case 'taken back':
      return `${one.name} took it back.`;
    case 'seen':
      return `${one.name} said that they have seen it, at ${stageShown(one.stage)}.`;
    case 'escalated':
      return `${one.name} asked that the lead’s manager is told now.`;
    case 'withdrawn':
      return `${one.name} withdrew it: it is not asked for.${one.note ? ` “${one.note}”` : ''}`;
    case 'asked for again':
      return `${one.name} asked for it again.`;
    case 'paused':
      return `${one.name} paused the chasing of ${district} until the end of ${shortDay(one.until)}.`;
    case 'resumed':
      return `${one.name} ended the pause of ${district}.`;
  }
}

/** What came of the promise that stands; one that was taken back binds nobody. */
function promiseLines(made: readonly Arrangement[], look: Look, key: ReturnKey): StoryLine[] {
  const { promise } = standingOf(made);
  if (!promise) return [];
  const filed = statusIn(look, key)?.firstFiled;
  if (filed && londonDay(filed) <= promise.until) {
    return [{ at: filed, text: `The promise of ${promise.name} was kept.` }];
  }
  return [afterDay(promise.until, `The promise of ${promise.name} was not kept.`)];
}

/** Where a return stands; undefined where nothing is held and nothing is expected yet. */
export const statusIn = ({ assessment }: Look, key: ReturnKey) =>
  assessment.statuses.find((status) => sameReturn(status, key));

function itemLines(look: Look, key: ReturnKey): StoryLine[] {
  const items = look.reading.returns.filter((one) => sameReturn(one, key));
  const { people } = look.reading;
  return [...items.flatMap((item) => linesOfItem(item, people)), ...firstFiledLines(look, key)];
}

function linesOfItem(
  { createdAt, modifiedAt, submittedBy, list, itemId }: Return,
  people: readonly Person[],
): StoryLine[] {
  const written = submittedBy.toLowerCase();
  const submitter = people.find(({ email }) => email !== '' && email.toLowerCase() === written);
  const by = submittedBy ? `, submitted by ${submitter?.name ?? submittedBy}` : '';
  const changed = { at: modifiedAt, text: `Item ${itemId} was changed last.` };
  return [
    { at: createdAt, text: `Received: item ${itemId} of ${list} was made${by}.` },
    ...(modifiedAt > createdAt ? [changed] : []),
  ];
}

function firstFiledLines(look: Look, key: ReturnKey): StoryLine[] {
  const { firstFiled } = statusIn(look, key) ?? {};
  if (!firstFiled) return [];
  const term = findTerm(look.situation.calendar.terms, key);
  const when = term ? `, ${timeliness(term, firstFiled, look.situation.calendar)}` : '';
  return [{ at: firstFiled, text: `Filed in full for the first time${when}.` }];
}

/** `on time`, `2 working days late`. */
function timeliness(term: Term, filed: Date, calendar: Calendar): string {
  const day = londonDay(filed);
  if (day <= term.due) return 'on time';
  const days = workingDaysAfter(term.due, day, calendar);
  if (days === 0) return 'late, before the next working day';
  return `${days} working ${days === 1 ? 'day' : 'days'} late`;
}

function workingDaysAfter(from: Day, to: Day, calendar: Calendar): number {
  let days = 0;
  for (;;) {
    const next = addWorkingDays(from, days + 1, calendar);
    if (next === undefined || next > to) return days;
    days += 1;
  }
}

/** `Query outlier. Raised: …`, `Query outlier (Priya Raman). Explained: “…”`. */
const findingLines = (records: readonly FindingRecord[]): StoryLine[] =>
  conversationAbout(records).map(({ at, by, text, finding: { severity, rule } }) => {
    const who = by === THE_BOT ? '' : ` (${by})`;
    return { at, text: `${severity === 'error' ? 'Error' : 'Query'} ${rule}${who}. ${text}` };
  });

const savingLines = ({ remembered, reading }: Look, key: ReturnKey): StoryLine[] =>
  remembered.saving
    .filter((one) => sameReturn(one.key, key))
    .map(({ receivedAt, person, why }) => ({
      at: receivedAt,
      text: `Received from ${nameOf(person, reading.people)}, and not saved in SharePoint yet.${why ? ` ${why}` : ''}`,
    }));

function approvalLines(look: Look, key: ReturnKey): StoryLine[] {
  const { remembered, assessment } = look;
  const made = remembered.approvals.get(returnId(key)) ?? [];
  const voided = assessment.voided.find((one) => sameReturn(one.key, key));
  return [
    ...made.map((event, i) => ({
      at: event.at,
      text: decidedInWords(event, approvalIn(made.slice(0, i)), look, key),
    })),
    ...(voided ? [voidedLine(voided)] : []),
  ];
}

function decidedInWords(
  event: ApprovalEvent,
  before: Approved | undefined,
  { reading }: Look,
  key: ReturnKey,
): string {
  if (event.what === 'undone') return `${event.name} took the approval back.`;
  const accepted = event.accepted.length;
  const explanations = accepted === 1 ? 'its explanation' : `its ${accepted} explanations`;
  const and = accepted === 0 ? '' : ` and accepted ${explanations}`;
  if (!before) return `${event.name} approved it${and}.`;
  const measures = heldMeasuresOf(reading.measures, key.form, key);
  const changes = changesInWords(changesBetween(before, event, measures)).join('; ');
  return `${event.name} approved it again${and}. Since the approval before: ${changes}.`;
}

function voidedLine({ approval, changes }: Voided): StoryLine {
  if (!changes) return { at: undefined, text: 'Its item was taken out: the approval is void.' };
  const what = changesInWords(changes).join('; ');
  return { at: changes.at, text: `The approval by ${approval.name} is void: ${what}.` };
}
