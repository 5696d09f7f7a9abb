import { openTerm } from '../../bot/chase/outstanding.ts';
import type { Look } from '../../bot/look.ts';
import { gatheredIn } from '../../bot/look.ts';
import { measuresOf, OWED_FORMS, type Measure } from '../../bot/returns/measure.ts';
import { isFiled } from '../../bot/returns/state.ts';

/** As many as are offered where something was left out. */
const MOST_OFFERED = 3;

/** Asked about most; the names of the starter's measures, which a list may not have. */
const ASKED_MOST = ['schoolCaseload', 'eyCaseload', 'activelySupportedSchools'];

/** The measures that somebody most likely means who names none. */
export function likelyMeasures(look: Look): Measure[] {
  const term = gatheredIn(look) ?? look.reading.terms.at(-1);
  if (!term) return [];
  const asked = OWED_FORMS.flatMap((form) => measuresOf(look.reading.measures, form, term));
  const rank = ({ id }: Measure): number => {
    const at = ASKED_MOST.indexOf(id);
    return at < 0 ? ASKED_MOST.length : at;
  };
  return asked.toSorted((a, b) => rank(a) - rank(b)).slice(0, MOST_OFFERED);
}

/** The districts that somebody most likely means who names none: those with something missing first. */
export function districtsToShow(look: Look, isMeant: (district: string) => boolean): string[] {
  const missing = new Set(
    look.situation.statuses
      .filter((one) => !isFiled(one.state) && openTerm(one, look.situation) !== undefined)
      .map(({ district }) => district),
  );
  const names = look.reading.districts.map(({ name }) => name).filter(isMeant);
  return [
    ...names.filter((name) => missing.has(name)),
    ...names.filter((name) => !missing.has(name)),
  ].slice(0, MOST_OFFERED);
}
