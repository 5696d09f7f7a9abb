import type { SeedItem, SeedSite } from '../../../infra/local/sharepoint/seed.ts';

/** A small fictional site with a list of returns and a list of dates. */
export function smallSite(returns: SeedItem[] = [firstReturn(), secondReturn()]): SeedSite {
  return {
    hostname: 'council.example',
    path: 'sites/stls',
    displayName: 'Specialist teaching',
    lists: [
      {
        displayName: 'Returns',
        description: 'Termly returns',
        columns: [
          {
            name: 'District',
            displayName: 'District',
            type: 'choice',
            choices: ['Ashford', 'Dover', 'Thanet'],
            fillIn: true,
            indexed: true,
            required: true,
            description: 'Where the service works.',
          },
          { name: 'Term', displayName: 'Term', type: 'choice', choices: ['Term 1', 'Term 2'] },
          {
            name: 'School_x0020_Caseload',
            displayName: 'School Caseload',
            type: 'number',
            indexed: true,
          },
          {
            name: 'Targets_x0020_Reviewed',
            displayName: 'Targets Reviewed',
            type: 'number',
            percentage: true,
          },
          { name: 'Comments', displayName: 'Comments', type: 'note' },
        ],
        items: returns,
      },
      {
        displayName: 'Training dates',
        description: 'Sessions',
        columns: [
          { name: 'As_x0020_Of', displayName: 'As Of', type: 'dateTime', dateOnly: true },
          { name: 'Starts', displayName: 'Starts', type: 'dateTime', indexed: true },
          { name: 'Booked', displayName: 'Booked', type: 'boolean', indexed: true },
        ],
        items: [],
      },
    ],
  };
}

/** A return with its cells; the rest is filled in. */
export function seedReturn(fields: SeedItem['fields']): SeedItem {
  return {
    fields,
    createdAt: '2026-10-01T09:00:00Z',
    modifiedAt: '2026-10-02T09:00:00Z',
    createdBy: { displayName: 'Priya Nair', email: 'priya.nair@council.example' },
  };
}

/** Many returns with caseloads 1, 2, 3 and so on. */
export function manyReturns(count: number): SeedItem[] {
  return Array.from({ length: count }, (_, index) =>
    seedReturn({
      Title: `Return ${index + 1}`,
      District: ['Ashford', 'Dover', 'Thanet'][index % 3] ?? 'Ashford',
      School_x0020_Caseload: index + 1,
    }),
  );
}

function firstReturn(): SeedItem {
  return seedReturn({
    Title: 'Ashford, Term 1',
    District: 'Ashford',
    Term: 'T1',
    School_x0020_Caseload: 41,
    Targets_x0020_Reviewed: 0.35,
  });
}

function secondReturn(): SeedItem {
  return seedReturn({ Title: 'Dover, Term 1', District: 'Dover', Term: 'Term 1' });
}
