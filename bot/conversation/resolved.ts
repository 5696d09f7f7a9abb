import { canonicalDistrict } from '../directory/district-name.ts';
import { schoolsLike } from '../directory/schools-like.ts';
import { nearestName } from '../findings/nearest-name.ts';
import type { Names } from './asking.ts';
import type { Command } from './command.ts';
import { measureIn } from './measures-in-words.ts';

/**
 * A command whose slots name districts, schools, people and measures as the lists do, where it was chosen
 * by somebody who does not know the lists; undefined where they have no such name, or several.
 */
export function resolved(command: Command, names: Names): Command | undefined {
  const slots = Object.entries(command).map(([slot, value]) => {
    const resolve = RESOLVING[slot];
    return [slot, resolve ? resolve(value, names) : value] as const;
  });
  if (slots.some(([, value]) => value === undefined)) return undefined;
  return Object.fromEntries(slots) as Command;
}

type Resolve = (value: unknown, names: Names) => unknown;

const RESOLVING: Readonly<Record<string, Resolve>> = {
  district: (value, names) => districtNamed(String(value), names),
  districts: (value, names) => twoDistricts(value, names),
  school: (value, names) => schoolNamed(String(value), names),
  cover: (value, names) => personNamed(String(value), names),
  measure: (value, names) => measureNamed(String(value), names),
};

function districtNamed(text: string, { districts }: Names): string | undefined {
  const all = districts.flatMap(({ name, otherNames }) => [name, ...otherNames]);
  return (
    canonicalDistrict(text, districts) ?? canonicalDistrict(nearestName(text, all) ?? '', districts)
  );
}

function twoDistricts(value: unknown, names: Names): [string, string] | undefined {
  const found = Array.isArray(value) ? value.map((one) => districtNamed(String(one), names)) : [];
  const [first, second] = found;
  return first && second && first !== second ? [first, second] : undefined;
}

const schoolNamed = (text: string, { schools }: Names): string | undefined =>
  only(schoolsLike(text, schools))?.name;

const personNamed = (text: string, { practitioners }: Names): string | undefined =>
  only(practitioners.filter(({ name }) => name.toLowerCase().startsWith(text.trim().toLowerCase())))
    ?.name;

const measureNamed = (text: string, { measures }: Names): string | undefined =>
  measures.find(({ id }) => id === text)?.id ?? measureIn(text.toLowerCase(), measures);

/** The one that there is; nothing where there are several. */
const only = <T>(all: readonly T[]): T | undefined => (all.length === 1 ? all[0] : undefined);
