import { compareTerms, termLabel, within, type TermKey } from '../calendar/terms.ts';
import { canonicalDistrict, type NamedDistrict } from './district-name.ts';

/** What a district is, beside its returns: `eySettings`, `primarySchools`, `secondarySchools`. */
export type DistrictFigures = Readonly<Record<string, number>>;

/** Terms from the first to the last; an end that is not given is open. */
type Span = { firstTerm?: TermKey; lastTerm?: TermKey };

/** A row of the districts list: one of a district, or one for each time its figures changed. */
export type DistrictRow = NamedDistrict & Span & { figures: DistrictFigures };

/** A district, with the figures of its rows in their order: for a term the first counts. */
export type District = NamedDistrict & {
  figures: readonly (Span & { figures: DistrictFigures })[];
};

const NO_FIGURES: DistrictFigures = {};

/** What a district was in a term: an old return is judged by the figures of its own term. */
export const figuresOf = (district: District | undefined, term: TermKey): DistrictFigures =>
  district?.figures.find(({ firstTerm, lastTerm }) => within(term, firstTerm, lastTerm))?.figures ??
  NO_FIGURES;

/** Rows of one name, however it is spelled, become one district with the other names of all. */
export function joinedDistricts(rows: readonly DistrictRow[]): District[] {
  const names = rows.map(({ name }) => ({ name, otherNames: [] }));
  const byName = Map.groupBy(rows, ({ name }) => canonicalDistrict(name, names) ?? name);
  return [...byName].map(([name, own]) => ({
    name,
    otherNames: [...new Set(own.flatMap(({ otherNames }) => otherNames))],
    figures: own,
  }));
}

/**
 * Where rows of a district say different things of one term, or none says anything of a listed term,
 * in words for the person who edits them.
 */
export const districtProblems = (
  districts: readonly District[],
  terms: readonly TermKey[],
): string[] => [
  ...districts.flatMap((district) => [...reversals(district), ...overlaps(district)]),
  ...gaps(districts, terms),
];

const reversals = ({ name, figures }: District): string[] =>
  figures.some(isBackwards)
    ? [`${name} has a row whose last term is before its first. Please put them right.`]
    : [];

const isBackwards = ({ firstTerm, lastTerm }: Span): boolean =>
  firstTerm !== undefined && lastTerm !== undefined && compareTerms(firstTerm, lastTerm) > 0;

function overlaps({ name, figures }: District): string[] {
  const spans = figures.filter((span) => !isBackwards(span));
  const shared = spans.flatMap((one, i) => spans.slice(i + 1).map((other) => sharedBy(one, other)));
  const told = shared
    .filter((span) => !isBackwards(span))
    .map(
      (span) =>
        `${name} has two rows for ${inWords(span)}: the first counts. Please give one a last term before the other’s first.`,
    );
  return [...new Set(told)];
}

function sharedBy(one: Span, other: Span): Span {
  const firstTerm = [one.firstTerm, other.firstTerm].filter(isGiven).sort(compareTerms).at(-1);
  const lastTerm = [one.lastTerm, other.lastTerm].filter(isGiven).sort(compareTerms)[0];
  return { ...(firstTerm ? { firstTerm } : {}), ...(lastTerm ? { lastTerm } : {}) };
}

const isGiven = (term: TermKey | undefined): term is TermKey => term !== undefined;

/** Districts whose figures stop at the same term are told of together. */
function gaps(districts: readonly District[], terms: readonly TermKey[]): string[] {
  const listed = terms.toSorted(compareTerms);
  const without = districts.map((district) => ({
    name: district.name,
    gap: runsOf(listed, (term) => !covers(district, term))
      .map(inWords)
      .join(', '),
  }));
  const alike = Map.groupBy(
    without.filter(({ gap }) => gap !== ''),
    ({ gap }) => gap,
  );
  return [...alike].map(
    ([gap, own]) =>
      `${own.map(({ name }) => name).join(', ')}: no row is for ${gap}, so rules that need the number of schools are skipped there. Please add a row.`,
  );
}

const covers = ({ figures }: District, term: TermKey): boolean =>
  figures.some(({ firstTerm, lastTerm }) => within(term, firstTerm, lastTerm));

/** The unbroken runs of those terms for which something holds. */
function runsOf(terms: readonly TermKey[], holds: (term: TermKey) => boolean): Required<Span>[] {
  const runs: Required<Span>[] = [];
  let isRunning = false;
  for (const term of terms) {
    const last = runs.at(-1);
    if (!holds(term)) isRunning = false;
    else if (isRunning && last) last.lastTerm = term;
    else {
      runs.push({ firstTerm: term, lastTerm: term });
      isRunning = true;
    }
  }
  return runs;
}

/** `2026-27 T1`, `2026-27 T1 to 2026-27 T6`, `2026-27 T1 and after`. */
function inWords({ firstTerm, lastTerm }: Span): string {
  if (!firstTerm) return lastTerm ? `${termLabel(lastTerm)} and before` : 'all terms';
  if (!lastTerm) return `${termLabel(firstTerm)} and after`;
  const [first, last] = [termLabel(firstTerm), termLabel(lastTerm)];
  return first === last ? first : `${first} to ${last}`;
}
