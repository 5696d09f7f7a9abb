import type { Permission } from '../../bot/access/permissions.ts';
import type { Person } from '../../bot/access/people.ts';
import type { UnsentWords } from '../../bot/chase/delivery.ts';
import type { FindingRecord } from '../../bot/findings/register.ts';
import { keyOf } from '../../bot/returns/return.ts';
import { findingNamed, returnsIn, termIn, type CardAction } from '../../cards/actions.ts';
import type { TypedAnswer } from '../../bot/findings/typed-return.ts';
import { renderCard, type Card } from '../../cards/render.ts';
import { districtView, missingView } from '../presenting/commissioner-cards.ts';
import { decideOnFinding, explainFinding, reopenFinding } from './answer-finding.ts';
import { approvalsCard, approveReturns, undoApprovals } from './approve.ts';
import { arrangeReturns } from './arrange.ts';
import { markAway, markBack } from './away.ts';
import { bookClinic, cancelBooking } from './book-clinic.ts';
import { chaseDistrict, pauseDistrict, resumeDistrict } from './chase-district.ts';
import { correctFinding, fileReturn, openReturn, saveDraft } from './file-return.ts';
import { decline, introduce, letIn } from './let-in.ts';
import { lookOrKeep, sentIn } from './look-or-keep.ts';
import { permitted } from './permit.ts';
import { cardAfterwards, say, type Acted, type Press } from './pressed-card.ts';
import { listFindings, showFinding } from './show-findings.ts';
import { inHaste, type Service } from './service.ts';

/** Actions that a use case carries out; the local clock is the local host's own. */
export type ServiceAction = Exclude<CardAction, { verb: 'clock.nextWorkingDay' }>;

/**
 * Opening and drafting can be done with the lists of the last minute. Filing, chasing and deciding
 * cannot.
 */
const OWN_ANSWERS = new Set<ServiceAction['verb']>([
  'return.open',
  'return.save',
  'finding.correct',
]);

/** Carries out what a card's button asks for, if the person may. */
export async function act(
  patient: Service,
  pressed: Pick<Press, 'actor' | 'activityId' | 'from'>,
  action: ServiceAction,
  typed: ReadonlyMap<string, TypedAnswer>,
): Promise<Acted> {
  const service = inHaste(patient, OWN_ANSWERS.has(action.verb) ? 'the last minute' : 'nothing');
  const now = await lookOrKeep(service, pressed.actor, action, typed);
  if ('kept' in now) return now.kept;
  const on = 'on' in action ? action.on : undefined;
  const press: Press = { service, ...pressed, now: now.look, on, unsent: unsentIn(action) };
  switch (action.verb) {
    case 'return.open':
      return allowed(press, 'file a return', action.district, () =>
        openReturn(press, keyOf(action), typed),
      );
    case 'return.save':
      return allowed(press, 'file a return', action.district, () =>
        saveDraft(press, keyOf(action), sentIn(action, typed)),
      );
    case 'return.submit':
      return allowed(press, 'file a return', action.district, (lead) =>
        fileReturn(press, keyOf(action), sentIn(action, typed), lead),
      );
    case 'finding.correct':
      return onFinding(press, 'file a return', action.finding, ({ finding }) =>
        correctFinding(press, finding, typed),
      );
    case 'finding.explain':
      return onFinding(press, 'explain a finding', action.finding, (record, who) =>
        explainFinding(press, action, typed, { record, who }),
      );
    case 'finding.accept':
    case 'finding.sendBack':
      return onFinding(press, 'decide on a finding', action.finding, (record, who) =>
        decideOnFinding(press, action, record, who),
      );
    case 'finding.reopen':
      return onFinding(press, 'decide on a finding', action.finding, (record, who) =>
        reopenFinding(press, record, who),
      );
    case 'finding.show':
      return onFinding(press, 'see a finding', action.finding, (record, who) =>
        showFinding(press, record, who),
      );
    case 'findings.list':
      return allowed(press, 'see the findings', action.district || undefined, () =>
        listFindings(press, action),
      );
    case 'approvals.show':
      return allowed(press, 'see what can be approved', undefined, () => {
        const card = approvalsCard(press.now, termIn(action.of ?? ''));
        return action.of === undefined ? { reply: card } : { inPlace: card };
      });
    case 'return.approve':
      return approveReturns(press, returnsIn(action.returns), action.shown);
    case 'return.undoApproval':
      return undoApprovals(press, returnsIn(action.returns));
    case 'promise.make':
    case 'promise.undo':
    case 'return.handOver':
    case 'return.takeBack':
    case 'return.seen':
    case 'chase.escalate':
    case 'return.withdraw':
    case 'return.askAgain':
      return arrangeReturns(press, action, typed);
    case 'chase.now':
      return allowed(press, 'chase a district', action.district, async (who) => ({
        reply: await chaseDistrict(press, action.district, who),
        ...(await cardAfterwards(press)),
      }));
    case 'chase.pause':
      return allowed(press, 'pause a district', action.district, async (who) => ({
        reply: await pauseDistrict(press, action.district, action.until, who),
        ...(await cardAfterwards(press)),
      }));
    case 'chase.resume':
      return allowed(press, 'end a pause', action.district, async (who) => ({
        reply: await resumeDistrict(press, action.district, who),
        ...(await cardAfterwards(press)),
      }));
    case 'district.show':
      return allowed(press, 'see a district', action.district, (who) => ({
        reply: renderCard('district', districtView(action.district, press.now, who)),
      }));
    case 'clinic.book':
      return bookClinic(press, action);
    case 'clinic.cancel':
      return cancelBooking(press, action);
    case 'practitioner.away':
      return markAway(press, action);
    case 'practitioner.back':
      return markBack(press);
    case 'person.introduce':
      return introduce(press, action.school);
    case 'person.letIn':
      return letIn(press, action);
    case 'person.decline':
      return decline(press, action.who);
    case 'overview.show':
      return allowed(press, 'see what is outstanding', undefined, () => ({
        reply: renderCard('missing', missingView(press.now, service.isLocal)),
      }));
  }
}

/** What stands beside the findings of the card that was pressed. */
function unsentIn(action: ServiceAction): UnsentWords[] {
  const beside = 'beside' in action ? Object.entries(action.beside) : [];
  return beside.map(([finding, typed]) => ({ finding, ...typed, refused: '' }));
}

async function allowed(
  press: Press,
  permission: Permission,
  district: string | undefined,
  run: (who: Person) => Acted | Promise<Acted>,
): Promise<Acted> {
  const isKnown = press.now.reading.districts.some(({ name }) => name === district);
  const known = (who: Person) =>
    district === undefined || isKnown
      ? run(who)
      : say('There is no such district', 'The districts list has no row of this name any more.');
  return permitted(press, permission, district, known, refusal);
}

const refusal = (reply: Card): Acted => ({ reply });

/** The district that counts is the finding's own, not one that a card names. */
async function onFinding(
  press: Press,
  permission: Permission,
  id: string,
  run: (record: FindingRecord, who: Person) => Acted | Promise<Acted>,
): Promise<Acted> {
  const record = findingNamed(press.now.assessment.register, id);
  if (!record) return say('That is settled', 'This question is no longer open.');
  const { district } = record.finding;
  return permitted(press, permission, district, (who) => run(record, who), refusal);
}
