/** The people of the demo. All are fictional; every name ends with "(demo)". */
import type { SeedPerson } from '../sharepoint/seed.ts';

export type Role =
  'District lead' | 'Commissioner' | 'SENCO' | 'Link practitioner' | "Lead's manager";

export type Person = SeedPerson & {
  id: string;
  role: Role;
  districts: string[];
  organisation?: string;
  managerEmail?: string;
};

const managers = {
  east: person(501, 'Greta Holloway', "Lead's manager", ['Canterbury', 'Dover', 'Thanet']),
  south: person(502, 'Edwin Sallow', "Lead's manager", [
    'Ashford',
    'Folkestone and Hythe',
    'Maidstone',
  ]),
  north: person(503, 'Nadia Thorne', "Lead's manager", ['Dartford', 'Gravesham', 'Swale']),
  west: person(504, 'Pavel Rusk', "Lead's manager", [
    'Sevenoaks',
    'Tonbridge and Malling',
    'Tunbridge Wells',
  ]),
};

/** The three who sign in to the demo are Priya Raman, Colin Marsh and Sam Okafor. */
const leads: Person[] = [
  lead(101, 'Priya Raman', 'Dover', managers.east),
  lead(102, 'Marta Ellwood', 'Ashford', managers.south),
  lead(103, 'Joss Penhallow', 'Canterbury', managers.east),
  lead(104, 'Anneke Strand', 'Dartford', managers.north),
  lead(105, 'Tobias Finch', 'Folkestone and Hythe', managers.south),
  lead(106, 'Ines Calloway', 'Gravesham', managers.north),
  lead(107, 'Rowan Tice', 'Maidstone', managers.south),
  lead(108, 'Delphine Orr', 'Maidstone', managers.south),
  lead(109, 'Hamish Quill', 'Sevenoaks', managers.west),
  lead(110, 'Bettina Larch', 'Swale', managers.north),
  lead(111, 'Kofi Ashdown', 'Thanet', managers.east),
  lead(112, 'Lena Marchbank', 'Tonbridge and Malling', managers.west),
  lead(113, 'Oskar Venn', 'Tunbridge Wells', managers.west),
];

export const commissioner = person(201, 'Colin Marsh', 'Commissioner', []);

const sencos: Person[] = [
  senco(301, 'Sam Okafor', 'Dover', 'Elmsbrook Primary School (demo)'),
  senco(302, 'Wren Castellan', 'Dover', 'Tidewatch Academy (demo)'),
  senco(303, 'Mina Harrow', 'Dover', 'Little Lanterns Nursery (demo)'),
  senco(304, 'Idris Pell', 'Thanet', 'Gullwing Primary School (demo)'),
  senco(305, 'Saoirse Vane', 'Maidstone', 'Hopgarth Primary School (demo)'),
  senco(306, 'Teodor Brask', 'Swale', 'Saltmere Academy (demo)'),
  senco(307, 'Alba Winterton', 'Ashford', 'Thimble Lane Pre-school (demo)'),
  senco(308, 'Jonty Ferrars', 'Tunbridge Wells', 'Ravensgill School (demo)'),
];

export const linkPractitioners = {
  nell: practitioner(401, 'Nell Abara', ['Dover']),
  hollis: practitioner(402, 'Hollis Quayle', ['Canterbury', 'Thanet']),
  fern: practitioner(403, 'Fern Delacourt', ['Folkestone and Hythe', 'Dover']),
  amos: practitioner(404, 'Amos Birtwhistle', ['Ashford']),
  ruth: practitioner(405, 'Ruth Okonedo-Lisle', ['Maidstone']),
  leif: practitioner(406, 'Leif Tamworth', ['Swale', 'Gravesham']),
  cora: practitioner(407, 'Cora Stannard', ['Dartford', 'Sevenoaks']),
  emeka: practitioner(408, 'Emeka Rowntree', ['Tonbridge and Malling', 'Tunbridge Wells']),
};

export const people: Person[] = [
  ...leads,
  commissioner,
  person(202, 'Yusuf Brandt', 'Commissioner', []),
  ...sencos,
  ...Object.values(linkPractitioners),
  ...Object.values(managers),
];

/** The account under which the Microsoft Form's flow writes into the lists. */
export const returnsFlow: SeedPerson = {
  displayName: 'STLS Returns Flow (demo)',
  email: 'returns.flow@stls.example',
};

export function leadOf(district: string): Person {
  const found = leads.find(({ districts }) => districts.includes(district));
  if (!found) throw new Error(`The demo has no lead for ${district}.`);
  return found;
}

function lead(number: number, name: string, district: string, manager: Person): Person {
  return { ...person(number, name, 'District lead', [district]), managerEmail: manager.email };
}

function senco(number: number, name: string, district: string, organisation: string): Person {
  return { ...person(number, name, 'SENCO', [district]), organisation };
}

function practitioner(number: number, name: string, districts: string[]): Person {
  return person(number, name, 'Link practitioner', districts);
}

function person(number: number, name: string, role: Role, districts: string[]): Person {
  return {
    displayName: `${name} (demo)`,
    email: `${name.toLowerCase().replaceAll(' ', '.')}@stls.example`,
    id: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    role,
    districts,
  };
}
