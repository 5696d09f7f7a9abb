import type { Database } from './database.ts';

/** Who wrote something: a person by hand, or an application through Graph. */
export type Identity =
  | { kind: 'user'; email: string; displayName: string }
  | { kind: 'application'; id: string; displayName: string };

type PersonRow = { kind: string; handle: string; display_name: string };

/** The identity's number in the site (what `AuthorLookupId` carries), made when it is new. */
export function ensurePerson(db: Database, identity: Identity): number {
  const handle = identity.kind === 'user' ? identity.email : identity.id;
  const known = db.get(
    'select id from people where kind = ? and handle = ?',
    identity.kind,
    handle,
  ) as { id: number } | undefined;
  if (known !== undefined) return known.id;
  return db.run(
    `insert into people (id, kind, handle, display_name)
     values ((select coalesce(max(id), 9) + 1 from people), ?, ?, ?)`,
    identity.kind,
    handle,
    identity.displayName,
  );
}

/** The identity behind a number. */
export function personWithId(db: Database, id: number): Identity {
  const row = db.get('select kind, handle, display_name from people where id = ?', id) as
    PersonRow | undefined;
  if (row === undefined) throw new Error(`No person ${id} in the site.`);
  return toIdentity(row);
}

/** Everybody who has written something by hand, by name. */
export function usersOfSite(db: Database): Extract<Identity, { kind: 'user' }>[] {
  const rows = db.all<PersonRow>(
    `select kind, handle, display_name from people where kind = 'user' order by display_name`,
  );
  return rows.map((row) => ({ kind: 'user', email: row.handle, displayName: row.display_name }));
}

/** An identity as Graph's `identitySet`. */
export function identitySet(identity: Identity): object {
  if (identity.kind === 'user') {
    return { user: { email: identity.email, displayName: identity.displayName } };
  }
  return { application: { id: identity.id, displayName: identity.displayName } };
}

function toIdentity(row: PersonRow): Identity {
  return row.kind === 'user'
    ? { kind: 'user', email: row.handle, displayName: row.display_name }
    : { kind: 'application', id: row.handle, displayName: row.display_name };
}
