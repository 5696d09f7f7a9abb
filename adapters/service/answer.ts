import type { Permission } from '../../bot/access/permissions.ts';
import { peopleOf, type Person } from '../../bot/access/people.ts';
import { ownSchool, type School } from '../../bot/directory/directory.ts';
import type { Command } from '../../bot/conversation/command.ts';
import { renderCard, type Card } from '../../cards/render.ts';
import { districtView, missingView } from '../presenting/commissioner-cards.ts';
import { clinicsView, linkPractitionerView } from '../presenting/directory-cards.ts';
import { helpView } from '../presenting/help-card.ts';
import { leadCard } from '../presenting/lead-card.ts';
import { chaseDistrict } from './chase-district.ts';
import { allDrafts, draftsOf } from './card-face.ts';
import type { Look } from '../../bot/look.ts';
import { note } from './notes.ts';
import { approvalsCard } from './approve.ts';
import { permitted, type Turn } from './permit.ts';
import { findingsCard } from './show-findings.ts';
import { ruleTrialCard } from './try-rule.ts';
import { inHaste, look, type Service } from './service.ts';

/** Answers what somebody asked in words, if they may ask it. */
export async function answer(patient: Service, actor: string, command: Command): Promise<Card> {
  const isOfTheDirectory = command.name === 'link practitioner' || command.name === 'next clinic';
  const service = inHaste(patient, isOfTheDirectory ? 'the last minute' : 'nothing');
  const turn: Turn = { service, actor, now: await look(service, service.clock.now()) };
  const { now } = turn;
  switch (command.name) {
    case 'help':
      return helpFor(turn);
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
    case 'what is due':
      return allowed(turn, 'see own tasks', undefined, (lead) => ownTasks(turn, lead));
    case 'link practitioner':
      return allowed(turn, 'ask for a link practitioner', undefined, (senco) =>
        forOwnSchool(senco, now, (school) => {
          const view = linkPractitionerView(school, now.reading.directory, now.at);
          return 'school' in view
            ? renderCard('link-practitioner', view)
            : renderCard('note', view);
        }),
      );
    case 'next clinic':
      return allowed(turn, 'ask for a clinic', undefined, (senco) =>
        forOwnSchool(senco, now, (school) =>
          renderCard('clinics', clinicsView(school, now.reading.directory, now.at)),
        ),
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
    case 'not understood':
      return helpFor(turn, true);
  }
}

async function allowed(
  turn: Turn,
  permission: Permission,
  district: string | undefined,
  run: (who: Person) => Card | Promise<Card>,
): Promise<Card> {
  return permitted(turn, permission, district, run, (refusal) => refusal);
}

function helpFor({ service, actor, now }: Turn, lost = false): Card {
  const view = helpView(
    peopleOf(now.reading.people, actor).map((p) => p.role),
    service.isLocal,
  );
  return renderCard(
    'help',
    lost && view.examples.length > 0
      ? { ...view, headline: 'I did not understand that. You could ask:' }
      : view,
  );
}

function forOwnSchool(senco: Person, now: Look, render: (school: School) => Card): Card {
  if (!now.reading.directory.isComplete) {
    return note(
      'I cannot look that up just now',
      'The lists of schools, link practitioners or clinics cannot be read at the moment. The commissioners are told. Please try again later.',
    );
  }
  const school = ownSchool(senco.organisation, now.reading.directory);
  return school
    ? render(school)
    : note(
        'Your school is not in the list yet',
        `The schools list has no “${senco.organisation}”. Please ask a commissioner to add it.`,
      );
}

async function ownTasks({ service, now }: Turn, lead: Person): Promise<Card> {
  const draftOf = draftsOf(lead, await allDrafts(service));
  return leadCard({ lead, look: now, card: { opened: false }, draftOf }).card;
}
