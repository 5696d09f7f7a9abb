/** The district names that the service uses, with the other ways they are written. */
export type NamedDistrict = { name: string; otherNames: readonly string[] };

const fold = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('&', ' and ')
    .replace(/[^a-z]+/g, ' ')
    .trim();

/** The canonical name for what somebody wrote, or undefined: an unknown district is a finding. */
export function canonicalDistrict(
  written: string,
  districts: readonly NamedDistrict[],
): string | undefined {
  const wanted = fold(written);
  return districts.find((d) => [d.name, ...d.otherNames].some((n) => fold(n) === wanted))?.name;
}
