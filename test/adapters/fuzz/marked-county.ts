import {
  CLINICS,
  DISTRICTS as DISTRICTS_LIST,
  MEASURES,
  PEOPLE,
  PRACTITIONERS,
  RULES,
  TERMS,
} from '../../../adapters/sharepoint/bot-lists.ts';
import type { ListItem } from '../../../adapters/sharepoint/site.ts';
import { kpi, lar } from '../../../infra/local/demo/columns.ts';
import { KPI, LAR } from '../demo-site.ts';
import type { World } from '../world.ts';

/** Those in whose name the bot is spoken to. `Stranger` has an object id that no list knows, `Nobody` has none. */
export const ACTORS = [
  'Colin',
  'Priya',
  'Marta',
  'Bettina',
  'Sam',
  'Wren',
  'Teodor',
  'Idris',
  'Nell',
  'Fern',
  'Hollis',
  'Greta',
  'Stranger',
  'Nobody',
] as const;
export type Actor = (typeof ACTORS)[number];

/** A word or figure that stands in one place of the lists only. */
export type Mark = { text: string; of: string };

const DISTRICTS = [
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
];

/** The county is as small as it may be: each turn looks at all of it. */
export const KEPT = ['Ashford', 'Dover', 'Swale', 'Thanet'];

const TERMS_KEPT = ['2025-26 Term 6', '2026-27 Term 1', '2026-27 Term 2'];
const RULES_KEPT = [
  'supported-within-caseload-schools',
  'percentage-range',
  'referral-areas-sum-schools',
  'duplicate-return',
];

/** Whether an item is of a district that is kept, or of none. */
export function isKept(list: string, { fields }: ListItem): boolean {
  if (list === TERMS) return TERMS_KEPT.includes(String(fields['Title']));
  if (list === MEASURES) return !fields['LastTerm'];
  if (list === RULES) return RULES_KEPT.includes(String(fields['Title']));
  if (list === DISTRICTS_LIST) return KEPT.includes(String(fields['Title']));
  const named = fields['District'] ?? fields['Districts'];
  const of = typeof named === 'string' ? named.split('\n') : [''];
  return of[0] === '' || of.some((one) => KEPT.includes(one));
}

const numberOf = (district: string): number => DISTRICTS.indexOf(district) + 11;

/** `Folkstone and Hythe` is one of them too, as it is written in real lists. */
const districtIn = (cell: unknown): string => {
  const written = String(cell).replaceAll('&', 'and').replace('Folkstone', 'Folkestone');
  const found = DISTRICTS.find((one) => one === written.trim());
  if (found === undefined) throw new Error(`There is no district “${String(cell)}”.`);
  return found;
};

/**
 * Puts a mark of its own on every figure that matters, remark, clinic, booking and telephone number of
 * the demo's lists. People are marked by their e-mail addresses already.
 */
export async function markCounty({ graph, site }: World): Promise<Mark[]> {
  const marks: Mark[] = [];
  const mark = (text: string | number, of: string): string => {
    marks.push({ text: String(text).toLowerCase(), of });
    return String(text);
  };
  const patch = async (list: string, id: string, fields: Record<string, unknown>) => {
    const { status } = await graph.send('PATCH', graph.list(list, `/items/${id}/fields`), fields);
    if (status !== 200) throw new Error(`${list} ${id} could not be marked: ${status}`);
  };
  for (const [list, figure, form] of [
    [KPI, kpi.schoolCaseload, 1],
    [LAR, lar.referralsPrimary, 2],
  ] as const) {
    for (const { id, fields } of await site.items(list)) {
      const district = districtIn(fields['District']);
      if (!KEPT.includes(district)) continue;
      const n = numberOf(district);
      await patch(list, id, {
        [figure]: Number(`${mark(`${form}${n}${form}`, `returns of ${district}`)}${n}`),
        Comments: `Said in confidence: ${mark(`qremark${form}x${n}q`, `returns of ${district}`)}.`,
      });
    }
  }
  await graph.add(CLINICS, OVER);
  for (const { id, fields } of await site.items(CLINICS)) {
    const district = districtIn(fields['District']);
    if (!KEPT.includes(district)) continue;
    const of = `clinics of ${district}`;
    const [first = ''] = BOOKED[district] ?? [];
    await patch(CLINICS, id, {
      Place: `Room ${mark(`qroom${numberOf(district)}x${id}q`, of)}`,
      JoinLink: fields['JoinLink'] ? `https://meet.stls.example/${mark(`qjoin${id}q`, of)}` : '',
      ...(first === '' ? {} : { BookedBy: first, Booked: Math.max(1, Number(fields['Booked'])) }),
    });
  }
  for (const { id, fields } of await site.items(PRACTITIONERS)) {
    const of = `practitioner ${String(fields['Title'])}`;
    await patch(PRACTITIONERS, id, { Phone: mark(`01632 99${id.padStart(4, '0')}`, of) });
  }
  for (const { fields } of await site.items(PEOPLE)) {
    mark(String(fields['Email']), `${String(fields['Role'])} ${String(fields['Title'])}`);
  }
  for (const said of ['overdue since', 'with open queries']) mark(said, 'the chasing');
  return marks;
}

/** A clinic that is over. */
const OVER = {
  Title: 'Dover clinic: last week',
  District: 'Dover',
  Phase: 'All schools',
  Starts: '2026-11-18T14:00:00Z',
  Places: 10,
  Booked: 0,
};

/** Whoever has booked a place in the clinics of a district before anybody asks for one. */
const BOOKED: Readonly<Record<string, readonly string[]>> = {
  Dover: ['Mina Harrow (demo); Little Lanterns Nursery (demo); mina.harrow@stls.example'],
  Swale: ['Vera Quist (demo); Cherryfold Primary School (demo); vera.quist@stls.example'],
};
