import { z } from 'zod';
import type { Introduction } from '../../bot/access/introduction.ts';
import type { Filing } from '../../bot/assess.ts';
import type { Arrangement } from '../../bot/chase/arrangement.ts';
import { compareDeliveries, DELIVERY_STATUSES, type Delivery } from '../../bot/chase/delivery.ts';
import { MESSAGE_KINDS } from '../../bot/chase/message.ts';
import { addresseeOf } from '../../bot/chase/message-id.ts';
import { command } from '../../bot/conversation/command-schema.ts';
import type { Look } from '../../bot/look.ts';
import { PHASES } from '../../bot/directory/directory.ts';
import type { Answer } from '../../bot/returns/answer.ts';
import { FORMS } from '../../bot/returns/measure.ts';
import { explanationFrom, type Explanation } from '../../bot/findings/explanation.ts';
import type { Finding, Operand, OperandValue } from '../../bot/findings/finding.ts';
import {
  FINDING_DEEDS,
  FINDING_STATUSES,
  type FindingRecord,
} from '../../bot/findings/register.ts';
import type { ApprovalEvent } from '../../bot/returns/approval.ts';
import type { KeptSubscription } from '../sharepoint/subscriptions.ts';
import type { Documents, Tables } from './tables.ts';

const when = z.coerce.date();

const reference = z.object({
  /** Entra object id of the person, or the id of the channel. */
  who: z.string(),
  serviceUrl: z.string(),
  channelId: z.string(),
  conversation: z.looseObject({ id: z.string() }),
  bot: z.looseObject({ id: z.string() }),
  user: z.looseObject({ id: z.string() }).optional(),
});
/** Where somebody, or a channel, can be written to. */
export type Reference = z.infer<typeof reference>;

const draft = z.object({
  savedAt: when,
  /** The version of the item that it is based on; empty while none was held. */
  version: z.string().default(''),
  /** Whether it was sent in and stopped: then the card says what is wrong with it. */
  sentIn: z.boolean().default(false),
  /** Why it could not be written though nothing was wrong with it. */
  trouble: z.string().default(''),
  /** Questions that somebody else answered differently meanwhile, by measure id. */
  clashes: z.array(z.string()).default([]),
  typed: z.record(
    z.string(),
    z.object({
      answer: z.string(),
      without: z.enum(['', 'not known', 'not applicable']),
      reason: z.string(),
    }),
  ),
});
/** Answers typed and not filed yet. */
export type Draft = z.infer<typeof draft>;

const returnKey = z.object({
  form: z.enum(FORMS),
  district: z.string(),
  year: z.string(),
  term: z.number(),
});

const questionsAlone = z.object({ finding: z.string(), measures: z.array(z.string()) });

const typedAnswers = draft.shape.typed;

const submission = z.object({
  key: returnKey,
  /** Entra object id of whoever sent it in; authorised when it is saved. */
  person: z.string(),
  typed: typedAnswers,
  /** The version of the item that the card showed; empty while none was held. */
  version: z.string(),
  /** Set where only these questions were asked. */
  only: questionsAlone.optional(),
  receivedAt: when,
  /** What has kept it from being saved, in words. */
  why: z.string().default(''),
});
/** Answers that were sent in and are not saved in SharePoint yet. */
export type Submission = z.infer<typeof submission>;

const answer = z.custom<Answer>((v) => typeof v === 'object' && v !== null && 'kind' in v);
const shown = z.object({
  version: z.string(),
  /** Ids of the questions that it asked. */
  asked: z.array(z.string()).default([]),
  answers: z.record(z.string(), answer),
  remarks: z.string(),
});
/** What a card showed somebody of a return: what they changed is told from it. */
export type ShownReturn = z.infer<typeof shown>;

/** Whose turn it is to save a return, until when by the clock of the machine. */
const claim = z.object({ by: z.string(), until: when });

const delivery = z.object({
  id: z.string(),
  kind: z.enum(MESSAGE_KINDS),
  person: z.string(),
  district: z.string().optional(),
  stage: z.string().optional(),
  returns: z.array(returnKey),
  findings: z.array(z.string()),
  logs: z.array(z.object({ about: z.string(), stage: z.string(), because: z.string() })),
  askedBy: z.string().optional(),
  decidedAt: when,
  status: z.enum(DELIVERY_STATUSES),
  settledAt: when.optional(),
  attempts: z.number(),
  problem: z.string().optional(),
  activityId: z.string().optional(),
  shown: z.string().optional(),
  open: returnKey.extend({ only: questionsAlone.optional() }).optional(),
  unsent: z
    .array(
      z.object({ finding: z.string(), cause: z.string(), words: z.string(), refused: z.string() }),
    )
    .optional(),
  opened: z.boolean(),
  receipt: z.object({ key: returnKey, at: when, by: z.string() }).optional(),
}) satisfies z.ZodType<Delivery>;

