/** The council's SharePoint site as the demo starts: the four lists that were there before the bot. */
import type { SeedSite } from '../sharepoint/seed.ts';
import { aetItems, budgetItems } from './budget-and-aet.ts';
import { aetColumns, budgetColumns, kpiColumns, larColumns } from './columns.ts';
import { kpiReturns202223, larReturns202223 } from './returns-2022-23.ts';
import { kpiReturns202526, larReturns202526 } from './returns-2025-26.ts';
import { kpiReturns202627, larReturns202627 } from './returns-2026-27.ts';

export function councilSite(): SeedSite {
  return {
    hostname: 'council.example',
    path: 'sites/stls',
    displayName: 'Specialist Teaching and Learning Service (demo)',
    lists: [
      {
        displayName: 'STLS KPI Returns',
        description: 'Key performance indicators, one return for each district and term.',
        columns: structuredClone(kpiColumns),
        items: structuredClone([...kpiReturns202223, ...kpiReturns202526, ...kpiReturns202627]),
      },
      {
        displayName: 'STLS Local Activity Report',
        description: 'Local activity, one report for each district and term.',
        columns: structuredClone(larColumns),
        items: structuredClone([...larReturns202223, ...larReturns202526, ...larReturns202627]),
      },
      {
        displayName: 'STLS Budget and Spend',
        description: 'What each district is allocated and how it spends it.',
        columns: structuredClone(budgetColumns),
        items: structuredClone(budgetItems),
      },
      {
        displayName: 'STLS AET Training',
        description: 'Autism Education Trust training: sessions completed and booked.',
        columns: structuredClone(aetColumns),
        items: structuredClone(aetItems),
      },
    ],
  };
}
