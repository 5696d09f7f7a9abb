import { z } from 'zod';
import type { Filing, Remembered } from '../../bot/assess.ts';
import type { ChaseEntry, Pause } from '../../bot/chase/situation.ts';
import type { Saving } from '../../bot/look.ts';
import type { Answer } from '../../bot/returns/answer.ts';
import type { FindingRecord } from '../../bot/findings/register.ts';
import type { Approval } from '../../bot/returns/state.ts';
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
  form: z.enum(['KPI', 'LAR', 'Budget', 'AET']),
  district: z.string(),
  year: z.string(),
  term: z.number(),
});

const typedAnswers = draft.shape.typed;

const submission = z.object({
  key: returnKey,
  /** Entra object id of whoever sent it in; authorised when it is saved. */
  person: z.string(),
  typed: typedAnswers,
  /** The version of the item that the card showed; empty while none was held. */
  version: z.string(),
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
  kind: z.enum(['chase', 'alert', 'summary']),
  /** Entra object id; empty for the channel. */
  person: z.string(),
  district: z.string().optional(),
  stage: z.string().optional(),
  returns: z.array(returnKey),
  findings: z.array(z.string()),
  logs: z.array(z.object({ about: z.string(), stage: z.string() })),
  decidedAt: when,
  status: z.enum(['pending', 'sent', 'withdrawn', 'no bot installed', 'blocked', 'failed']),
  attempts: z.number().default(0),
  problem: z.string().optional(),
  activityId: z.string().optional(),
  /** Digest of the card as last shown, so that it is updated only when something changed. */
  shown: z.string().optional(),
  /** The return whose questions are open on the card. */
  open: returnKey.optional(),
  /** Whether the person opened it, rather than the chase. */
  opened: z.boolean().default(false),
  /** What was filed from this card last. */
  receipt: z.object({ key: returnKey, at: when, by: z.string() }).optional(),
});
/** A message in the outbox, and the card that it became. */
export type Delivery = z.infer<typeof delivery>;

const finding = z.custom<FindingRecord['finding']>((v) => typeof v === 'object' && v !== null);
const record = z.object({
  finding,
  status: z.enum(['open', 'explained', 'accepted', 'sent back', 'closed']),
  raisedAt: when,
  explanation: z.string().optional(),
  before: z.enum(['open', 'explained', 'accepted', 'sent back']).optional(),
  closedAt: when.optional(),
  history: z.array(
    z.object({ at: when, by: z.string(), what: z.string(), text: z.string().optional() }),
  ),
}) as z.ZodType<FindingRecord>;

const chase = z.object({
  person: z.string(),
  about: z.string(),
  stage: z.string(),
  at: when,
  outcome: z.enum(['sent', 'no bot installed', 'blocked', 'failed']),
}) satisfies z.ZodType<ChaseEntry>;

const pause = z.object({
  district: z.string(),
  until: z.string(),
  by: z.string(),
  at: when,
}) satisfies z.ZodType<Pause>;
const approval = z.object({
  by: z.string(),
  at: when,
  etag: z.string(),
}) satisfies z.ZodType<Approval>;
const filing = z.object({ firstFiled: when.optional() });

const subscription = z.object({
  id: z.string(),
  resource: z.string(),
  secret: z.string(),
  address: z.string(),
  expires: when,
}) satisfies z.ZodType<KeptSubscription>;

/** All that the bot keeps between two looks, in Azure Table Storage. */
export type Memory = {
  references: Documents<Reference>;
  drafts: Documents<Draft>;
  outbox: Documents<Delivery>;
  findings: Documents<FindingRecord>;
  chaseLog: Documents<ChaseEntry>;
  pauses: Documents<Pause>;
  approvals: Documents<Approval>;
  filings: Documents<{ firstFiled?: Date | undefined }>;
  /** By return id and person. */
  submissions: Documents<Submission>;
  /** By return id and person. */
  shown: Documents<ShownReturn>;
  /** By return id. */
  claims: Documents<z.infer<typeof claim>>;
  /** By list. */
  subscriptions: Documents<KeptSubscription>;
};

export const openMemory = (tables: Tables): Memory => ({
  references: tables.documents('stlsReferences', reference),
  drafts: tables.documents('stlsDrafts', draft),
  outbox: tables.documents('stlsOutbox', delivery),
  findings: tables.documents('stlsFindings', record),
  chaseLog: tables.documents('stlsChaseLog', chase),
  pauses: tables.documents('stlsPauses', pause),
  approvals: tables.documents('stlsApprovals', approval),
  filings: tables.documents('stlsFilings', filing),
  submissions: tables.documents('stlsSubmissions', submission),
  shown: tables.documents('stlsShown', shown),
  claims: tables.documents('stlsClaims', claim),
  subscriptions: tables.documents('stlsSubscriptions', subscription),
});

/** What a look at the lists starts from. */
export async function remember(
  memory: Memory,
): Promise<Remembered & { log: ChaseEntry[]; saving: Saving[] }> {
  const [findings, approvals, filings, pauses, log, submissions] = await Promise.all([
    memory.findings.all(),
    memory.approvals.all(),
    memory.filings.all(),
    memory.pauses.all(),
    memory.chaseLog.all(),
    memory.submissions.all(),
  ]);
  return {
    findings: new Map(findings.map(({ value }) => [value.finding.id, value])),
    approvals: new Map(approvals.map(({ key, value }) => [key, value])),
    filings: new Map(
      filings.map(({ key, value }): [string, Filing] => [key, value.firstFiled ?? 'part filed']),
    ),
    pauses: pauses.map(({ value }) => value),
    saving: submissions.map(({ value: { key, person, receivedAt, why } }) => ({
      key,
      person,
      receivedAt,
      why,
    })),
    log: log.map(({ value }) => value).sort((a, b) => a.at.getTime() - b.at.getTime()),
  };
}

export const chaseKey = (entry: Pick<ChaseEntry, 'person' | 'about' | 'stage'>): string =>
  [entry.person, entry.about, entry.stage].join('|');
