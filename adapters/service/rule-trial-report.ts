import type { NotChecked } from '../../bot/assess.ts';
import { termLabel } from '../../bot/calendar/terms.ts';
import { valuesOf, type Finding } from '../../bot/findings/finding.ts';
import type { Tried } from '../../bot/findings/trial.ts';

/** A trial as one JSON object, for scripts: fields are added, never renamed or removed. */
export function trialReport(tried: Tried, notChecked: readonly NotChecked[]) {
  if (!tried.ok) return { problems: tried.problems };
  const { rule, row, returns, counts, districts, terms, silences, findings } = tried.trial;
  const { id, forms, left, operator, right, tolerance, severity, missingValues } = rule;
  const firstTerm = rule.firstTerm && termLabel(rule.firstTerm);
  const lastTerm = rule.lastTerm && termLabel(rule.lastTerm);
  const sides = { left, operator, right };
  return {
    rule: { id, forms, ...sides, tolerance, severity, missingValues, firstTerm, lastTerm },
    row: row ?? 'none',
    returns,
    outcomes: counts,
    districts: districts.map(({ district, counts }) => ({ district, ...counts })),
    terms: terms.map(({ year, term, counts }) => ({ year, term, ...counts })),
    silences,
    findings: findings.map(findingReport),
    notChecked: notChecked.map(({ list, reason }) => ({ list, reason })),
  };
}

const findingReport = (finding: Finding) => {
  const { form, district, year, term, operands, says, compared } = finding;
  const figures = { operands: valuesOf(operands), message: says };
  return { form, district, year, term, ...figures, ...(compared ? { compared } : {}) };
};
