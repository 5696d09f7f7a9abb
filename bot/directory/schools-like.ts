import leven from 'leven';
import { isSchoolNamed, nameInFull, type School } from './directory.ts';

/** So few letters name no school: nobody reads the list by trying one letter after the other. */
const FEWEST_LETTERS = 3;
/** A word of so many letters may have a slip in it. */
const LONG_ENOUGH_FOR_A_SLIP = 6;
/** Words that very many names have: they alone say nothing. */
const COMMON = new Set(
  'a an the at of in for and st saint saints school schools academy academies primary secondary infant infants junior juniors nursery nurseries pre preschool setting high grammar college church c e ce cep cofe rc catholic demo my our i am m from work senco sendco'.split(
    ' ',
  ),
);

/** The schools or settings that what somebody typed may mean, the likeliest alone where it is one. */
export function schoolsLike<S extends Pick<School, 'name' | 'otherNames' | 'district'>>(
  typed: string,
  schools: readonly S[],
): S[] {
  const exact = schools.filter((school) => isSchoolNamed(typed, school));
  if (exact.length > 0) return exact;
  const inFull = schools.filter((school) => isNameInFull(typed, school));
  if (inFull.length > 0) return inFull;
  const wanted = wordsOf(typed).filter((word) => !COMMON.has(word));
  if (wanted.join('').length < FEWEST_LETTERS) return [];
  const named = schools.filter((school) => hasAll(wanted, school, (a, b) => a === b));
  return named.length > 0 ? named : schools.filter((school) => hasAll(wanted, school, isNear));
}

const isNameInFull = (typed: string, school: Pick<School, 'name' | 'district'>): boolean =>
  isSchoolNamed(typed, { name: nameInFull(school), otherNames: [] });

type Alike = (wanted: string, word: string) => boolean;

const hasAll = (
  wanted: readonly string[],
  { name, otherNames }: Pick<School, 'name' | 'otherNames'>,
  alike: Alike,
): boolean => {
  const words = [name, ...otherNames].flatMap(wordsOf);
  return wanted.every((one) => words.some((word) => alike(one, word)));
};

const isNear: Alike = (wanted, word) =>
  wanted === word ||
  (wanted.length >= FEWEST_LETTERS && word.startsWith(wanted)) ||
  (wanted.length >= LONG_ENOUGH_FOR_A_SLIP && leven(wanted, word, { maxDistance: 3 }) <= 2);

const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[’'`.]/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
