import { longDay, shortDay, type Day } from '../calendar/london.ts';
import type { ClinicWish, Command } from './command.ts';
import { measureWords } from './measures-in-words.ts';

/** How a command is said, and what a button for it is called. */
type Phrases = { say: string; title: string };

/**
 * Words which, said by somebody who may ask it, are recognised as exactly this command; undefined where
 * nobody asks for it in words. Buttons of offers and examples say them.
 */
export const sayFor = (command: Command): string | undefined => phrasesFor(command)?.say;

/** What a button for a command is called: `Next virtual clinic after Tue 1 Dec`. */
export const titleFor = (command: Command): string | undefined => phrasesFor(command)?.title;

function phrasesFor(command: Command): Phrases | undefined {
  switch (command.name) {
    case 'rude':
    case 'other language':
    case 'empty':
    case 'not understood':
    case 'offer':
      return undefined;
    case 'help':
      return { say: 'help', title: 'What you can ask' };
    case 'greeting':
      return same('Hello');
    case 'thanks':
      return same('Thank you');
    case 'definition':
      return { say: `What does ${command.of} mean?`, title: `What “${command.of}” means` };
    case 'introduce': {
      const school = command.school ?? command.unknownSchool;
      return school ? same(`I work at ${school}`) : { say: 'let me in', title: 'Ask to be let in' };
    }
    case 'link practitioner':
      return linkPractitioner(command);
    case 'next clinic':
      return clinic(command, (one) => `Next ${one}`);
    case 'all clinics':
      return clinic(command, (one) => `All ${one.replace(/\bclinic\b/, 'clinics')}`);
    case 'book clinic':
      return clinic(command, (one) => `Book a place at the next ${one}`);
    case 'cancel booking':
      return clinic(command, (one) => `Cancel my place at the ${one}`);
    case 'add to calendar':
      return clinic(command, (one) => `Add to my calendar the next ${one}`);
    case 'my last return':
      return lastReturn(command);
    case 'show district':
      return same(`Show ${command.district}`);
    case 'chase district':
      return same(`Chase ${command.district}`);
    case 'compare districts':
      return same(
        `Compare ${command.districts.join(' and ')}${ending(' on', command.measure, measureWords)}`,
      );
    case 'which second district':
      return { say: `Compare ${command.district}`, title: `Compare ${command.district} with …` };
    case 'which district':
      return command.of === 'chase district'
        ? { say: 'chase', title: 'Chase a district' }
        : { say: 'show', title: 'Show a district' };
    case 'measure over time': {
      const measure = command.measure ? sentence(measureWords(command.measure)) : undefined;
      const where = ending(' in', command.district);
      return {
        say: measure ? `${measure} over time${where}` : `Chart over time${where}`,
        title: `${measure ?? 'A measure'} over time${where}`,
      };
    }
    case 'what changed':
      return dated('What changed', [[' since', command.since]]);
    case 'show findings':
      return {
        say: `Show findings${ending(' in', command.district)}`,
        title: `Findings${ending(' in', command.district)}`,
      };
    case 'try rule':
      return { say: `try rule ${command.text}`.trim(), title: 'Try a rule' };
    case 'my clinics':
      return dated('My clinics', [[' on', command.on]]);
    case 'away':
      return away(command);
    case 'my bookings':
    case 'my schools':
    case 'back':
    case 'what is due':
    case 'my open queries':
    case 'who is missing':
    case 'late again':
    case 'overdue promises':
    case 'what can be approved':
    case 'who wants in':
      return same(FIXED[command.name]);
  }
}

const FIXED = {
  'my bookings': 'My bookings',
  'my schools': 'My schools',
  back: 'I am back',
  'what is due': 'What is due',
  'my open queries': 'My open queries',
  'who is missing': 'Who is missing',
  'late again': 'Who is late again',
  'overdue promises': 'Overdue promises',
  'what can be approved': 'What can be approved',
  'who wants in': 'Who wants in',
} as const;

const same = (phrase: string): Phrases => ({ say: phrase, title: phrase });

const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

const ending = (
  before: string,
  value: string | undefined,
  as = (it: string): string => it,
): string => (value === undefined ? '' : `${before} ${as(value)}`);

/** `18 November 2026`: what is said names the year, so that it means the same later. */
const fullDay = (day: Day): string => longDay(day).split(' ').slice(1).join(' ');

type DatedPart = readonly [before: string, day: Day | undefined];

const dated = (phrase: string, parts: readonly DatedPart[], last = ''): Phrases => ({
  say: `${phrase}${parts.map(([before, day]) => ending(before, day, fullDay)).join('')}${last}`,
  title: `${phrase}${parts.map(([before, day]) => ending(before, day, shortDay)).join('')}${last}`,
});

function linkPractitioner({
  about,
  school,
  unknownSchool,
}: Extract<Command, { name: 'link practitioner' }>): Phrases {
  const of = ending(' for', school ?? unknownSchool);
  if (about === 'contact') return same(`Phone number of the link practitioner${of}`);
  if (about === 'cover') return same(`Who is covering for the link practitioner${of}`);
  return same(`Who is the link practitioner${of}`);
}

function clinic(wish: ClinicWish, named: (one: string) => string): Phrases {
  const { phase, district, mode, free, nth, after, until, on } = wish;
  const kind = [mode, phase?.toLowerCase(), 'clinic'].filter(Boolean).join(' ');
  const which = `${kind}${ending(' number', nth?.toString())}${free ? ' with places' : ''}`;
  return dated(named(`${which}${ending(' in', district)}`), [
    [' after', after],
    [' until', until],
    [' on', on],
  ]);
}

function lastReturn({ form, measure }: Extract<Command, { name: 'my last return' }>): Phrases {
  const which = form ? `My last ${form} return` : 'My last return';
  return same(`${which}${ending(' with', measure, measureWords)}`);
}

function away({ from, until, cover }: Extract<Command, { name: 'away' }>): Phrases {
  const who = ending('', cover, (name) => `, ${name} covers`).replace(' ,', ',');
  return dated(
    'I am away',
    [
      [' from', from],
      [' until', until],
    ],
    who,
  );
}
