import { storedFigure, type Answer } from '../../bot/returns/answer.ts';
import { isPercentage, type Measure } from '../../bot/returns/measure.ts';
import { writeReasons, type Reasons } from '../../bot/returns/reasons.ts';
import { formName, type Return, type ReturnKey } from '../../bot/returns/return.ts';
import { ServiceRefused } from '../errors.ts';
import { councilList, DISTRICT_COLUMN } from './council-lists.ts';
import type { Fields, Site } from './site.ts';

/** Answers ready to be written. Only the columns of `measures` are touched. */
export type Filing = {
  key: ReturnKey;
  measures: readonly Measure[];
  answers: Readonly<Record<string, Answer>>;
  remarks: string;
  submittedBy: string;
};

export type Written =
  | { kind: 'written' }
  /** Somebody changed the item since it was read. */
  | { kind: 'changed meanwhile' };

/** Makes the item of a return, or changes the one that is held, if it is still as it was read. */
export async function writeReturn(
  site: Site,
  filing: Filing,
  held: Return | undefined,
): Promise<Written> {
  const { list } = councilList(filing.key.form);
  if (!held) {
    await site.create(list, {
      ...keyFields(filing.key),
      ...submitter(filing),
      ...answerFields(filing),
    });
    return { kind: 'written' };
  }
  try {
    await site.update(list, held.itemId, answerFields(filing), held.etag);
    return { kind: 'written' };
  } catch (error) {
    if (error instanceof ServiceRefused && error.status === 412)
      return { kind: 'changed meanwhile' };
    throw error;
  }
}

function keyFields(key: ReturnKey): Fields {
  const { year, term } = councilList(key.form);
  return {
    Title: `${key.district} ${formName(key.form)} ${key.year} Term ${key.term}`,
    [DISTRICT_COLUMN]: key.district,
    [year]: key.year,
    [term]: `Term ${key.term}`,
  };
}

const submitter = ({ key, submittedBy }: Filing): Fields => ({
  [councilList(key.form).submittedBy]: submittedBy,
});

function answerFields({ key, measures, answers, remarks }: Filing): Fields {
  const reasons: Reasons = new Map();
  for (const [id, answer] of Object.entries(answers))
    if ('reason' in answer) reasons.set(id, answer);
  const cells = measures.map((m): [string, string | number | null] => [
    m.column,
    cellOf(answers[m.id], m),
  ]);
  const comments = writeReasons(remarks, reasons, measures);
  return { ...Object.fromEntries(cells), [councilList(key.form).comments]: comments || null };
}

/** Never `1e-7`: what is written must read back. */
const plainNumber = new Intl.NumberFormat('en-GB', {
  maximumFractionDigits: 10,
  useGrouping: false,
});

/** Columns of 0–100 percentages are text; all others are numbers. */
function cellOf(answer: Answer | undefined, { unit }: Measure): string | number | null {
  if (answer?.kind !== 'number') return null;
  return isPercentage(unit) && unit === 'percentage'
    ? `${plainNumber.format(answer.value)}%`
    : storedFigure(answer.value, unit);
}
