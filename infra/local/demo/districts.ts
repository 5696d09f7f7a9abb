/**
 * The twelve districts of the report. How many settings and schools each has is
 * made up: the report does not say. `size` (made up) weighs a district's share of
 * a countywide total; the twelve sizes add up to twelve.
 */
export type District = {
  name: string;
  otherNames: string[];
  earlyYearsSettings: number;
  primarySchools: number;
  secondarySchools: number;
  /** From term 1 of 2026-27, where it is another number. */
  primarySchoolsLater?: number;
  size: number;
};

export const districts: District[] = [
  district('Ashford', [88, 42, 8], 1.05),
  district('Canterbury', [96, 38, 11], 1),
  district('Dartford', [82, 30, 9], 0.9),
  district('Dover', [78, 40, 9], 0.95),
  district('Folkestone and Hythe', [104, 36, 7], 1, ['Folkstone and Hythe', 'Folkestone & Hythe']),
  district('Gravesham', [74, 28, 8], 0.95),
  district('Maidstone', [110, 48, 12], 1.15),
  district('Sevenoaks', [86, 50, 7], 0.8),
  { ...district('Swale', [92, 46, 8], 1.15), primarySchoolsLater: 47 },
  district('Thanet', [84, 33, 9], 1.2),
  district('Tonbridge and Malling', [90, 43, 10], 0.95, ['Tonbridge & Malling']),
  district('Tunbridge Wells', [80, 34, 10], 0.9),
];

export function districtNamed(name: string): District {
  const found = districts.find((each) => each.name === name);
  if (!found) throw new Error(`The demo has no district ${name}.`);
  return found;
}

export const districtNames = districts.map(({ name }) => name);

function district(
  name: string,
  [earlyYearsSettings, primarySchools, secondarySchools]: [number, number, number],
  size: number,
  otherNames: string[] = [],
): District {
  return { name, otherNames, earlyYearsSettings, primarySchools, secondarySchools, size };
}
