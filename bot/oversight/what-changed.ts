import { districtSubject, type Arrangement } from '../chase/arrangement.ts';
import { shortDay } from '../calendar/london.ts';
import { openTerm } from '../chase/outstanding.ts';
import { subjectOf } from '../chase/subject.ts';
import { becauseOf, isClosing } from '../findings/closing.ts';
import { historyOf } from '../findings/conversation.ts';
import { THE_BOT, type FindingDeed } from '../findings/register.ts';
import type { Look } from '../look.ts';
import { changesInWords } from '../returns/approval.ts';
import { formName, returnId, returnName, type ReturnKey } from '../returns/return.ts';
import { isFiled } from '../returns/state.ts';

/** Something that changed, in plain words; what people wrote is data, and never markup. */
export type Change = {
  at: Date;
  /** Or that it is of returns of other terms, which nobody is asked about now. */
  district: string;
  /** A person's name; empty where nobody is known to have done it. */
  who: string;
  /** `KPI return, Term 1, 2026-27: filed`. */
  text: string;
};

/** What changed of a district, the newest first. */
export type DistrictChanges = { district: string; changes: Change[] };

/** What changed since an instant, that instant included, by district: where something changed last comes first. */
export function whatChanged(look: Look, since: Date): DistrictChanges[] {
  const changes = allChanges(look).filter(({ at }) => at >= since && at <= look.at);
  return [...Map.groupBy(changes.sort(newestFirst), ({ district }) => district)].map(
    ([district, of]) => ({ district, changes: of }),
  );
}

const newestFirst = (a: Change, b: Change): number =>
  b.at.getTime() - a.at.getTime() ||
  a.district.localeCompare(b.district) ||
  a.text.localeCompare(b.text);

const allChanges = (look: Look): Change[] => [
  ...filings(look),
  ...approvals(look),
  ...voidings(look),
  ...deeds(look),
  ...arrangements(look),
  ...firstChases(look),
];

/** What came in, and what was changed in its list since. */
function filings({ situation, remembered, reading }: Look): Change[] {
  const saved = situation.statuses.flatMap((status): Change[] => {
    const { district, filed, firstFiled, state, timely } = status;
    if (!filed) return [];
    const email = filed.submittedBy.toLowerCase();
    const who = reading.people.find((p) => p.email !== '' && p.email.toLowerCase() === email);
    const name = returnName(status);
    const came = firstFiled ?? filed.createdAt;
    const late = timely === false ? ', late' : '';
    const what = firstFiled ? `filed${late}` : 'came in, not complete yet';
    const last = { at: filed.modifiedAt, district, who: '' };
    return [
      { at: came, district, who: who?.name ?? '', text: `${name}: ${what}` },
      ...(filed.modifiedAt > came && state !== 'amended'
        ? [{ ...last, text: `${name}: changed last${isFiled(state) ? '' : ', not complete'}` }]
        : []),
    ];
  });
  const waiting = remembered.saving.map(({ key, person, receivedAt }) => ({
    at: receivedAt,
    district: key.district,
    who: reading.people.find(({ id }) => id === person)?.name ?? '',
    text: `${returnName(key)}: received, being saved`,
  }));
  return [...saved, ...waiting];
}

function approvals({ remembered }: Look): Change[] {
  return [...remembered.approvals].flatMap(([id, made]) => {
    const key = subjectOf(id)?.key;
    if (!key) return [];
    return made.map(({ at, name, what }) => ({
      at,
      district: key.district,
      who: name,
      text: `${returnName(key)}: ${what === 'approved' ? 'approved' : 'approval taken back'}`,
    }));
  });
}

/** When a return was taken out of its list is not known: that is told elsewhere. */
const voidings = ({ assessment }: Look): Change[] =>
  assessment.voided.flatMap(({ key, changes }) =>
    changes
      ? [
          {
            at: changes.at,
            district: key.district,
            who: '',
            text: `${returnName(key)}: changed after it was approved (${changesInWords(changes).join('; ')})`,
          },
        ]
      : [],
  );

