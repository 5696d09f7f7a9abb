import { shortInstant } from '../../bot/calendar/london.ts';
import { findTerm, termBefore } from '../../bot/calendar/terms.ts';
import { figureAsText, showAnswer, type Answer } from '../../bot/returns/answer.ts';
import { isPercentage, measuresOf, type Measure, type Unit } from '../../bot/returns/measure.ts';
import type { OpenReturn, QuestionsAlone } from '../../bot/chase/delivery.ts';
import { countingById, returnId, returnName, type Return } from '../../bot/returns/return.ts';
import { messageOf, type Finding } from '../../bot/findings/finding.ts';
import { findingNamed } from '../../cards/actions.ts';
import type { TypedAnswer } from '../../bot/findings/typed-return.ts';
import type { QuestionView, ReturnFormView, SectionView } from '../../cards/views.ts';
import type { Look } from '../../bot/look.ts';
import { readTypedReturn, REMARKS, type Problems } from '../../bot/findings/typed-return.ts';
import type { Draft } from '../storage/memory.ts';
import { whyOf } from './finding-words.ts';
import { changedMeanwhile, dueLine, shortened, unitSign } from './words.ts';

/** What fits into the box, and what is read of it (cards/actions.ts). */
const LONGEST_REMARKS = 2_000;
/** A definition that is longer is shortened on the card: several would make it too large for Teams. */
const LONGEST_DEFINITION = 1_000;
const ALL_DEFINITIONS = 8_000;
const LONGEST_QUESTION = 160;
/** What is wrong with what was typed: as much of it as is read at once. */
const MOST_PROBLEMS = 6;
const LONGEST_PROBLEM = 400;
const MOST_CAUSES = 3;
const LONGEST_CAUSE = 120;

const NO_PROBLEMS: Problems = { questions: new Map(), errors: [] };

/**
 * The questions of a return, or of one finding in it, with last term's answers, the draft or what is
 * held, and what is wrong.
 */
export function returnFormView(
  key: OpenReturn,
  look: Look,
  draft: Draft | undefined,
): ReturnFormView {
  const counting = countingById(look.reading.returns);
  const held = counting.get(returnId(key));
  const only = held && key.only;
  const part = only && { measures: only.measures, held };
  const problems = draft?.sentIn
    ? readTypedReturn(key, new Map(Object.entries(draft.typed)), look, part).problems
    : NO_PROBLEMS;
  const previous = counting.get(returnId({ ...key, ...termBefore(key) }));
  const measures = measuresOf(look.reading.measures, key.form, key).filter(
    ({ id }) => !only || only.measures.includes(id),
  );
  const longest = Math.min(LONGEST_DEFINITION, Math.floor(ALL_DEFINITIONS / measures.length));
  const questions = measures.map((m) => ({
    ...question(m, held, previous, draft, problems),
    definition: shortened(m.definition, longest),
  }));
  return {
    fields: { form: key.form, district: key.district, year: key.year, term: key.term },
    version: draft?.version ?? held?.etag ?? '',
    title: returnName(key),
    due: dueLine(findTerm(look.reading.terms, key), look.at),
    draft: draft ? `Draft saved ${shortInstant(draft.savedAt)}` : '',
    problems: [
      ...notesOf(draft, held).map((text) => ({ text, causes: [] })),
      ...problemsOf(problems.errors),
      ...summaryOf(problems.questions),
    ],
    sections: inSections(measures, questions),
    remarks: draft?.typed[REMARKS]?.answer ?? held?.remarks ?? '',
    asksRemarks: (held?.remarks.length ?? 0) <= LONGEST_REMARKS,
    ...(only ? { correcting: correctingView(only, look) } : {}),
  };
}

/** The finding that is corrected; of one that is no longer known there are no words. */
const correctingView = ({ finding, measures }: QuestionsAlone, { assessment }: Look) => ({
  id: finding,
  only: measures.join(),
  words: wordsOf(findingNamed(assessment.register, finding)?.finding),
});

