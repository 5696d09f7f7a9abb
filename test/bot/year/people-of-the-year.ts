/** Who works here in the simulated year: every odd case of a real people list has somebody. */
import type { Person } from '../../../bot/access/people.ts';
import type { Chance } from './chance.ts';

export const DISTRICTS = [
  'Ashford',
  'Canterbury',
  'Dartford',
  'Dover',
  'Folkestone and Hythe',
  'Gravesham',
  'Maidstone',
  'Sevenoaks',
  'Swale',
  'Thanet',
  'Tonbridge and Malling',
  'Tunbridge Wells',
] as const;

const person = (id: string, role: Person['role'], over: Partial<Person> = {}): Person => ({
  id,
  name: `${id} (${role})`,
  email: `${id}@stls.example`,
  role,
  districts: [],
  organisation: '',
  managerEmail: '',
  ...over,
});

const lead = (id: string, districts: readonly string[], managerEmail = ''): Person =>
  person(id, 'District lead', { districts, managerEmail });

const GRETA = 'greta@stls.example';

/** Leaves in the middle of a term. */
export const LEAVERS = ['sam', 'thea'] as const;
export const REPLACEMENTS: Readonly<Record<string, Person>> = {
  sam: lead('sasha', ['Swale'], GRETA),
  thea: lead('tomas', ['Thanet'], GRETA),
};
/** Blocks the bot for a while. */
export const BLOCKER = 'mina';
/** Has no bot, until it is installed for them. */
export const WITHOUT_BOT = 'gwen';

export function peopleOfTheYear(chance: Chance): Person[] {
  const sevenoaks = lead('seb', ['Sevenoaks'], GRETA);
  return [
    lead('ada', ['Ashford'], 'fiona@stls.example'),
    lead('cass', ['Canterbury'], 'fiona@stls.example'),
    lead('carl', ['Canterbury'], GRETA),
    // One lead of two districts, with two managers; one of the districts has another lead.
    lead('dina', ['Dartford', 'Dover'], `${GRETA}; hana@stls.example`),
    lead('dov', ['Dover']),
    // Lead, and manager of others.
    lead('fiona', ['Folkestone and Hythe'], GRETA),
    lead('gwen', ['Gravesham'], GRETA),
    lead('mina', ['Maidstone'], GRETA),
    chance.happens(0.2) ? { ...sevenoaks, id: '' } : sevenoaks,
    lead('sol', ['Swale'], GRETA),
    lead('sam', ['Swale'], GRETA),
    lead('thea', ['Thanet'], GRETA),
    // Lead, and commissioner.
    lead('tess', ['Tonbridge and Malling'], GRETA),
    person('tess', 'Commissioner'),
    // Two leads, of whom one manages the other.
    lead('una', ['Tunbridge Wells'], GRETA),
    lead('umar', ['Tunbridge Wells'], 'una@stls.example'),
    person('greta', "Lead's manager"),
    person('hana', "Lead's manager"),
    person('colin', 'Commissioner'),
    person('yusuf', 'Commissioner'),
  ];
}
