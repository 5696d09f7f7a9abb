import { councilSite } from '../../infra/local/demo/council-site.ts';
import { districtNames } from '../../infra/local/demo/districts.ts';
import type { SeedItem, SeedSite } from '../../infra/local/sharepoint/seed.ts';

/** How much is held: so many items over 12 districts, 20 years, six terms and two forms. */
export const ITEMS = 100_000;
const YEARS = 20;
const FIRST_YEAR = 2007;
const TERMS = 6;
const GROWN = ['STLS KPI Returns', 'STLS Local Activity Report'];
const KEYS = districtNames.length * YEARS * TERMS;

/** The council's site grown large: the two lists of returns hold half of the items each. */
export function largeSite(items = ITEMS): SeedSite<Iterable<SeedItem>> {
  const site = councilSite();
  return {
    ...site,
    lists: site.lists.map((list) =>
      GROWN.includes(list.displayName)
        ? { ...list, items: returnsOf(list.displayName, items / 2) }
        : list,
    ),
  };
}

/** Copies of one plausible return, one district, year and term after the other, round and round. */
function* returnsOf(list: string, count: number): Generator<SeedItem> {
  const model = councilSite()
    .lists.find(({ displayName }) => displayName === list)
    ?.items.find(({ fields }) => fields['District'] === 'Dover' && fields[YEAR] === '2025-26');
  if (!model) throw new Error(`The demo has no return of Dover in ${list}.`);
  for (let n = 0; n < count; n += 1) yield returnItem(model, n);
}

const YEAR = 'Academic_x0020_Year';

function returnItem(model: SeedItem, n: number): SeedItem {
  const district = districtNames[n % districtNames.length] ?? '';
  const term = Math.floor(n / districtNames.length) % TERMS;
  const year = FIRST_YEAR + (Math.floor(n / (districtNames.length * TERMS)) % YEARS);
  const round = Math.floor(n / KEYS);
  const filed = `${year}-10-${String(10 + (n % 18))}T09:${String(round % 60).padStart(2, '0')}:00Z`;
  return {
    fields: {
      ...model.fields,
      District: district,
      [YEAR]: `${year}-${String((year + 1) % 100).padStart(2, '0')}`,
      Term: `Term ${term + 1}`,
      Submitted_x0020_By: `lead.${n % districtNames.length}@stls.example`,
      Comments: `Return ${n} of the large site (made up).`,
      Title: `${district} return ${n}`,
    },
    createdAt: filed,
    modifiedAt: filed,
    createdBy: { displayName: 'Lead of the large site (demo)', email: 'lead@stls.example' },
  };
}
