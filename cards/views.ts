/**
 * What each card shows, in words that are ready to read: the data that the templates beside this
 * file are filled with. Every text is data: templates put it where no markup is read.
 */

/** `form|district|year|term` fields as buttons carry them. */
type ReturnFields = { form: string; district: string; year: string; term: number };

/** One question of a return. */
export type QuestionView = {
  /** Measure id. */
  id: string;
  question: string;
  definition: string;
  /** `Last term: 189` or `Last term: –`. */
  lastTerm: string;
  /** What stands in the box: as typed, or as filed. */
  answer: string;
  /** `%`, `£` or nothing: shown beside the box. */
  unit: string;
  /** `''`, `not known` or `not applicable`. */
  without: string;
  reason: string;
  /** Whether the row for *no figure* is open. */
  hasNoFigure: boolean;
  /** What is wrong with this answer, in plain English; empty when nothing is. */
  problem: string;
};

export type SectionView = { title: string; questions: QuestionView[] };

/** A return's questions, ready to be answered. */
export type ReturnFormView = {
  fields: ReturnFields;
  /** The version of the item that the answers are based on; empty while none is held. */
  version: string;
  /** `KPI return, Term 1, 2026-27`. */
  title: string;
  /** `Due Wednesday 18 November 2026, 3 working days ago`. */
  due: string;
  /** `Draft saved Mon 23 Nov, 09:12`, or empty. */
  draft: string;
  /** Why it was not filed: each with its numbers, the reason and the known causes. */
  problems: { text: string; causes: string[] }[];
  sections: SectionView[];
  remarks: string;
  /** Whether remarks can be typed here; longer ones than fit stay as they are in the list. */
  asksRemarks: boolean;
};

/** A return that is not filed, or a step towards it. */
export type OutstandingView = {
  fields: ReturnFields;
  title: string;
  /** `Overdue since Wed 18 Nov`, `Part filed: 2 questions are blank`. */
  status: string;
  /** `Answer now`, `Go on answering`, `Correct it`. */
  action: string;
  /** `You said: by Fri 27 Nov`, `Handed over to Delphine Orr`: what stands about it. */
  stands: string[];
  /** This return, as a button carries it. */
  returns: string;
  canUndo: boolean;
  /** `Take it back` or `Give it back`; empty where there is nothing to take back. */
  takeBack: string;
};

/** A choice in a list: what it is called, and what choosing it gives. */
export type ChoiceView = { title: string; value: string };

/** *I'll file by …*. */
export type PromiseView = {
  /** All that may still be promised, as a button carries them. */
  returns: string;
  /** One to tick for each, where there are several. */
  which: ChoiceView[];
  /** Days: the first and the last that may be promised, and the one proposed. */
  from: string;
  to: string;
  day: string;
};

/** *A colleague will do it*. */
export type HandOverView = {
  returns: string;
  which: ChoiceView[];
  /** The colleagues by name, and the one proposed. */
  colleagues: ChoiceView[];
  colleague: string;
};

/** A finding as its district's lead, or a commissioner, sees it. */
export type FindingView = {
  /** 0, 1, 2 …: tells the inputs of several findings on one card apart. */
  row: number;
  id: string;
  district: string;
  /** `Cannot be right` or `Please check`. */
  label: string;
  isError: boolean;
  /** `KPI return, Term 1, 2026-27`. */
  about: string;
  message: string;
  causes: string[];
  /** `Raised today`, `Raised 3 days ago`. */
  age: string;
  /** `Explained by Priya Raman: “…”`, `Accepted by Colin Marsh`, or empty. */
  said: string;
  canExplain: boolean;
  canCorrect: boolean;
  canAccept: boolean;
  canSendBack: boolean;
};

/** The one card a district lead has: what is outstanding, the open form, receipts, queries. */
export type LeadCardView = {
  /** `Dover: 1 return is overdue`, `Received, thank you`. */
  headline: string;
  /** `good` for a receipt, `attention` when overdue, `default` otherwise. */
  tone: 'good' | 'attention' | 'default';
  intro: string;
  outstanding: OutstandingView[];
  /** Each is there only while it can be pressed. */
  promise?: PromiseView;
  handOver?: HandOverView;
  seen?: { returns: string };
  /** `You have seen this: Mon 23 Nov, 09:14`, or empty. */
  saw: string;
  form?: ReturnFormView;
  /** What was just filed: `Filed Mon 23 Nov, 09:14 by Priya Raman`. */
  receipt?: { title: string; text: string; figures: { question: string; answer: string }[] };
  findings: FindingView[];
};

