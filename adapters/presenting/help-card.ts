import type { Role } from '../../bot/access/people.ts';
import type { HelpView } from '../../cards/views.ts';

const EXAMPLES: Record<Role, HelpView['examples']> = {
  'District lead': [
    { title: 'What is due?', say: 'what is due' },
    { title: 'Help', say: 'help' },
  ],
  Commissioner: [
    { title: 'Who is missing?', say: 'who is missing' },
    { title: 'Show Swale', say: 'show Swale' },
    { title: 'Chase Dover', say: 'chase Dover' },
    { title: 'What looks wrong?', say: 'findings' },
    { title: 'What can be approved?', say: 'what can be approved' },
    { title: 'Try a rule', say: 'try rule schoolCaseload >= activelySupportedSchools' },
  ],
  SENCO: [
    { title: 'Who is my link practitioner?', say: 'who is my link practitioner?' },
    { title: 'When is the next clinic?', say: 'when is the next clinic?' },
  ],
  'Link practitioner': [{ title: 'Help', say: 'help' }],
  "Lead's manager": [{ title: 'Help', say: 'help' }],
};

const INTROS: Record<Role, string> = {
  'District lead':
    'I write to you when a return is due, take your answers here, and ask when a figure looks unusual.',
  Commissioner:
    'I tell you who is missing and what looks wrong, and post a summary in the channel each week.',
  SENCO: 'I can tell you who your link practitioner is and when the next clinic is.',
  'Link practitioner': 'There is nothing for you to do here yet.',
  "Lead's manager":
    'I write to you when a return of one of your leads is five working days late, or a commissioner asks me to.',
};

/** What this person can ask for. Nobody is shown what they may not do. */
export function helpView(roles: readonly Role[], isLocal: boolean): HelpView {
  if (roles.length === 0) {
    return {
      headline: 'I do not know you yet',
      intro: 'You are not in the people list of the service. Please ask a commissioner to add you.',
      examples: [],
    };
  }
  const examples = roles.flatMap((role) => EXAMPLES[role]);
  return {
    headline: 'What I can do for you',
    intro: roles.map((role) => INTROS[role]).join(' '),
    isLocal,
    examples: [...new Map(examples.map((e) => [e.say, e])).values()],
  };
}
