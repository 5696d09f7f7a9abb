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
  /** Set where only the questions of one finding are asked: all other answers stay as they are. */
  correcting?: CorrectingView;
};

/** The finding whose questions alone are open. */
type CorrectingView = {
  /** As a button carries it. */
  id: string;
  /** Ids of the questions asked, as a button carries them. */
  only: string;
  /** Why it was raised, with its values. */
  words: string;
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

/** A value that a finding rests on: `School caseload`, `189`. */
export type FactView = { label: string; shown: string };

/** A district's own figures of the doubted measure, as a chart and in a line. */
export type HistoryView = {
  /** The question that they answer. */
  question: string;
  /** `Terms, 2025-26 T1 to 2026-27 T1`. */
  terms: string;
  /** Earlier terms, and the one in doubt, `T1` to `T6` and `Now`; a term without a figure has no bar. */
  chart: { legend: string; values: { x: string; y: number }[] }[];
  /** `2025-26 T5 150 · T6 – · now 412`: where no chart can be drawn. */
  line: string;
};

/** A finding as its district's lead sees it. */
export type FindingView = {
  /** As a button carries it; tells the inputs of several findings on one card apart too. */
  id: string;
  /** `Cannot be right` or `Please check`. */
  label: string;
  isError: boolean;
  /** `KPI return, Term 1, 2026-27`. */
  about: string;
  /** `Raised today`, `Raised 3 days ago`. */
  age: string;
  /** Why it was raised: what the values do not say. */
  why: string;
  /** What is doubted; those that are too many to be read at a glance are behind a button. */
  tested: FactView[];
  more: FactView[];
  /** What it was compared with. */
  against: FactView[];
  /** `70 should equal 80 (within 1)`, or empty. */
  compared: string;
  /** Where a picture helps. */
  history?: HistoryView;
  causes: string[];
  /** `Explained by Priya Raman: “…”`, `Accepted by Colin Marsh`, or empty. */
  said: string;
  /** Who asks again, and what is missing; empty where nothing was sent back. */
  note: string;
  /** What stands in the boxes: as typed last, or as explained before. */
  cause: string;
  words: string;
  /** Why that is no explanation; empty where nothing was refused. */
  refused: string;
  /** Whether more has happened than that it was raised. */
  hasHistory: boolean;
  canExplain: boolean;
  canCorrect: boolean;
};

/** A way to another part of the list of findings: a page, a district, the terms that are locked. */
export type ListTurn = {
  title: string;
  /** Empty for every district. */
  district: string;
  terms: 'open' | 'locked';
  page: number;
  /** Set on the list itself, which then turns its page in place. */
  on?: 'findings';
};

/** A finding in a list of them, its rule said above it. */
export type ListedFindingView = {
  /** As a button carries it. */
  id: string;
  /** `KPI return, Term 1, 2026-27`. */
  about: string;
  /** `Raised today`, `Raised 3 days ago`. */
  age: string;
  /** What was found, without the rule's wording. */
  figures: string;
  /** `Open`, `For you to decide: …`, `Sent back by …`. */
  status: string;
  /** `Decide` or `History`. */
  action: string;
  /** What stands of it, as a button carries it: only that is decided on. */
  seen: string;
  canAccept: boolean;
};

/** Findings by one rule about one district. */
export type RuleFindingsView = {
  /** `Cannot be right` or `Please check`. */
  label: string;
  isError: boolean;
  /** The rule's own, once for all. */
  wording: string;
  findings: ListedFindingView[];
};

/** Findings about one district. */
export type DistrictFindingsView = {
  district: string;
  /** *Only Dover*, or none. */
  only: ListTurn[];
  rules: RuleFindingsView[];
};

/** The findings that a commissioner leafs through. */
export type FindingsView = {
  /** `9 findings, 2 for you to decide`. */
  headline: string;
  /** `Every district · terms that may still change · page 1 of 2`. */
  shown: string;
  groups: DistrictFindingsView[];
  /** What is known where nothing is listed; else empty. */
  empty: string;
  notChecked: string[];
  turns: ListTurn[];
};

/** One finding with all that was said about it. */
export type FindingCardView = {
  row: number;
  /** As a button carries it. */
  id: string;
  district: string;
  /** `Cannot be right`, `Please check`, or that it is settled. */
  label: string;
  /** `good` where it is settled, `attention` where it cannot be right. */
  tone: 'good' | 'attention' | 'default';
  /** `KPI return, Term 1, 2026-27`. */
  about: string;
  /** `For you to decide`, `Sent back`; empty where it is settled. */
  status: string;
  age: string;
  tested: FactView[];
  comparedWith: FactView[];
  /** `70 should equal 80 (within 1)`, or empty. */
  compared: string;
  /** Why it was raised, without the values that stand beside it. */
  why: string;
  /** Where a picture helps. */
  history?: HistoryView;
  /** How many earlier lines are left out, in words; or empty. */
  earlier: string;
  conversation: { who: string; text: string }[];
  /** What stands of it, as a button carries it: only that is decided on. */
  seen: string;
  /** What was typed and not taken. */
  note: string;
  canAccept: boolean;
  canSendBack: boolean;
  /** Whether an acceptance can be taken back. */
  canReopen: boolean;
  canShowDistrict: boolean;
  /** Its decisions change the card itself. */
  on: 'finding';
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
  /** `and 3 more, which follow as these are answered`, or empty. */
  moreFindings: string;
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
  findings: DistrictFindingsView[];
  /** *All 23 findings*, or none where all are shown. */
  all: ListTurn[];
  /** What was changed after it was approved. */
  voided: string[];
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

/** A button that approves returns. */
export type ApproveView = {
  /** The card that it stands on. */
  on: 'approvals' | 'district';
  /** `Approve these 9`, `Approve, accepting this explanation`. */
  button: string;
  /** The returns, as a button carries them. */
  returns: string;
  /** What the card was made from, so that nothing is approved that nobody saw. */
  shown: string;
};

/** Returns of one form: `KPI return (5)`, and whose. */
export type ReturnsView = { form: string; districts: string };

/** What can be approved of a term, for a commissioner. */
export type ApprovalsView = {
  headline: string;
  /** What the press before came to, and the returns that it approved, if any: that can be undone. */
  done?: { on: 'approvals'; headline: string; lines: string[]; returns: string };
  /** `attention` where the press before left something out. */
  tone: 'good' | 'attention' | 'default';
  /** Those with nothing to look at, and one button for them all where there are any. */
  clean: ReturnsView[];
  together?: ApproveView;
  /** Those to look at one by one: what changed, and the explanations that approving accepts. */
  singles: (ApproveView & { title: string; lines: string[] })[];
  /** The others, with the reason; and how many more districts there are. */
  notYet: { district: string; text: string }[];
  more: string;
  approved: ReturnsView[];
  /** The other terms that can be chosen. */
  terms: { title: string; of: string }[];
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
  /** Who approved it when; or what voided that; or what approving it accepts. */
  approval: string[];
  /** Only while it can be approved. */
  approve?: ApproveView;
  canUndoApproval: boolean;
  on: 'district';
};

/** One district, for a commissioner (or its own lead) who asks. */
export type DistrictView = {
  district: string;
  term: string;
  returns: DistrictReturnView[];
  findings: RuleFindingsView[];
  /** *All 7 findings of Dover*, for who may see the list; else `more` says how many there are. */
  all: ListTurn[];
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

/** A clinic, with what this person can do about it. */
export type ClinicView = {
  title: string;
  /** `Primary schools, Dover`; empty where a SENCO can come. */
  for: string;
  /** `Wed 2 Dec, 13:30 to 14:30`. */
  when: string;
  where: string;
  joinLink: string;
  /** Who runs it, or empty. */
  with: string;
  /** `4 places left`, `Full`. */
  places: string;
  /** `✓ You have a place`, or empty. */
  mine: string;
  /** Who is coming, one line for each; only for whoever runs it. */
  coming: string[];
  /** The id of its item, as a button carries it. */
  clinic: string;
  /** The clinics of the whole card, as {@link ClinicsView} shows them anew after a press. */
  shown: string;
  /** `Book a place`, `Book again`; empty where there is nothing to book. */
  book: string;
  canCancel: boolean;
  /** https address that opens a calendar with the clinic filled in, or empty. */
  calendarLink: string;
};

/** Clinics for somebody who asks. */
export type ClinicsView = {
  headline: string;
  tone: 'good' | 'attention' | 'default';
  /** What to know of them, or what to do where there is none; or empty. */
  text: string;
  clinics: ClinicView[];
  /** `and 5 more, until Fri 18 Dec`, or empty. */
  more: string;
};

/** A link practitioner's own schools and settings. */
export type SchoolsView = {
  headline: string;
  text: string;
  /** By phase. */
  groups: { phase: string; schools: { name: string; district: string }[] }[];
};

/** A link practitioner's absence: asked for, or noted. */
export type AwayView = {
  headline: string;
  tone: 'good' | 'attention' | 'default';
  text: string;
  /** Set while something is missing or wrong: what was typed, the days that may be given, and who may cover. */
  form?: {
    from: string;
    until: string;
    /** First and last day that may be given. */
    earliest: string;
    latest: string;
    covers: ChoiceView[];
    cover: string;
  };
  canComeBack: boolean;
};

/** What this person can ask for, with one-tap examples. */
export type HelpView = {
  headline: string;
  intro: string;
  /** What it does, what a word means: a few words in bold, and a sentence. Absent where there is none. */
  points?: { label: string; text: string }[];
  examples: { title: string; say: string }[];
  /**
   * The local demo's client cannot say words for a person (`imBack` fails there): its buttons send
   * `{ say }` as the message's value instead, to be read as if it had been typed.
   */
  isLocal?: boolean;
};

/** For somebody whom the people list does not know: where do they work? */
export type IntroduceView = {
  headline: string;
  lines: string[];
  /** Asks for a text to be typed, or for one of the choices; for nothing any more where neither is so. */
  asksName: boolean;
  asksChoice: boolean;
  typed: string;
  choices: { name: string }[];
};

/** Who asks to be let in, for a commissioner. */
export type LetInView = {
  headline: string;
  /** Where nobody asks. */
  empty: string;
  requests: {
    /** Entra object id of whoever asks. */
    who: string;
    name: string;
    school: string;
    /** `Asked Mon 23 Nov, 09:00`. */
    since: string;
    /** The row of the people list that would be filled in, in words; or empty. */
    row: string;
    /** `Let in by Colin Marsh, Mon 23 Nov, 09:04`, or empty. */
    outcome: string;
    canDecide: boolean;
    email: string;
    /** The id of the row's item; or empty. */
    fill: string;
    /** What is shown of the request, as `seenRequest` writes it. */
    seen: string;
  }[];
  /** `and 3 more`, or empty. */
  more: string;
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

/** What a rule would raise on the returns held, for a commissioner who tries it. */
export type RuleTrialView = {
  /** `Would raise 12 queries on the 864 returns held`, `This rule cannot be used`. */
  headline: string;
  tone: 'attention' | 'default';
  /** The rule as it was read. */
  rule: string;
  /** `Query · KPI return · skip if any is missing`. */
  settings: string;
  /** Why it cannot be used: its text in three parts, the middle one where the fault is. */
  problems: { before: string; marked: string; after: string; says: string }[];
  /** All five outcomes: `pass 812 · error 0 · query 12 · skipped 40 · could not run 0`. */
  counts: string;
  /** Why it said nothing, and how often. */
  silent: string[];
  /** Districts where something is raised, or nothing passes; the most raised first. */
  rows: { district: string; raised: string; pass: string; skipped: string; couldNotRun: string }[];
  /** The other districts, by name; or empty. */
  others: string;
  /** `2026-27 T1: 3 · 2025-26 T6: 1`. */
  terms: string;
  examples: { about: string; text: string }[];
  /** `and 8 more`, or empty. */
  more: string;
  /** What to do in the rules list, and what to write into which column. */
  steps: string;
  cells: { column: string; cell: string }[];
  notChecked: string[];
};

/** Lines about districts, for who asked something of all of them. */
export type ByDistrictView = {
  headline: string;
  /** Empty where the headline says all. */
  intro: string;
  groups: {
    title: string;
    /** The district that can be shown; empty where there is none. */
    district: string;
    /** What is said in bold, then plainly, then less loudly. */
    lines: { what: string; text: string; beside: string }[];
    /** `and 3 more`, or empty. */
    more: string;
  }[];
  notes: string[];
};

/** Figures term by term as bars; a term without a figure has no bar. */
export type ChartView = {
  /** The question that they answer. */
  question: string;
  /** `Terms, 2025-26 T1 to 2026-27 T1`. */
  terms: string;
  /** `line` where no chart can be drawn: `2025-26 T5 150 · T6 – · 2026-27 T1 412`. */
  series: { legend: string; values: { x: string; y: number }[]; line: string }[];
};

/** Two districts side by side. */
export type SideBySideView = {
  headline: string;
  /** The definition of the one measure that was asked about, or empty. */
  intro: string;
  /** One, or none. */
  chart: ChartView[];
  /** Where the two stand: one, or none where one measure was asked about. */
  stands: { one: string; other: string; rows: { label: string; one: string; other: string }[] }[];
  tables: {
    /** Tells those apart that can be folded; empty where it cannot. */
    id: string;
    title: string;
    isShown: boolean;
    /** What heads the columns. */
    what: string;
    one: string;
    other: string;
    apart: string;
    rows: { label: string; one: string; other: string; difference: string }[];
    /** `and 2 more in the list`, or empty. */
    more: string;
  }[];
  notes: string[];
};

/** A measure over time, of a district or of all. */
export type OverTimeView = {
  headline: string;
  definition: string;
  /** One, or none. */
  chart: ChartView[];
  /** `Term 1, 2026-27`, `1,998`, `11 of 12 districts`: oldest first. */
  lines: { term: string; figure: string; beside: string }[];
  notes: string[];
};

/** What a lead filed last. */
export type LastReturnView = {
  headline: string;
  intro: string;
  returns: {
    /** Tells what can be folded apart. */
    id: string;
    /** `KPI return, Term 6, 2025-26`. */
    title: string;
    /** When it was first filed, who approved it, which queries are open. */
    stands: string[];
    isShown: boolean;
    sections: { title: string; answers: { question: string; answer: string }[] }[];
  }[];
  /** `KPI return, Term 1, 2026-27: overdue since Wed 18 Nov`. */
  due: string[];
  notes: string[];
};

/** Every card by its template's name. */
export type CardViews = {
  lead: LeadCardView;
  alert: AlertView;
  missing: MissingView;
  district: DistrictView;
  approvals: ApprovalsView;
  summary: SummaryView;
  'link-practitioner': LinkPractitionerView;
  clinics: ClinicsView;
  schools: SchoolsView;
  away: AwayView;
  help: HelpView;
  introduce: IntroduceView;
  'let-in': LetInView;
  note: NoteView;
  'rule-trial': RuleTrialView;
  findings: FindingsView;
  finding: FindingCardView;
  'by-district': ByDistrictView;
  'side-by-side': SideBySideView;
  'over-time': OverTimeView;
  'last-return': LastReturnView;
};