/** A line about somebody who was written to, or could not be. */
export type ChasedView = {
  district: string;
  text: string;
  /** Set where nothing could be delivered: what to do about it. */
  remedy: string;
};

/** What a commissioner is told in personal chat, updated in place through the day. */
export type AlertView = {
  headline: string;
  chased: ChasedView[];
  /** Districts with something missing, for *chase now* and *pause until*. */
  districts: { row: number; district: string; text: string; tomorrow: string }[];
  findings: FindingView[];
  /** `and 3 more: type “show Swale”`; empty when all are shown. */
  more: string;
  problems: string[];
  notChecked: string[];
  isLocal: boolean;
};

/** Who is missing, for a commissioner who asks. */
export type MissingView = {
  headline: string;
  rows: { district: string; text: string }[];
  notChecked: string[];
  isLocal: boolean;
};

/** A return of one district, and what a commissioner may do about it. */
export type DistrictReturnView = {
  /** Tells its inputs from those of other rows, of findings too. */
  row: number;
  title: string;
  state: string;
  detail: string;
  /** Who promised it until when, has it in hand, has seen it; that it is withdrawn. */
  stands: string[];
  /** This return, as a button carries it; empty for a list that could not be read. */
  returns: string;
  canTell: boolean;
  canWithdraw: boolean;
  canAskAgain: boolean;
};

/** One district, for a commissioner (or its own lead) who asks. */
export type DistrictView = {
  district: string;
  term: string;
  returns: DistrictReturnView[];
  findings: FindingView[];
  more: string;
  /** That it is paused, or when it was chased last; or nothing. */
  paused: string;
  isPaused: boolean;
  canChase: boolean;
  tomorrow: string;
};

/** The weekly summary in the commissioning channel. */
export type SummaryView = {
  headline: string;
  /** `KPI return: 9 of 12 (75%) returned, 8 of 12 (67%) on time`. */
  tallies: { form: string; returned: string; timely: string }[];
  /** Bars: how many districts stand where, by form. */
  chart: { legend: string; values: { x: string; y: number }[] }[];
  rows: { district: string; kpi: string; lar: string; findings: string }[];
  /** Behind *Figures so far*: `School caseload`, `1,204 (11 of 12)`; `and 3 more in the list`. */
  figures: { form: string; lines: { question: string; figure: string }[]; more: string }[];
  news: string[];
  chased: string[];
  /** What was promised, handed over or withdrawn. */
  arranged: string[];
  notChecked: string[];
};

/** A SENCO's link practitioner. */
export type LinkPractitionerView = {
  headline: string;
  school: string;
  name: string;
  /** `Away until Fri 4 Dec. Until then ask …`, or empty. */
  away: string;
  email: string;
  phone: string;
};

/** Clinics for a SENCO. */
export type ClinicsView = {
  headline: string;
  clinics: { title: string; when: string; where: string; joinLink: string; places: string }[];
  /** Shown when there is none: what to do instead. */
  empty: string;
};

/** What this person can ask for, with one-tap examples. */
export type HelpView = {
  headline: string;
  intro: string;
  examples: { title: string; say: string }[];
  /**
   * The local demo's client cannot say words for a person (`imBack` fails there): its buttons send
   * `{ say }` as the message's value instead, to be read as if it had been typed.
   */
  isLocal?: boolean;
};

/** A short answer: a refusal, a problem, a confirmation. */
export type NoteView = {
  headline: string;
  text: string;
  tone: 'good' | 'attention' | 'default';
  /** What somebody can say that they have seen; absent where there is nothing, or they have said so. */
  seen?: { returns: string };
  /** `Seen by Greta Holloway, Mon 23 Nov, 09:14`, or empty. */
  saw?: string;
};

/** Every card by its template's name. */
export type CardViews = {
  lead: LeadCardView;
  alert: AlertView;
  missing: MissingView;
  district: DistrictView;
  summary: SummaryView;
  'link-practitioner': LinkPractitionerView;
  clinics: ClinicsView;
  help: HelpView;
  note: NoteView;
};