const made = { at: when, by: z.string(), name: z.string() };
const arrangement = z.discriminatedUnion('what', [
  z.object({ ...made, what: z.literal('promised'), until: z.string() }),
  z.object({ ...made, what: z.literal('promise undone') }),
  z.object({ ...made, what: z.literal('handed over'), to: z.string(), toName: z.string() }),
  z.object({ ...made, what: z.literal('taken back') }),
  z.object({ ...made, what: z.literal('seen'), stage: z.string() }),
  z.object({ ...made, what: z.literal('escalated') }),
  z.object({ ...made, what: z.literal('withdrawn'), note: z.string() }),
  z.object({ ...made, what: z.literal('asked for again') }),
  z.object({ ...made, what: z.literal('paused'), until: z.string() }),
  z.object({ ...made, what: z.literal('resumed') }),
]) satisfies z.ZodType<Arrangement>;
const arranged = z.object({ made: z.array(arrangement) });
/** All that was arranged about one return or district, oldest first. */
export type Arranged = z.infer<typeof arranged>;

const value = z.union([z.number(), z.string(), z.null()]);
const operand = z.object({
  name: z.string(),
  label: z.string(),
  value,
  shown: z.string(),
  is: z.enum(['tested', 'compared with']),
}) satisfies z.ZodType<Operand>;

/** Its parts in the order in which findings are made: two that are the same are written the same. */
const finding = z
  .object({
    id: z.string(),
    /** Once it was only part of the id. */
    question: z.string().default(''),
    rule: z.string(),
    severity: z.enum(['error', 'query']),
    phase: z.enum(PHASES).exactOptional(),
    form: z.enum(FORMS),
    district: z.string(),
    year: z.string(),
    term: z.number(),
    /** Once only their values were kept; the next look says how they are shown. */
    operands: z.union([z.array(operand), z.record(z.string(), value)]),
    says: z.string().default(''),
    saysMore: z.boolean().default(true),
    compared: z.string().exactOptional(),
    why: z.string().default(''),
    knownCauses: z.array(z.string()),
    measures: z.array(z.string()),
    /** Once what was found and why were one text. */
    message: z.string().default(''),
  })
  .transform(({ message, ...stored }): Finding => ({
    ...stored,
    question: stored.question || questionIn(stored.id),
    operands: shownOperands(stored.operands),
    says: stored.says || message,
  }));

/** An id is what a finding is about, and then its values. */
const questionIn = (id: string): string => id.split('|[', 1)[0] ?? id;

const shownOperands = (
  operands: readonly Operand[] | Readonly<Record<string, OperandValue>>,
): Finding['operands'] =>
  Array.isArray(operands)
    ? operands
    : Object.entries(operands).map(([name, value]) => ({
        name,
        label: name,
        value,
        shown: value === null ? 'not given' : String(value),
        is: 'tested',
      }));

const explanation = z.object({
  cause: z.string(),
  words: z.string(),
}) satisfies z.ZodType<Explanation>;

const record = z
  .object({
    finding,
    status: z.enum(FINDING_STATUSES),
    raisedAt: when,
    /** Once the cause and the words were one text. */
    explanation: z.union([z.string(), explanation]).exactOptional(),
    before: z.enum(['open', 'explained', 'accepted', 'sent back']).exactOptional(),
    acceptedFrom: z.enum(['open', 'explained', 'sent back']).exactOptional(),
    closedAt: when.exactOptional(),
    follows: z.string().exactOptional(),
    history: z.array(
      z.object({
        at: when,
        by: z.string(),
        byId: z.string().exactOptional(),
        what: z.enum(FINDING_DEEDS),
        text: z.string().exactOptional(),
        follows: z.string().exactOptional(),
      }),
    ),
  })
  .transform(({ explanation: said, ...stored }): FindingRecord => {
    if (said === undefined) return stored;
    const { knownCauses } = stored.finding;
    return {
      ...stored,
      explanation: typeof said === 'string' ? explanationFrom(said, knownCauses) : said,
    };
  });

const approval = z.discriminatedUnion('what', [
  z.object({
    ...made,
    what: z.literal('approved'),
    itemId: z.string(),
    etag: z.string(),
    answers: z.record(z.string(), answer),
    remarks: z.string(),
    accepted: z.array(z.string()),
  }),
  z.object({ ...made, what: z.literal('undone') }),
]) satisfies z.ZodType<ApprovalEvent>;
const approved = z.object({ made: z.array(approval) });
/** All that was decided about the approval of one return, oldest first. */
export type ApprovalsMade = z.infer<typeof approved>;

/** Neither is a return that was seen part filed. */
const filing = z.object({ firstFiled: when.optional(), complete: when.optional() });
export type KeptFiling = z.infer<typeof filing>;

const filingOf = ({ firstFiled, complete }: KeptFiling): Filing =>
  firstFiled ?? (complete ? { complete } : 'part filed');

const subscription = z.object({
  id: z.string(),
  resource: z.string(),
  secret: z.string(),
  address: z.string(),
  expires: when,
}) satisfies z.ZodType<KeptSubscription>;

