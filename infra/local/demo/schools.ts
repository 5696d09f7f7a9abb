/** Fictional schools and settings, four to a district; none bears the name of a real Kent school. */
import { linkPractitioners, type Person } from './people.ts';

export type Phase = 'Early years' | 'Primary' | 'Secondary';

export type School = {
  name: string;
  phase: Phase;
  district: string;
  otherNames: string[];
  practitionerEmail: string;
};

/** A name, then what people call it. */
type Named = [name: string, ...otherNames: string[]];

const { nell, hollis, fern, amos, ruth, leif, cora, emeka } = linkPractitioners;

export const schools: School[] = [
  ...inDistrict('Ashford', amos, {
    'Early years': [['Thimble Lane Pre-school', 'Thimbles', 'Thimble Lane']],
    Primary: [
      ['Larkrise Meadow Primary School', 'Larkrise', 'LMPS'],
      ['Oxbow Mill Primary School', 'Oxbow'],
    ],
    Secondary: [['Weirstone Academy', 'Weirstone', 'WSA']],
  }),
  ...inDistrict('Canterbury', hollis, {
    'Early years': [['Pepperpot Nursery', 'Pepperpots']],
    Primary: [
      ['Quillhaven Primary School', 'Quillhaven', 'QPS'],
      ['Bellfounder Primary School', 'Bellfounders', 'BPS'],
    ],
    Secondary: [['Pilgrimsgate High School', 'Pilgrimsgate', 'PHS']],
  }),
  ...inDistrict('Dartford', cora, {
    'Early years': [['Paper Kite Pre-school', 'Paper Kites']],
    Primary: [
      ['Cranefield Primary School', 'Cranefield'],
      ['Bridgewright Primary School', 'Bridgewright', 'BWPS'],
    ],
    Secondary: [['Furlong Park Academy', 'Furlong Park', 'FPA']],
  }),
  ...inDistrict('Dover', nell, {
    'Early years': [['Little Lanterns Nursery', 'Lanterns', 'Little Lanterns']],
    Primary: [['Elmsbrook Primary School', 'Elmsbrook', 'Elmsbrook Primary', 'EPS']],
    Secondary: [],
  }),
  ...inDistrict('Dover', fern, {
    'Early years': [],
    Primary: [['Chalkdown Primary School', 'Chalkdown', 'CPS']],
    Secondary: [['Tidewatch Academy', 'Tidewatch', 'TWA']],
  }),
  ...inDistrict('Folkestone and Hythe', fern, {
    'Early years': [['Harbour Bears Pre-school', 'Harbour Bears']],
    Primary: [
      ['Marshlight Primary School', 'Marshlight', 'MPS'],
      ['Shingle Cross Primary School', 'Shingle Cross', 'SXPS'],
    ],
    Secondary: [['Leasbeck School', 'Leasbeck']],
  }),
  ...inDistrict('Gravesham', leif, {
    'Early years': [['Tugboat Nursery', 'Tugboats']],
    Primary: [
      ['Pilotfield Primary School', 'Pilotfield', 'PFPS'],
      ['Orchard Wharf Primary School', 'Orchard Wharf', 'OWPS'],
    ],
    Secondary: [['Ferrystone Academy', 'Ferrystone']],
  }),
  ...inDistrict('Maidstone', ruth, {
    'Early years': [['Hop Pickers Pre-school', 'Hop Pickers']],
    Primary: [
      ['Hopgarth Primary School', 'Hopgarth', 'HPS'],
      ['Bargeman Rise Primary School', 'Bargeman Rise', 'BRPS'],
    ],
    Secondary: [['Ragwyn School', 'Ragwyn']],
  }),
  ...inDistrict('Sevenoaks', cora, {
    'Early years': [['Acorn Hollow Nursery', 'Acorn Hollow']],
    Primary: [
      ['Deerleap Primary School', 'Deerleap', 'DPS'],
      ['Foxbell Copse Primary School', 'Foxbell Copse', 'FCPS'],
    ],
    Secondary: [['Greenlanes Vale School', 'Greenlanes']],
  }),
  ...inDistrict('Swale', leif, {
    'Early years': [['Barge Bunnies Pre-school', 'Barge Bunnies']],
    Primary: [
      ['Creekside Hurdle Primary School', 'Creekside Hurdle', 'CHPS'],
      ['Cherryfold Primary School', 'Cherryfold'],
    ],
    Secondary: [['Saltmere Academy', 'Saltmere', 'SMA']],
  }),
  ...inDistrict('Thanet', hollis, {
    'Early years': [['Bucket and Spade Nursery', 'Bucket & Spade', 'B&S']],
    Primary: [
      ['Gullwing Primary School', 'Gullwing', 'GPS'],
      ['Lantern Cliff Primary School', 'Lantern Cliff', 'LCPS'],
    ],
    Secondary: [['Sandglass Bay Academy', 'Sandglass', 'SBA']],
  }),
  ...inDistrict('Tonbridge and Malling', emeka, {
    'Early years': [['Mallard Lane Pre-school', 'Mallards']],
    Primary: [
      ['Oastview Primary School', 'Oastview', 'OPS'],
      ['Kilnbarn Primary School', 'Kilnbarn', 'KPS'],
    ],
    Secondary: [['Medwyn Castle School', 'Medwyn']],
  }),
  ...inDistrict('Tunbridge Wells', emeka, {
    'Early years': [['Spring Lane Sprites Nursery', 'Sprites']],
    Primary: [
      ['Pantilde Primary School', 'Pantilde'],
      ['Rusthollow Primary School', 'Rusthollow', 'RHPS'],
    ],
    Secondary: [['Ravensgill School', 'Ravensgill', 'RGS']],
  }),
];

function inDistrict(
  district: string,
  practitioner: Person,
  named: Record<Phase, Named[]>,
): School[] {
  const phases: Phase[] = ['Early years', 'Primary', 'Secondary'];
  return phases.flatMap((phase) =>
    named[phase].map(([name, ...otherNames]) => ({
      name: `${name} (demo)`,
      phase,
      district,
      otherNames,
      practitionerEmail: practitioner.email,
    })),
  );
}
