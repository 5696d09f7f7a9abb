import type { Person } from '../../bot/access/people.ts';
import { firstName } from '../../bot/access/people.ts';
import { londonDay, shortDay, shortInstant } from '../../bot/calendar/london.ts';
import { openTerm, outstandingIn } from '../../bot/chase/outstanding.ts';
import type { ReturnStatus } from '../../bot/chase/situation.ts';
import { isOpen, needsAnswer, type FindingRecord } from '../../bot/findings/register.ts';
import { showAnswer } from '../../bot/returns/answer.ts';
import { measuresOf } from '../../bot/returns/measure.ts';
import { isFiled } from '../../bot/returns/state.ts';
import { returnId, returnName, sameReturn, type ReturnKey } from '../../bot/returns/return.ts';
import type { LeadCardView, OutstandingView } from '../../cards/views.ts';
import type { Look, Saving } from '../../bot/look.ts';
import type { Delivery } from '../../bot/chase/delivery.ts';
import type { Draft } from '../storage/memory.ts';
import { byUrgency, findingForLead, MOST_FINDINGS } from './finding-view.ts';
import { arrangeable, owedBy, standsForLead, titleFor, type Owed } from './lead-arranging.ts';
import { returnFormView } from './return-form.ts';
import { count, statusLine } from './words.ts';

type LeadCardInput = {
  lead: Person;
  look: Look;
  /** The card's own state: which return is open, what was filed from it. */
  card: Pick<Delivery, 'open' | 'opened' | 'receipt'>;
  draftOf: (key: ReturnKey) => Draft | undefined;
};

/** The one card of a lead: everything outstanding, the open questions, what was filed, the queries. */
export function leadCardView({ lead, look, card, draftOf }: LeadCardInput): LeadCardView {
  const returns = outstandingReturns(lead, look).map((status) => owedBy(lead, status, look));
  const findings = findingsOf(lead, look);
  const saving = savingOf(lead, look);
  const open = openReturn(card, returns, look, saving);
  const receipt = open ? undefined : (receiptOf(card, look) ?? savingView(saving));
  const form = open && returnFormView(open, look, draftOf(open));
  const stopped = open && form && form.problems.length > 0 ? open : undefined;
  const heard = { returns, findings, receipt, saving, stopped, lost: lostReturns(lead, look) };
  return {
    ...heading(lead, heard, look),
    outstanding: returns.map((owed) => outstandingView(owed, lead, look)),
    ...arrangeable(lead, returns, look),
    ...(form ? { form } : {}),
    ...(receipt ? { receipt } : {}),
    findings: shown(findings).map((record, row) => findingForLead(record, row, look.at)),
  };
}

/**
 * The return whose questions show: until it is filed, handed over or asked for no more, or for as long
 * as its lead has it open again.
 */
function openReturn(
  { open, opened }: LeadCardInput['card'],
  returns: readonly Owed[],
  look: Look,
  saving: readonly Saving[],
): ReturnKey | undefined {
  if (!open || !stillOpen(open, look) || isIn(saving, open)) return undefined;
  if (opened) return open;
  const status = look.assessment.statuses.find((s) => sameReturn(s, open));
  const owed = returns.find((one) => sameReturn(one.status, open));
  const isTheirs = owed === undefined || owed.share === 'to file';
  return isTheirs && (!status || !isFiled(status.state)) ? open : undefined;
}

/** What never came and can come no more. */
const lostReturns = (lead: Person, look: Look): ReturnStatus[] =>
  look.assessment.statuses.filter(
    (s) => lead.districts.includes(s.district) && s.state === 'missing' && !stillOpen(s, look),
  );

/** Beyond this many the card would be too large for older clients; the rest follows as these are answered. */
const MOST_QUESTIONS = 10;

/** Every question that waits for an answer, then as many of the others as fit. */
function shown(findings: readonly FindingRecord[]): FindingRecord[] {
  const asked = findings.filter(mustAct).slice(0, MOST_QUESTIONS);
  const settled = findings.filter((record) => !mustAct(record));
  return [...asked, ...settled.slice(0, Math.max(0, MOST_FINDINGS - asked.length))];
}

const mustAct = (record: FindingRecord): boolean =>
  needsAnswer(record) || record.finding.severity === 'error';

function outstandingReturns(lead: Person, look: Look): ReturnStatus[] {
  const items = outstandingIn(lead.districts, look.situation);
  return look.assessment.statuses.filter((s) => items.some((item) => item.about === returnId(s)));
}

/** The findings of the terms that may still be changed: open ones, and explained ones until decided. */
function findingsOf(lead: Person, look: Look): FindingRecord[] {
  return [...look.assessment.register.values()]
    .filter(({ finding }) => lead.districts.includes(finding.district))
    .filter(({ finding }) => openTerm(finding, look.situation))
    .filter((record) => isOpen(record) || decidedToday(record, look))
    .sort(byUrgency);
}

const decidedToday = (record: FindingRecord, look: Look): boolean => {
  const last = record.history.at(-1);
  return (
    record.status === 'accepted' && last !== undefined && londonDay(last.at) === londonDay(look.at)
  );
};

/** A return's questions stay open while its term does. */
const stillOpen = (key: ReturnKey, look: Look): boolean =>
  openTerm(key, look.situation) !== undefined;

/** What a lead sent in and SharePoint has not taken yet. */
const savingOf = ({ id }: Person, { remembered }: Look): Saving[] =>
  remembered.saving.filter(({ person }) => person === id);

const isIn = (saving: readonly Saving[], key: ReturnKey): boolean =>
  saving.some((one) => sameReturn(one.key, key));

