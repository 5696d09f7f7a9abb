/** Where something is said, as the verified activity has it. */
export type Conversation = {
  conversationType?: string | undefined;
  /** Of the conversation or of the channel's data; empty or absent where Teams gives none. */
  tenantId?: string | undefined;
};

export type Where = 'personal' | 'elsewhere' | 'another tenant';

/**
 * Where somebody speaks. What is private is answered in a personal chat alone. `ownTenant` is empty
 * where none is configured; a conversation that names no tenant is taken for one of another where one is.
 */
export function whereOf(
  { conversationType, tenantId }: Conversation,
  ownTenant: string | undefined,
): Where {
  if (ownTenant && !isSame(tenantId, ownTenant)) return 'another tenant';
  return conversationType === 'personal' ? 'personal' : 'elsewhere';
}

const isSame = (tenant: string | undefined, own: string): boolean =>
  tenant?.trim().toLowerCase() === own.trim().toLowerCase();
