import type { TokenCredential } from '@azure/identity';
import type { Place } from './config-parts.ts';
import { scopeOf, type Identity } from './credential.ts';
import { createGraph, type Graph } from './sharepoint/graph.ts';
import { createBudget } from './sharepoint/resource-units.ts';
import { PATIENT } from './sharepoint/retry.ts';

/** An emulator of this machine shares its budget with nobody. */
const UNLIMITED = 1_000_000;

/** Microsoft Graph for an administrator's command, with no more patience than `mostMs`. */
export const commandGraph = (
  { graph }: Pick<Place, 'graph'>,
  identity: Identity,
  credential: TokenCredential | undefined,
  mostMs = Infinity,
): Graph =>
  createGraph(graph.baseUrl, {
    credential,
    scope: scopeOf(identity),
    budget: createBudget(graph.isLoopback ? UNLIMITED : graph.unitsPerMinute),
    patience: { ...PATIENT, deadlineMs: Math.min(graph.patienceMs, mostMs) },
  });