type Deed = { at: Date; by: string; what: FindingDeed; district: string; about: string };

/** What happened to findings: what somebody did at one time to several of a return is one change. */
function deeds(look: Look): Change[] {
  const all = [...look.assessment.register.values()].flatMap((record) =>
    historyOf(record).map(({ at, by, what }): Deed => ({
      at,
      by,
      what,
      ...placeOf(record.finding, by, look),
    })),
  );
  const alike = Map.groupBy(all, ({ at, by, what, district, about }) =>
    [at.getTime(), by, what, district, about].join('|'),
  );
  return [...alike.values()].flatMap((several) => {
    const [first] = several;
    return first ? [deedInWords(first, several.length)] : [];
  });
}

/** What is found in returns that can be changed no more is asked of nobody: it is told of together. */
function placeOf(
  key: ReturnKey,
  by: string,
  { situation }: Look,
): Pick<Deed, 'district' | 'about'> {
  const isTold = by !== THE_BOT || openTerm(key, situation) !== undefined;
  return isTold
    ? {
        district: key.district,
        about: `${key.term === 0 ? formName(key.form) : returnName(key)}: `,
      }
    : { district: LOCKED, about: '' };
}

/** Stands for the districts of returns that can be changed no more, or name no known term. */
const LOCKED = 'Returns of other terms';

const deedInWords = ({ at, by, what, district, about }: Deed, count: number): Change => ({
  at,
  district,
  who: by === THE_BOT ? '' : by,
  text: `${about}${count === 1 ? '1 figure' : `${count} figures`} ${outcomeOf(what)}`,
});

function outcomeOf(what: FindingDeed): string {
  if (isClosing(what)) return `settled: ${becauseOf(what)}`;
  switch (what) {
    case 'raised':
      return 'to check';
    case 'found again':
      return 'to check again';
    case 'became an error':
      return 'to correct, as the rule was changed';
    case 'explained':
    case 'accepted':
    case 'sent back':
      return what;
    case 'decision undone':
      return 'to decide again: the acceptance was taken back';
  }
}

function arrangements({ remembered, reading }: Look): Change[] {
  const names = new Map(reading.districts.map(({ name }) => [districtSubject(name), name]));
  return [...remembered.arrangements].flatMap(([subject, made]) => {
    const key = subjectOf(subject)?.key;
    const district = key?.district ?? names.get(subject);
    if (district === undefined) return [];
    return made.flatMap((one): Change[] => {
      const words = arrangedInWords(one);
      if (words === undefined) return [];
      const text = key ? `${returnName(key)}: ${words}` : words;
      return [{ at: one.at, district, who: one.name, text }];
    });
  });
}

/** Undefined where it is no news: that somebody has seen something. */
function arrangedInWords(one: Arrangement): string | undefined {
  switch (one.what) {
    case 'promised':
      return `promised by ${shortDay(one.until)}`;
    case 'promise undone':
      return 'promise undone';
    case 'handed over':
      return `handed over to ${one.toName}`;
    case 'taken back':
      return 'taken back';
    case 'seen':
      return undefined;
    case 'escalated':
      return 'the manager is to be told';
    case 'withdrawn':
      return `not asked for this term: “${one.note}”`;
    case 'asked for again':
      return 'asked for again';
    case 'paused':
      return `Paused until ${shortDay(one.until)}`;
    case 'resumed':
      return 'Pause ended';
  }
}

/** Who was chased for a return for the first time. */
function firstChases({ situation, reading }: Look): Change[] {
  const first = new Map<string, Change>();
  for (const { person, kind, about, at, outcome } of situation.log) {
    const subject = kind === 'chase' && outcome === 'sent' ? subjectOf(about) : undefined;
    if (!subject || subject.rule !== undefined) continue;
    const id = `${person}|${returnId(subject.key)}`;
    const name = reading.people.find((p) => p.id === person)?.name;
    if (first.has(id) || name === undefined) continue;
    const text = `${formName(subject.key.form)}: ${name} was reminded for the first time`;
    first.set(id, { at, district: subject.key.district, who: '', text });
  }
  return [...first.values()];
}
