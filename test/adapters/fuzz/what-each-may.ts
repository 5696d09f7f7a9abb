import type { Actor } from './marked-county.ts';

/**
 * Who may ever see what in an answer, and who may change what, by hand: written from what the service
 * promises people, and not from how the bot decides. The commissioner Colin may see everything.
 */
const RETURNS: Readonly<Record<string, readonly Actor[]>> = {
  Dover: ['Priya'],
  Ashford: ['Marta'],
  Swale: ['Bettina'],
};

const CLINICS: Readonly<Record<string, readonly Actor[]>> = {
  Dover: ['Priya', 'Sam', 'Wren', 'Nell', 'Fern'],
  Ashford: ['Marta'],
  Swale: ['Bettina', 'Teodor'],
  Thanet: ['Idris', 'Hollis'],
  Canterbury: ['Hollis'],
  'Folkestone and Hythe': ['Fern'],
};

/** Telephone numbers and addresses of practitioners: theirs whom they are the contact or the cover of. */
const CONTACTS: Readonly<Record<string, readonly Actor[]>> = {
  'Nell Abara': ['Priya', 'Sam'],
  'Fern Delacourt': ['Priya', 'Wren', 'Idris'],
  'Hollis Quayle': ['Idris'],
  'Amos Birtwhistle': ['Marta'],
  'Ruth Okonedo-Lisle': [],
  'Leif Tamworth': ['Bettina', 'Teodor'],
  'Cora Stannard': [],
  'Emeka Rowntree': [],
};

/** Addresses of everybody else, besides one's own. */
const ADDRESSES: Readonly<Record<string, readonly Actor[]>> = {
  'Priya Raman': ['Greta'],
  'Joss Penhallow': ['Greta'],
  'Kofi Ashdown': ['Greta'],
  // Whoever runs or leads a district's clinics sees who comes.
  'Sam Okafor': ['Priya', 'Nell', 'Fern'],
  'Wren Castellan': ['Priya', 'Nell', 'Fern'],
  'Mina Harrow': ['Priya', 'Nell', 'Fern'],
  'Idris Pell': ['Hollis'],
  'Teodor Brask': ['Bettina'],
  'Alba Winterton': ['Marta'],
};

const COMMISSIONERS: readonly string[] = ['Colin Marsh', 'Yusuf Brandt'];

/** Who covers whom since somebody said so: names of practitioners, by the name of the cover. */
export type Covers = ReadonlyMap<string, readonly string[]>;

/** Whom a mark may be shown to, by what `markCounty` says it is of. */
export function maySee(actor: Actor, of: string, covers: Covers): boolean {
  if (actor === 'Colin') return true;
  if (of === 'the chasing') return LEADS[actor] !== undefined || actor === 'Greta';
  const [, returns] = /^returns of (.*)$/.exec(of) ?? [];
  if (returns !== undefined) return RETURNS[returns]?.includes(actor) ?? false;
  const [, clinics] = /^clinics of (.*)$/.exec(of) ?? [];
  if (clinics !== undefined) return CLINICS[clinics]?.includes(actor) ?? false;
  const [, name = ''] = PERSON.exec(of) ?? [];
  if (name.startsWith(`${actor} `)) return true;
  // Whoever is of the service is told whom to turn to.
  if (COMMISSIONERS.includes(name)) return actor !== 'Stranger' && actor !== 'Nobody';
  if (CONTACTS[name] === undefined) return ADDRESSES[name]?.includes(actor) ?? false;
  return (
    isPractitioner(actor) ||
    [name, ...(covers.get(name) ?? [])].some((one) => CONTACTS[one]?.includes(actor))
  );
}

const PERSON =
  /^(?:practitioner|Link practitioner|District lead|Commissioner|SENCO|Lead's manager) (.*) \(demo\)$/;

const LEADS: Readonly<Partial<Record<Actor, string>>> = {
  Priya: 'Dover',
  Marta: 'Ashford',
  Bettina: 'Swale',
};

/** Whose clinics a SENCO may book a place in. */
const SENCOS: Readonly<Partial<Record<Actor, string>>> = {
  Sam: 'Dover',
  Wren: 'Dover',
  Teodor: 'Swale',
  Idris: 'Thanet',
};

const MANAGED: readonly string[] = ['Canterbury', 'Dover', 'Thanet'];

export const leads = (actor: Actor, district: string): boolean => LEADS[actor] === district;
export const comesTo = (actor: Actor, district: string): boolean => SENCOS[actor] === district;
export const manages = (actor: Actor, district: string): boolean =>
  actor === 'Greta' && MANAGED.includes(district);
export const isPractitioner = (actor: Actor): boolean =>
  actor === 'Nell' || actor === 'Fern' || actor === 'Hollis';
