import { createHash } from 'node:crypto';
import { leads, type Person } from '../../bot/access/people.ts';
import { countingById, returnId, type Return } from '../../bot/returns/return.ts';
import { REMARKS } from '../../bot/findings/typed-return.ts';
import { renderCard, type Card } from '../../cards/render.ts';
import type { ReturnFormView } from '../../cards/views.ts';
import { alertView } from '../presenting/commissioner-cards.ts';
import { leadCard } from '../presenting/lead-card.ts';
import { managerNote } from '../presenting/manager-note.ts';
import { summaryView } from '../presenting/summary-card.ts';
import type { Delivery, OpenReturn, QuestionsAlone } from '../../bot/chase/delivery.ts';
import type { Look } from '../../bot/look.ts';
import type { Draft } from '../storage/memory.ts';
import type { Service } from './service.ts';

/** Drafts by return id and Entra object id. */
export type Drafts = ReadonlyMap<string, Draft>;

/** What is typed into all questions of a return, and into some of them alone, is kept apart. */
export const draftKey = (returnId: string, person: string, only?: QuestionsAlone): string =>
  [returnId, person, ...(only ? [only.measures.join()] : [])].join('|');

/** What somebody has typed into an open return and not filed. */
export const draftsOf =
  ({ id }: Person, drafts: Drafts) =>
  (open: OpenReturn): Draft | undefined =>
    drafts.get(draftKey(returnId(open), id, open.only));

/** Every draft there is. */
export async function allDrafts({ memory }: Pick<Service, 'memory'>): Promise<Drafts> {
  const drafts = await memory.drafts.all();
  return new Map(drafts.map(({ key, value }): [string, Draft] => [key, value]));
}

/** A card, and what tells whether it has to be shown anew. */
export type Face = {
  card: Card;
  digest: string;
  /** The return whose questions show, where they show it as it is held. */
  shown?: {
    key: OpenReturn;
    version: string;
    asked: string[];
    held: Return | undefined;
  };
};

/** What a delivered message looks like now; undefined when it has nothing to say any more. */
export function faceOf(
  delivery: Delivery,
  look: Look,
  drafts: Drafts,
  { isLocal }: { isLocal: boolean },
): Face | undefined {
  switch (delivery.kind) {
    case 'summary': {
      const view = summaryView(look);
      return view && faceFrom(renderCard('summary', view));
    }
    case 'alert':
      return faceFrom(renderCard('alert', alertView(look, isLocal, delivery.person)));
    case 'manager':
      return faceFrom(renderCard('note', managerNote(delivery.returns, look)));
    case 'chase': {
      const lead = leads(look.reading.people).find((p) => p.id === delivery.person);
      return lead && leadFace(lead, delivery, look, drafts);
    }
  }
}

/**
 * While questions are open, somebody may be typing, and a card shown anew loses what is not saved:
 * then only what concerns the open return, or what else is outstanding, is reason enough.
 */
function leadFace(lead: Person, delivery: Delivery, look: Look, drafts: Drafts): Face {
  const { view, card } = leadCard({ lead, look, card: delivery, draftOf: draftsOf(lead, drafts) });
  if (!view.form) return faceFrom(card);
  const { fields, version, draft, problems, correcting } = view.form;
  const others = view.outstanding.map(({ fields: of, stands, canUndo }) => [of, stands, canUndo]);
  const only = correcting ? { only: correcting.only } : {};
  const face = { card, digest: digestOf({ fields, version, draft, problems, others, ...only }) };
  const held = delivery.open && countingById(look.reading.returns).get(returnId(delivery.open));
  const isPresent = version === (held?.etag ?? '');
  return delivery.open && isPresent
    ? { ...face, shown: { key: delivery.open, version, asked: askedIn(view.form), held } }
    : face;
}

/** Ids of the questions of a form, and the remarks where they are asked for. */
const askedIn = ({ sections, asksRemarks, correcting }: ReturnFormView): string[] => [
  ...sections.flatMap(({ questions }) => questions.map(({ id }) => id)),
  ...(asksRemarks && !correcting ? [REMARKS] : []),
];

/** Keeps what a card shows of a return, so that what its person changes can be told from it. */
export async function keepShown(
  { memory }: Pick<Service, 'memory'>,
  person: string,
  { shown }: Face,
): Promise<void> {
  if (!shown) return;
  const { key, version, asked, held } = shown;
  await memory.shown.put(draftKey(returnId(key), person, key.only), {
    version,
    asked,
    answers: { ...held?.answers },
    remarks: held?.remarks ?? '',
  });
}

const faceFrom = (card: Card): Face => ({ card, digest: digestOf(card) });

const digestOf = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex');