/** Its figures are in the boxes; two are said once more, of many what they came to. */
function wordsOf(finding: Finding | undefined): string {
  if (!finding) return '';
  const words =
    finding.compared === undefined ? messageOf(finding) : `${finding.compared}. ${whyOf(finding)}`;
  return shortened(words, LONGEST_PROBLEM);
}

/** Why a draft was not written, or that the list has moved on since it was saved. */
function notesOf(draft: Draft | undefined, held: Return | undefined): string[] {
  if (!draft) return [];
  if (draft.trouble !== '') return [draft.trouble];
  return draft.version === (held?.etag ?? '') ? [] : [changedMeanwhile(held)];
}

/** What cannot be true, with what it is often caused by. */
function problemsOf(errors: readonly Finding[]): ReturnFormView['problems'] {
  const more = errors.length - MOST_PROBLEMS;
  const shown = errors.slice(0, MOST_PROBLEMS).map((finding) => ({
    text: shortened(messageOf(finding), LONGEST_PROBLEM),
    causes: finding.knownCauses
      .slice(0, MOST_CAUSES)
      .map((cause) => shortened(cause, LONGEST_CAUSE)),
  }));
  return more > 0 ? [...shown, { text: `and ${more} more`, causes: [] }] : shown;
}

const summaryOf = (questions: Problems['questions']) =>
  questions.size === 0
    ? []
    : [
        {
          text: `${questions.size === 1 ? '1 question needs' : `${questions.size} questions need`} another look, marked below.`,
          causes: [],
        },
      ];

function question(
  measure: Measure,
  held: Return | undefined,
  previous: Return | undefined,
  draft: Draft | undefined,
  problems: Problems,
): Omit<QuestionView, 'definition'> {
  const typed = draft?.typed[measure.id] ?? asTyped(held?.answers[measure.id], measure);
  const inError = problems.errors.some((finding) => finding.measures.includes(measure.id));
  return {
    id: measure.id,
    question: shortened(measure.question, LONGEST_QUESTION),
    lastTerm: `Last term: ${showAnswer(previous?.answers[measure.id], measure.unit)}`,
    answer: typed.answer,
    unit: unitSign(measure),
    without: typed.without,
    reason: typed.reason,
    hasNoFigure: typed.without !== '',
    problem:
      problems.questions.get(measure.id) ??
      clashOn(measure, held, draft) ??
      (inError ? 'See the note above.' : ''),
  };
}

/** Both answers, where somebody else answered the question differently meanwhile. */
function clashOn(
  { id, unit }: Measure,
  held: Return | undefined,
  draft: Draft | undefined,
): string | undefined {
  if (!draft?.clashes.includes(id)) return undefined;
  const theirs = showAnswer(held?.answers[id], unit);
  return `In the list now: ${theirs}. Yours is above: keep it, or type the other.`;
}

/** A held answer as it would have been typed. */
export function asTyped(answer: Answer | undefined, { unit }: Pick<Measure, 'unit'>): TypedAnswer {
  switch (answer?.kind) {
    case 'number':
      return {
        answer: typedFigure(answer.value, unit),
        without: '',
        reason: '',
      };
    case 'not known':
    case 'not applicable':
      return { answer: '', without: answer.kind, reason: answer.reason };
    case 'unreadable':
      return { answer: answer.raw, without: '', reason: '' };
    case 'blank':
    case undefined:
      return { answer: '', without: '', reason: '' };
  }
}

/** The sign stands beside the box; below 1% it is needed, for 0.5 could be 50%. */
const typedFigure = (value: number, unit: Unit): string =>
  isPercentage(unit) && (value === 0 || value >= 1) ? `${value}` : figureAsText(value, unit);

function inSections(
  measures: readonly Measure[],
  questions: readonly QuestionView[],
): SectionView[] {
  const sections = Map.groupBy(measures, (m) => m.section);
  return [...sections].map(([title, members]) => ({
    title,
    questions: questions.filter((q) => members.some((m) => m.id === q.id)),
  }));
}
