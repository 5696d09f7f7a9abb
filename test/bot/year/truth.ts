/** What is really so in the simulated year, whatever the product makes of it. Plain facts only. */
import type { Person } from '../../../bot/access/people.ts';
import type { Form } from '../../../bot/returns/measure.ts';
import type { ReturnKey } from '../../../bot/returns/return.ts';

export type TrueReturn = {
  id: string;
  key: ReturnKey;
  /** By year and term. */
  term: string;
  held: 'nothing' | 'part' | 'all';
  /** Received in Teams, and not in SharePoint yet. */
  isSaving: boolean;
  promise?: { by: string; until: string } | undefined;
  /** Who has it in hand alone, and since when. */
  holder?: { id: string; since: number } | undefined;
  /** Since when somebody had it in hand first on a day: handing it to and fro is one hand-over. */
  handed: Map<string, number>;
  isWithdrawn: boolean;
  escalatedAt?: number | undefined;
  queries: TrueQuery[];
};

export type TrueQuery = {
  id: string;
  of: TrueReturn;
  /** Whether the figures in the list give cause for it. */
  isInList: boolean;
  /** Whether the product has noticed it, and the day since which it asks. */
  isRaised: boolean;
  askedOn: string;
  answer: 'none' | 'explained' | 'accepted' | 'sent back';
};

export type Truth = {
  returns: readonly TrueReturn[];
  byAbout: ReadonlyMap<string, TrueReturn | TrueQuery>;
  people: readonly Person[];
  /** The last day of a district's pause. */
  pauses: Map<string, string>;
  unread: Set<Form>;
  areTermsSound: boolean;
  /** Due days that were moved, by year and term. */
  moved: ReadonlyMap<string, string>;
  /** Why a card cannot reach somebody. */
  unreachable: Map<string, 'no bot installed' | 'blocked'>;
};

/** When a term's returns are due by now. */
export const dueIn = (
  { moved }: Truth,
  { year, term, due }: { year: string; term: number; due: string },
): string => moved.get(`${year}|${term}`) ?? due;

export const isQuery = (about: TrueReturn | TrueQuery): about is TrueQuery => 'of' in about;

export const isReceived = ({ held, isSaving }: TrueReturn): boolean => held === 'all' || isSaving;

/** Whether the figures, as the product last noticed them, still wait for a word of the lead. */
export const waitsForAnswer = ({ isInList, isRaised, answer }: TrueQuery): boolean =>
  isInList && isRaised && (answer === 'none' || answer === 'sent back');
