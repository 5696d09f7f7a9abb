import { firstName, peopleOf, type Person } from '../../bot/access/people.ts';
import type { TalkCommand } from '../../bot/conversation/families.ts';
import { sayFor, titleFor } from '../../bot/conversation/say.ts';
import { definitionsOf } from '../../bot/conversation/definitions.ts';
import { renderCard, type Card } from '../../cards/render.ts';
import type { HelpView } from '../../cards/views.ts';
import { helpView, howToReach, withExamples } from '../presenting/help-card.ts';
import { introduceAs, wayIn } from './introduce.ts';
import { whoWantsIn } from './let-in.ts';
import { note } from './notes.ts';
import { permitted, type Turn } from './permit.ts';
import { isFirstContact, welcomeCard } from './welcome.ts';

/** Answers greetings, calls for help, what a word means, and what could not be understood. */
export async function answerTalk(turn: Turn, command: TalkCommand): Promise<Card> {
  if (command.name === 'definition') return define(turn, command.of);
  if (command.name === 'who wants in') return whoWantsIn(turn);
  if (command.name === 'introduce') {
    return introduceAs(turn, command.school ?? command.unknownSchool ?? '');
  }
  const entries = peopleOf(turn.now.reading.people, turn.actor);
  const [person] = entries;
  if (!person) return wayIn(turn);
  const asksForIt = command.name === 'help' || command.name === 'greeting';
  return asksForIt && turn.from && (await isFirstContact(turn))
    ? welcomeCard(turn, person.name, entries)
    : talk(turn, command, person, entries);
}

type SmallTalk = Exclude<TalkCommand, { name: 'definition' | 'who wants in' | 'introduce' }>;

function talk(
  { service: { isLocal }, now }: Turn,
  command: SmallTalk,
  person: Person,
  entries: readonly Person[],
): Card {
  const whom = { entries, districts: now.reading.districts, isLocal };
  const saying = (headline: string, intro: string) => help(withExamples(headline, intro, whom));
  switch (command.name) {
    case 'help':
      return help(helpView(whom));
    case 'greeting':
      return saying(`Hello ${firstName(person)}`, 'What can I do for you?');
    case 'thanks':
      return note('You are welcome', 'I am here whenever you need me.');
    case 'rude':
      return saying(
        'I am sorry that this is hard going',
        `Say in a few plain words what you need, or choose one of these. If you would rather speak to a person: ${howToReach(now.reading.people)}.`,
      );
    case 'other language':
      return saying(
        'I understand English only',
        'Please ask me in plain English, or choose one of these.',
      );
    case 'empty':
      return saying(
        'You sent nothing I can read',
        'Please ask me in words, or choose one of these.',
      );
    case 'offer':
      return help(offerView(command, isLocal));
    case 'not understood':
      return saying(
        'I did not understand that. You could ask:',
        'I know about returns, schools, link practitioners and clinics; I hold nothing about any child. “Help” shows all that I can do.',
      );
  }
}

const help = (view: HelpView): Card => renderCard('help', view);

const offerView = (
  { of }: Extract<TalkCommand, { name: 'offer' }>,
  isLocal: boolean,
): HelpView => ({
  headline: 'Which of these do you mean?',
  intro: '',
  examples: of.flatMap((one) => {
    const say = sayFor(one);
    return say === undefined ? [] : { title: titleFor(one) ?? say, say };
  }),
  isLocal,
});

const FEW_WORDS = 8;

/** What a word of the service means. */
const define = (turn: Turn, written: string): Promise<Card> =>
  permitted(
    turn,
    'ask what a word means',
    undefined,
    () => meaningCard(turn, written),
    (no) => no,
  );

function meaningCard({ service: { isLocal }, now }: Turn, written: string): Card {
  const { directory, measures } = now.reading;
  const found = definitionsOf(written, directory.glossary, measures);
  if (found.length === 0)
    return noSuchWord(
      written,
      directory.glossary.map(({ name }) => name),
      isLocal,
    );
  return help({
    headline: 'What it means',
    intro: '',
    points: found.map(({ word, meaning }) => ({ label: word, text: meaning })),
    examples: [],
    isLocal,
  });
}

const LONGEST_SHOWN = 60;

const noSuchWord = (written: string, words: readonly string[], isLocal: boolean): Card =>
  help({
    headline: 'I have no meaning for that word',
    intro:
      words.length === 0
        ? `The glossary of the service is empty, or cannot be read at the moment. A commissioner can add “${written.slice(0, LONGEST_SHOWN)}”.`
        : `The glossary of the service has no “${written.slice(0, LONGEST_SHOWN)}”; a commissioner can add it. These it has:`,
    examples: words.slice(0, FEW_WORDS).map((word) => ({ title: word, say: `what is ${word}` })),
    isLocal,
  });
