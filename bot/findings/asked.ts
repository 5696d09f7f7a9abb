import { termBefore, termLastYear, within, type TermKey } from '../calendar/terms.ts';
import type { Form, Measure } from '../returns/measure.ts';

/** Whether a figure was asked for in a form, as seen from a term. */
export type Asked = (form: Form, term: TermKey) => boolean;

/** When the figure of a name was asked for: of `previous.` and `lastYear.`, in the term that they mean. */
export function askedIn(name: string, measures: readonly Measure[]): Asked {
  const [scope, inner] = name.split('.');
  if (inner !== undefined && scope === 'district') return () => true;
  const rows = measures.filter((m) => m.id === (inner ?? name));
  const always = rows.filter((m) => !m.firstTerm && !m.lastTerm).map((m) => m.form);
  return (form, term) => {
    if (always.includes(form)) return true;
    const meant = inner === undefined ? term : termOfScope(scope ?? '', term);
    return rows.some((m) => m.form === form && within(meant, m.firstTerm, m.lastTerm));
  };
}

const termOfScope = (scope: string, term: TermKey): TermKey =>
  scope === 'previous' ? termBefore(term) : termLastYear(term);