function savingView([first]: readonly Saving[]): LeadCardView['receipt'] {
  return (
    first && {
      title: `${returnName(first.key)} is received`,
      text: `Received ${shortInstant(first.receivedAt)}. SharePoint does not take it at the moment. It is kept, and saved as soon as it can be done: there is nothing more to do.`,
      figures: [],
    }
  );
}

type Heard = {
  returns: readonly Owed[];
  findings: readonly FindingRecord[];
  receipt: LeadCardView['receipt'];
  saving: readonly Saving[];
  /** The return whose answers are stopped by something that is wrong with them. */
  stopped: ReturnKey | undefined;
  lost: readonly ReturnStatus[];
};

type Heading = Pick<LeadCardView, 'headline' | 'tone' | 'intro'>;

function heading(lead: Person, heard: Heard, look: Look): Heading {
  const where = lead.districts.join(', ');
  const elsewhere = heard.returns.filter(({ share }) => share !== 'to file');
  const queries = heard.findings
    .filter(needsAnswer)
    .filter(({ finding }) => !elsewhere.some(({ status }) => sameReturn(status, finding))).length;
  const toFile = heard.returns.filter(({ share }) => share === 'to file');
  const what = [
    ...(toFile.length > 0
      ? [`${count(toFile.length, 'return')} to file${promisedOf(toFile)}`]
      : []),
    ...(queries > 0 ? [`${count(queries, 'figure')} to check`] : []),
  ].join(' and ');
  if (heard.saving.length > 0) {
    return {
      headline: what === '' ? 'Received, saving' : `Received, saving. Still ${what}`,
      tone: 'good',
      intro: '',
    };
  }
  if (what === '' && heard.stopped) {
    return {
      headline: `${where}: your change is not filed yet`,
      tone: 'attention',
      intro: `Please look at the notes in ${returnName(heard.stopped)}.`,
    };
  }
  if (what === '' && heard.returns.length > 0) return nothingForYou(where, heard.returns);
  if (what === '') return nothingLeft(where, heard, look);
  if (heard.receipt) {
    return { headline: `Received, thank you. Still ${what}`, tone: 'good', intro: '' };
  }
  const isPromised = toFile.every(({ promised }) => promised !== undefined);
  if (toFile.length > 0 && isPromised) {
    const intro = `Hello ${firstName(lead)}. You are not reminded before that day is over. You can answer here at any time.`;
    return { headline: `${where}: ${what}`, tone: 'default', intro };
  }
  const tone = toFile.length > 0 ? 'attention' : 'default';
  return { headline: `${where}: ${what}`, tone, intro: greeting(lead) };
}

/** `, promised for Fri 27 Nov`, `, 1 of them promised`, or nothing. */
function promisedOf(toFile: readonly Owed[]): string {
  const days = toFile.flatMap(({ promised }) => promised ?? []);
  if (days.length === 0) return '';
  if (days.length < toFile.length) return `, ${days.length} of them promised`;
  const each = [...new Set(days)].sort().map(shortDay);
  return `, promised for ${each.join(' and ')}`;
}

/** What is outstanding is with a colleague, or not asked for this term. */
function nothingForYou(where: string, returns: readonly Owed[]): Heading {
  const handed = returns.filter(({ share }) => share === 'with a colleague').length;
  return {
    headline:
      handed > 0
        ? `${where}: ${count(handed, 'return')} handed over`
        : `${where}: nothing is asked for now`,
    tone: 'default',
    intro: 'There is nothing for you to do.',
  };
}

/** Nothing is outstanding, as far as can be told. */
function nothingLeft(where: string, { lost }: Heard, look: Look): Heading {
  const unread = look.reading.notChecked.map(({ list }) => `“${list}”`);
  if (unread.length > 0) {
    return {
      headline: `${where}: could not check`,
      tone: 'attention',
      intro: `${unread.join(' and ')} cannot be read at the moment, so I cannot say whether anything is outstanding.`,
    };
  }
  const [first] = lost;
  if (!first) {
    return { headline: 'Received, thank you', tone: 'good', intro: 'There is nothing more to do.' };
  }
  const names = lost.map((s) => `${returnName(s)}: ${statusLine(s, look.reading.terms, look.at)}`);
  return {
    headline: `${where}: ${count(lost.length, 'return')} not received`,
    tone: 'default',
    intro: `${names.join('. ')}. Please write to the commissioners.`,
  };
}

const greeting = (lead: Person): string =>
  `Hello ${firstName(lead)}. You can answer here; it goes straight into the SharePoint list. You can also use the form as before.`;

function outstandingView(owed: Owed, lead: Person, look: Look): OutstandingView {
  const { status } = owed;
  return {
    fields: { form: status.form, district: status.district, year: status.year, term: status.term },
    title: titleFor(status, lead),
    status: statusLine(status, look.reading.terms, look.at),
    action: status.state === 'missing' ? 'Answer now' : 'Look at it',
    ...standsForLead(owed, lead, look),
  };
}

function receiptOf({ receipt }: LeadCardInput['card'], look: Look): LeadCardView['receipt'] {
  const status = receipt && look.assessment.statuses.find((s) => sameReturn(s, receipt.key));
  const { filed } = status ?? {};
  if (!receipt || !status || !filed) return undefined;
  const measures = measuresOf(look.reading.measures, receipt.key.form, receipt.key);
  return {
    title: isFiled(status.state)
      ? `${returnName(receipt.key)} is filed`
      : `${returnName(receipt.key)} is in the list, but does not count as filed yet`,
    text: `Filed ${shortInstant(receipt.at)} by ${receipt.by}. It is in the SharePoint list “${filed.list}”.`,
    figures: measures.map((m) => ({
      question: m.question,
      answer: showAnswer(filed.answers[m.id], m.unit),
    })),
  };
}
