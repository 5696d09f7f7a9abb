import type { Person } from '../../bot/access/people.ts';
import type { Permission } from '../../bot/access/permissions.ts';
import type { OversightCommand } from '../../bot/conversation/families.ts';
import { renderCard, type Card } from '../../cards/render.ts';
import { districtView, missingView } from '../presenting/commissioner-cards.ts';
import { approvalsCard } from './approve.ts';
import { chaseDistrict } from './chase-district.ts';
import { note } from './notes.ts';
import { permitted, type Turn } from './permit.ts';
import { findingsCard } from './show-findings.ts';
import { ruleTrialCard } from './try-rule.ts';

/** Answers what is asked of the districts. */
export async function answerOnOversight(turn: Turn, command: OversightCommand): Promise<Card> {
  const { now, service } = turn;
  switch (command.name) {
    case 'who is missing':
      return allowed(turn, 'see what is outstanding', undefined, () =>
        renderCard('missing', missingView(now, service.isLocal)),
      );
    case 'show district':
      return allowed(turn, 'see a district', command.district, (who) =>
        renderCard('district', districtView(command.district, now, who)),
      );
    case 'chase district':
      return allowed(turn, 'chase a district', command.district, (who) =>
        chaseDistrict(turn, command.district, who),
      );
    case 'show findings':
      return allowed(turn, 'see the findings', command.district, () =>
        findingsCard(now, command.district),
      );
    case 'what can be approved':
      return allowed(turn, 'see what can be approved', undefined, () => approvalsCard(now));
    case 'try rule':
      return allowed(turn, 'try a rule', undefined, () => ruleTrialCard(now, command.text));
    case 'which district':
      return note(
        'Which district?',
        `Please name it too, such as “${command.of === 'chase district' ? 'chase Dover' : 'show Swale'}”.`,
      );
    default:
      return note('Not yet', '');
  }
}

const allowed = (
  turn: Turn,
  permission: Permission,
  district: string | undefined,
  run: (who: Person) => Card | Promise<Card>,
): Promise<Card> => permitted(turn, permission, district, run, (refusal) => refusal);
