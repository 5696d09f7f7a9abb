import { londonDay } from '../calendar/london.ts';
import { findTerm } from '../calendar/terms.ts';
import { explanationInWords } from '../findings/explanation.ts';
import { messageOf } from '../findings/finding.ts';
import { isOpen, isToDecide, type FindingRecord } from '../findings/register.ts';
import type { Look } from '../look.ts';
import { returnId, sameReturn, type ReturnKey } from '../returns/return.ts';
import { decideAlerts } from './alerts.ts';
import { decideChases } from './decide.ts';
import type { Message } from './message.ts';
import { openTerm } from './outstanding.ts';
import type { NotSent, ReturnStatus } from './situation.ts';
import { stageShown } from './stage.ts';
import { decidedEarlier, outcomeInWords, recordsOf, statusIn } from './story-so-far.ts';
import { subjectOf } from './subject.ts';
import { whyNotInWords } from './why-not.ts';

/** Where a return stands now, and who is chased for it at this moment or not, with the reason. */
export function standsNow(look: Look, key: ReturnKey): string[] {
  return [
    stateInWords(look, key),
    ...recordsOf(look, key).filter(isOpen).sort(errorsFirst).map(openFinding),
    ...chasedNow(look, key),
  ];
}

function stateInWords(look: Look, key: ReturnKey): string {
  const status = statusIn(look, key);
  if (look.situation.unread.has(key.form)) return 'Its list could not be read: it is not known.';
  if (look.situation.saving.has(returnId(key))) return 'It was received, and is being saved.';
  if (!status) return notExpected(look, key);
  if (status.state === 'missing') return 'It is missing.';
  if (status.state === 'part filed') return partFiled(status, look);
  return `It is ${status.state}.`;
}

function notExpected({ situation }: Look, key: ReturnKey): string {
  const term = findTerm(situation.calendar.terms, key);
  if (!term) return 'The terms list has no such term.';
  return londonDay(situation.at) > term.locks
    ? 'Nothing was received, and the term is locked.'
    : 'Nothing was received, and it is not expected yet.';
}

function partFiled({ blank }: ReturnStatus, { reading }: Look): string {
  if (blank.length === 0) return 'It is part filed: something in it cannot be right.';
  const questions = blank.map((id) => reading.measures.find((m) => m.id === id)?.question ?? id);
  const left = questions.map((question) => `“${question}”`).join(', ');
  return `It is part filed: ${blank.length} required ${blank.length === 1 ? 'question is' : 'questions are'} blank: ${left}.`;
}

const errorsFirst = (a: FindingRecord, b: FindingRecord): number =>
  Number(b.finding.severity === 'error') - Number(a.finding.severity === 'error');

function openFinding(record: FindingRecord): string {
  const { finding } = record;
  if (finding.severity === 'error')
    return `An error keeps it from being filed: ${messageOf(finding)}`;
  if (isToDecide(record)) {
    const said = explanationInWords(record.explanation);
    return `A query waits for a commissioner (${finding.rule}): explained with “${said}”.`;
  }
  return `A query waits for an answer (${finding.rule}): ${messageOf(finding)}`;
}

function chasedNow(look: Look, key: ReturnKey): string[] {
  const { situation } = look;
  const isAbout = (about: string): boolean => {
    const subject = subjectOf(about);
    return subject === undefined ? about === key.form : sameReturn(subject.key, key);
  };
  const { messages, notSent } = decideChases(situation);
  const alerts = decideAlerts(situation, messages);
  const told = [...messages, ...alerts].flatMap((message) => toldNow(message, isAbout, look));
  const not = notSent.filter(({ about }) => isAbout(about)).map(notWrittenTo);
  const said = [...new Set([...told, ...not])];
  if (said.length > 0) return said;
  return openTerm(key, situation) ? [] : ['Nobody is chased: the term is not open any more.'];
}

/** What was decided earlier today is not decided anew: then it is said what came of it. */
function toldNow(
  { id, person, logs }: Message,
  isAbout: (about: string) => boolean,
  look: Look,
): string[] {
  const earlier = decidedEarlier(id, look);
  const is = earlier ? 'was to be written to today' : 'is written to now';
  const outcome = earlier ? ` ${outcomeInWords(earlier, look.at)}` : '';
  return logs
    .filter(({ about }) => isAbout(about))
    .map(({ about, stage, because }) => {
      const rule = subjectOf(about)?.rule;
      const what = `at ${stageShown(stage)}${rule ? ` (${rule})` : ''}: ${because}.`;
      return `${person?.name ?? 'The channel'} ${is}, ${what}${outcome}`;
    });
}

function notWrittenTo({ person, about, why, detail }: NotSent): string {
  const rule = subjectOf(about)?.rule;
  const what = rule === undefined ? 'for the return' : `about ${rule}`;
  return `${person || 'Nobody'} is ${person ? 'not ' : ''}asked ${what} now: ${whyNotInWords({ why, detail })}.`;
}