/** A line of a list that the bot keeps in line, once it is in SharePoint. */
const mirrored = z.object({
  /** The message's id, for a line of the chase log. */
  message: z.string().optional(),
  /** The id of the list's item; empty where there is none. */
  item: z.string(),
  /** Of what may change in it, so that it is written only when that did. */
  digest: z.string(),
  /** The same, of what SharePoint would not take when it was last asked to. */
  refused: z.string().optional(),
});
export type Mirrored = z.infer<typeof mirrored>;

/**
 * What somebody's last message asked for, as commands. Of their words these hold a name that no list has, a
 * word whose meaning was asked for, and a rule that was tried.
 */
const said = z.object({
  at: when,
  /** None where another version of the service knows other commands. */
  commands: z.array(command).catch([]),
});

const introduction = z.object({
  who: z.string(),
  name: z.string(),
  school: z.string(),
  district: z.string().default(''),
  askedAt: when,
  status: z.enum(['open', 'being let in', 'let in', 'declined']),
  decided: z.object({ by: z.string(), name: z.string(), at: when }).exactOptional(),
  /** Where they asked, to tell them what became of it. */
  reference: reference.omit({ who: true }),
  /** The London day on which commissioners were last told, or empty. */
  toldOn: z.string().default(''),
  /** The cards that told them, to be changed when it is decided. */
  cards: z.array(z.object({ who: z.string(), activityId: z.string() })).default([]),
}) satisfies z.ZodType<Introduction>;
/** Somebody's request to be let in. */
export type KeptIntroduction = z.infer<typeof introduction>;

const welcomed = z.object({ at: when });

/** Under what the commissioning channel is kept, where people are by their Entra object ids. */
export const CHANNEL = 'channel';

/** Messages lie with their person, and the summaries with the channel. */
const conversationIn = (id: string): string => addresseeOf(id) ?? CHANNEL;

/** All that the bot keeps between two looks, in Azure Table Storage. */
export type Memory = {
  references: Documents<Reference>;
  drafts: Documents<Draft>;
  /** By the message's id; a partition holds what is for one person, or for the channel. */
  outbox: Documents<Delivery>;
  findings: Documents<FindingRecord>;
  /** By return id, or a district's subject. */
  arrangements: Documents<Arranged>;
  /** By return id. */
  approvals: Documents<ApprovalsMade>;
  filings: Documents<KeptFiling>;
  /** By return id and person, and the questions where not all were asked; drafts and `shown` too. */
  submissions: Documents<Submission>;
  /** By return id and person. */
  shown: Documents<ShownReturn>;
  /** By return id. */
  claims: Documents<z.infer<typeof claim>>;
  /** By the Entra object id of whoever asks to be let in. */
  introductions: Documents<KeptIntroduction>;
  /** Who has had the welcome card, by Entra object id. */
  welcomed: Documents<z.infer<typeof welcomed>>;
  /** By list. */
  subscriptions: Documents<KeptSubscription>;
  /** Lines of the chase log, by message and what it is about. */
  mirrored: Documents<Mirrored>;
  /** Lines of the list of findings, by the finding's id. */
  mirroredFindings: Documents<Mirrored>;
  /** By person. */
  said: Documents<z.infer<typeof said>>;
};

export const openMemory = (tables: Tables): Memory => ({
  references: tables.documents('stlsReferences', reference),
  drafts: tables.documents('stlsDrafts', draft),
  outbox: tables.documents('stlsDeliveries', delivery, conversationIn),
  findings: tables.documents('stlsFindings', record),
  arrangements: tables.documents('stlsArrangements', arranged),
  approvals: tables.documents('stlsApprovals', approved),
  filings: tables.documents('stlsFilings', filing),
  submissions: tables.documents('stlsSubmissions', submission),
  shown: tables.documents('stlsShown', shown),
  claims: tables.documents('stlsClaims', claim),
  introductions: tables.documents('stlsIntroductions', introduction),
  welcomed: tables.documents('stlsWelcomed', welcomed),
  subscriptions: tables.documents('stlsSubscriptions', subscription),
  mirrored: tables.documents('stlsMirrored', mirrored),
  mirroredFindings: tables.documents('stlsMirroredFindings', mirrored),
  said: tables.documents('stlsSaid', said),
});

/** What a look at the lists starts from. */
export async function remember(memory: Memory): Promise<Look['remembered']> {
  const [findings, approvals, filings, arrangements, deliveries, submissions] = await Promise.all([
    memory.findings.all(),
    memory.approvals.all(),
    memory.filings.all(),
    memory.arrangements.all(),
    memory.outbox.all(),
    memory.submissions.all(),
  ]);
  return {
    findings: new Map(findings.map(({ value }) => [value.finding.id, value])),
    approvals: new Map(approvals.map(({ key, value }) => [key, value.made])),
    filings: new Map(filings.map(({ key, value }): [string, Filing] => [key, filingOf(value)])),
    arrangements: new Map(arrangements.map(({ key, value }) => [key, value.made])),
    deliveries: deliveries.map(({ value }) => value).sort(compareDeliveries),
    saving: submissions.map(({ value: { key, person, receivedAt, why } }) => ({
      key,
      person,
      receivedAt,
      why,
    })),
  };
}
