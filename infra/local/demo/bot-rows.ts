/** Fictional rows for the lists that the bot brings, by list and internal column name. */
import { clinics, type Clinic } from './clinics.ts';
import { districts, type District } from './districts.ts';
import { linkPractitioners, people, type Person } from './people.ts';
import { schools, type School } from './schools.ts';
import { terms, type TermDates } from './terms.ts';

export type BotRow = Record<string, string | number | boolean>;

const { nell, hollis, fern, amos, ruth, leif, cora, emeka } = linkPractitioners;

export const botRows: Record<string, BotRow[]> = {
  'STLS Bot Terms': terms.map(termRow),
  'STLS Bot Districts': districts.flatMap(rowsOfDistrict),
  'STLS Bot People': people.map(personRow),
  'STLS Bot Schools': schools.map(schoolRow),
  'STLS Bot Link Practitioners': [
    practitionerRow(nell, '01632 960101'),
    practitionerRow(hollis, '01632 960102', {
      AwayFrom: '2026-11-23',
      AwayUntil: '2026-12-04',
      CoverEmail: fern.email,
    }),
    practitionerRow(fern, '01632 960103'),
    practitionerRow(amos, '01632 960104'),
    practitionerRow(ruth, '01632 960105', {
      AwayFrom: '2026-12-14',
      AwayUntil: '2026-12-18',
      CoverEmail: amos.email,
    }),
    practitionerRow(leif, '01632 960106'),
    practitionerRow(cora, '01632 960107'),
    practitionerRow(emeka, '01632 960108'),
  ],
  'STLS Bot Clinics': clinics.map(clinicRow),
};

function termRow({ year, term, starts, ends, due, locks }: TermDates): BotRow {
  return {
    Title: `${year} Term ${term}`,
    AcademicYear: year,
    Term: term,
    Starts: starts,
    Ends: ends,
    Due: due,
    Locks: locks,
  };
}

/** A district whose number of schools changed has a row for each time. */
function rowsOfDistrict(district: District): BotRow[] {
  const row = districtRow(district);
  const { primarySchoolsLater } = district;
  if (primarySchoolsLater === undefined) return [row];
  return [
    { ...row, LastTerm: '2025-26 T6' },
    { ...row, FirstTerm: '2026-27 T1', PrimarySchools: primarySchoolsLater },
  ];
}

function districtRow(district: District): BotRow {
  return {
    Title: district.name,
    ...filled('OtherNames', onePerLine(district.otherNames)),
    EarlyYearsSettings: district.earlyYearsSettings,
    PrimarySchools: district.primarySchools,
    SecondarySchools: district.secondarySchools,
  };
}

function personRow(person: Person): BotRow {
  return {
    Title: person.displayName,
    Email: person.email,
    EntraObjectId: person.id,
    Role: person.role,
    ...filled('Districts', onePerLine(person.districts)),
    ...filled('Organisation', person.organisation),
    ...filled('ManagerEmail', person.managerEmail),
  };
}

function schoolRow(school: School): BotRow {
  return {
    Title: school.name,
    Phase: school.phase,
    District: school.district,
    ...filled('OtherNames', onePerLine(school.otherNames)),
    LinkPractitionerEmail: school.practitionerEmail,
  };
}

type Absence = { AwayFrom: string; AwayUntil: string; CoverEmail: string };

function practitionerRow(person: Person, phone: string, absence?: Absence): BotRow {
  return { Title: person.displayName, Email: person.email, Phone: phone, ...absence };
}

function clinicRow(clinic: Clinic): BotRow {
  return {
    Title: clinic.title,
    District: clinic.district,
    Phase: clinic.phase,
    Starts: clinic.starts,
    Place: clinic.place,
    ...filled('JoinLink', clinic.joinLink),
    Places: clinic.places,
    Booked: clinic.booked,
    ...(clinic.minutes === undefined ? {} : { Minutes: clinic.minutes }),
    ...filled('RunByEmail', clinic.runByEmail),
  };
}

function onePerLine(values: string[]): string {
  return values.join('\n');
}

/** An empty cell is left out altogether. */
function filled(column: string, value: string | undefined): BotRow {
  return value ? { [column]: value } : {};
}
