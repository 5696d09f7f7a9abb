import type { Person } from '../../bot/access/people.ts';
import type { DirectoryCommand } from '../../bot/conversation/families.ts';
import { ownSchool, type School } from '../../bot/directory/directory.ts';
import { peopleOf } from '../../bot/access/people.ts';
import type { Look } from '../../bot/look.ts';
import { renderCard, type Card } from '../../cards/render.ts';
import { clinicsView, linkPractitionerView } from '../presenting/directory-cards.ts';
import { note } from './notes.ts';
import { permitted, type Turn } from './permit.ts';

/** Answers what is asked of schools, link practitioners and clinics. */
export async function answerInDirectory(turn: Turn, command: DirectoryCommand): Promise<Card> {
  const { now } = turn;
  const about = schoolOfAsker(turn);
  switch (command.name) {
    case 'link practitioner':
      return permitted(
        turn,
        'ask for a link practitioner',
        about,
        (senco) =>
          forOwnSchool(senco, now, (school) => {
            const view = linkPractitionerView(school, now.reading.directory, now.at);
            return 'school' in view
              ? renderCard('link-practitioner', view)
              : renderCard('note', view);
          }),
        (refusal) => refusal,
      );
    case 'next clinic':
      return permitted(
        turn,
        'ask for a clinic',
        about,
        (senco) =>
          forOwnSchool(senco, now, (school) =>
            renderCard('clinics', clinicsView(school, now.reading.directory, now.at)),
          ),
        (refusal) => refusal,
      );
    default:
      return note('Not yet', '');
  }
}

function schoolOfAsker({ actor, now }: Turn): School | undefined {
  const senco = peopleOf(now.reading.people, actor).find(({ role }) => role === 'SENCO');
  return senco && ownSchool(senco.organisation, now.reading.directory);
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
