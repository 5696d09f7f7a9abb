/** Made-up clinics in the weeks after Monday 23 November 2026. Instants are UTC, as London is in winter. */
import { districtNames } from './districts.ts';
import { linkPractitioners } from './people.ts';

export type Clinic = {
  title: string;
  district: string;
  phase: 'Early years' | 'Primary' | 'Secondary' | 'All schools';
  starts: string;
  place: string;
  joinLink?: string;
  places: number;
  booked: number;
  /** An hour where it is not given. */
  minutes?: number;
  runByEmail?: string;
};

const { nell, fern } = linkPractitioners;
const byNell = { runByEmail: nell.email, minutes: 90 };
const byFern = { runByEmail: fern.email };

const HARBOUR = 'Harbour Room, The Old Signal Box';

const doverClinics: Clinic[] = [
  { ...onSite('Dover', 'Primary', '2026-11-25T13:30:00Z', HARBOUR, [6, 6]), ...byNell },
  online('Dover', 'Early years', '2026-11-26T10:00:00Z', [8, 3]),
  { ...online('Dover', 'Secondary', '2026-12-01T15:00:00Z', [6, 4]), ...byFern },
  { ...online('Dover', 'Primary', '2026-12-02T13:30:00Z', [6, 2]), ...byNell },
  onSite('Dover', 'All schools', '2026-12-09T14:00:00Z', HARBOUR, [10, 1]),
  { ...onSite('Dover', 'Primary', '2026-12-16T13:30:00Z', HARBOUR, [6, 0]), ...byNell },
];

const otherDistricts = districtNames.filter((name) => name !== 'Dover');

export const clinics: Clinic[] = [...doverClinics, ...otherDistricts.flatMap(clinicsOf)];

/** One clinic for early years and one for primary schools, a week apart, then one for all schools. */
function clinicsOf(district: string, index: number): Clinic[] {
  const weekday = index % 4;
  const november = String(24 + weekday).padStart(2, '0');
  const december = String(1 + weekday).padStart(2, '0');
  const later = String(8 + weekday).padStart(2, '0');
  return [
    online(district, 'Early years', `2026-11-${november}T10:00:00Z`, [8, 2 + (index % 5)]),
    online(district, 'Primary', `2026-12-${december}T13:30:00Z`, [6, 1 + (index % 6)]),
    onSite(district, 'All schools', `2026-12-${later}T14:00:00Z`, 'Service base, meeting room', [
      10,
      index % 7,
    ]),
  ];
}

type Seats = [places: number, booked: number];

function onSite(
  district: string,
  phase: Clinic['phase'],
  starts: string,
  place: string,
  [places, booked]: Seats,
): Clinic {
  return { title: titleOf(district, phase), district, phase, starts, place, places, booked };
}

function online(
  district: string,
  phase: Clinic['phase'],
  starts: string,
  [places, booked]: Seats,
): Clinic {
  const slug = `${district} ${phase} ${starts.slice(0, 10)}`.toLowerCase().replaceAll(' ', '-');
  return {
    ...onSite(district, phase, starts, 'Online', [places, booked]),
    joinLink: `https://meet.stls.example/${slug}`,
  };
}

function titleOf(district: string, phase: Clinic['phase']): string {
  return `${district} clinic: ${phase.toLowerCase()}`;
}
