import { check } from './check.ts';
import type { Finding } from './finding.ts';
import { saysSomething } from './answering.ts';
import { isStandingError } from './register.ts';
import { readAnswer, showAnswer, storedFigure, type Answer } from '../returns/answer.ts';
import { measuresOf, type Measure } from '../returns/measure.ts';
import {
  countingById,
  returnId,
  sameReturn,
  type Return,
  type ReturnKey,
} from '../returns/return.ts';
import type { Look } from '../look.ts';

/** What a person put beside one question. */
export type TypedAnswer = {
  answer: string;
  /** Chosen where there is no figure. */
  without: '' | 'not known' | 'not applicable';
  reason: string;
};

/** What keeps a typed return from being filed. */
export type Problems = {
  /** What is wrong with one answer, by measure id. */
  questions: ReadonlyMap<string, string>;
  /** What cannot be true between answers. */
  errors: readonly Finding[];
};

/** The id under which the remarks box travels beside the questions. */
export const REMARKS = 'remarks';

/** What a person typed, read as answers, with what is wrong with it. */
export type TypedReturn = {
  /** Every question of the return, and those of them that were asked. */
  questions: readonly Measure[];
  measures: readonly Measure[];
  /** By measure id; those that were not asked are as held. */
  answers: Record<string, Answer>;
  remarks: string;
  problems: Problems;
};

/** Some questions of a return that is held: its other answers stay as they are. */
export type PartOf = { measures: readonly string[]; held: Return };

const NOTHING_TYPED: TypedAnswer = { answer: '', without: '', reason: '' };

/** Reads typed answers and checks them as if they were filed. */
export function readTypedReturn(
  key: ReturnKey,
  typed: ReadonlyMap<string, TypedAnswer>,
  look: Look,
  part?: PartOf,
): TypedReturn {
  const questions = measuresOf(look.reading.measures, key.form, key);
  const measures = questions.filter(({ id }) => !part || part.measures.includes(id));
  const wrong = new Map<string, string>();
  const answers: Record<string, Answer> = { ...part?.held.answers };
  for (const measure of measures) {
    const read = readTyped(typed.get(measure.id) ?? NOTHING_TYPED, measure);
    answers[measure.id] = read.answer;
    if (read.problem) wrong.set(measure.id, read.problem);
  }
  const remarks = part ? part.held.remarks : (typed.get(REMARKS)?.answer ?? '');
  const errors = checkAnswers(key, answers, remarks, look, part).filter(
    (finding) => !finding.measures.some((id) => wrong.has(id)),
  );
  return { questions, measures, answers, remarks, problems: { questions: wrong, errors } };
}

function readTyped(typed: TypedAnswer, measure: Measure): { answer: Answer; problem?: string } {
  const figure = readAnswer(typed.answer, measure.unit);
  if (typed.without === '') return readFigure(figure, measure);
  const answer: Answer = { kind: typed.without, reason: typed.reason.trim() };
  if (figure.kind !== 'blank') {
    return { answer, problem: `Please give a figure or choose “${typed.without}”, not both.` };
  }
  return saysSomething(typed.reason)
    ? { answer }
    : { answer, problem: `Please say in a few words why it is ${typed.without}.` };
}

function readFigure(figure: Answer, measure: Measure): { answer: Answer; problem?: string } {
  if (figure.kind === 'unreadable') {
    return {
      answer: figure,
      problem: `“${figure.raw.trim().slice(0, 40)}” cannot be used: ${figure.why}.`,
    };
  }
  if (figure.kind === 'not known' || figure.kind === 'not applicable') {
    return { answer: figure, problem: 'Please use “No figure?” and say why.' };
  }
  if (figure.kind === 'blank' && measure.required) {
    return { answer: figure, problem: 'Please answer, or use “No figure?” and say why.' };
  }
  if (figure.kind === 'number' && !canBeStored(figure.value, measure)) {
    const problem = `In the list, ${showAnswer(figure, measure.unit)} could be taken for another figure. Please check it, or round it to a whole per cent.`;
    return { answer: figure, problem };
  }
  return { answer: figure };
}

/** In a number column of 0 to 100, 0.5 could be 0.5% or 50%: what is filed must read back. */
const canBeStored = (value: number, { unit, storedAs }: Measure): boolean =>
  storedAs !== 'number' || readAnswer(storedFigure(value, unit), unit).kind === 'number';

/**
 * What cannot be true, were these answers filed. Where only some questions were asked, an error that
 * stood before, and that they alone do not correct, keeps no other correction from being filed.
 */
export function checkAnswers(
  key: ReturnKey,
  answers: Record<string, Answer>,
  remarks: string,
  look: Look,
  part?: PartOf,
): Finding[] {
  const id = returnId(key);
  const held = countingById(look.reading.returns).get(id);
  const provisional: Return = {
    ...key,
    list: held?.list ?? '',
    itemId: held?.itemId ?? '',
    etag: held?.etag ?? '',
    answers,
    remarks,
    submittedBy: '',
    createdAt: held?.createdAt ?? look.at,
    modifiedAt: look.at,
  };
  const others = look.reading.returns.filter((r) => isOfSameHistory(r, key) && !sameReturn(r, key));
  const { measures, rules, unreadMeasures, districts } = look.reading;
  const calculated = measures.filter((m) => m.calculated);
  const report = check(rules, {
    returns: [...others, provisional],
    strays: [],
    measures: measures.filter((m) => !m.calculated),
    // What SharePoint will work out is not known before it is written.
    unreadMeasures: [...unreadMeasures, ...calculated],
    districts,
  });
  const errors = report.findings.filter((f) => f.severity === 'error' && returnId(f) === id);
  if (!part) return errors;
  const stood = new Set(standingErrors(id, look).map(aboutSame));
  return errors.filter(
    (error) =>
      error.measures.every((m) => part.measures.includes(m)) || !stood.has(aboutSame(error)),
  );
}

/** Rules hold a return against its own district's returns of the form, and against no others. */
const isOfSameHistory = (a: ReturnKey, b: ReturnKey): boolean =>
  a.form === b.form && a.district === b.district;

/** The errors of a return as it is held. */
export const standingErrors = (id: string, { assessment }: Look): Finding[] =>
  [...assessment.register.values()]
    .filter(isStandingError)
    .map(({ finding }) => finding)
    .filter((finding) => returnId(finding) === id);

/** The same rule about the same questions, whatever their values. */
const aboutSame = ({ rule, measures }: Finding): string => [rule, ...measures].join('|');
