import type { Database } from './database.ts';

/** What an application may do on the site, from least to most. */
export const roles = ['none', 'read', 'write', 'manage', 'fullcontrol'] as const;

/** What an application may do on the site: each role includes those before it. */
export type Role = (typeof roles)[number];

/** One application's grant on the site; an application without one has the role `none`. */
export type Grant = { applicationId: string; displayName: string; role: Exclude<Role, 'none'> };

const grantFields = 'application_id as applicationId, display_name as displayName, role';

/** Every grant on the site. */
export function allGrants(db: Database): Grant[] {
  return db.all<Grant>(`select ${grantFields} from grants order by rowid`);
}

/** The grant of one application. */
export function findGrant(db: Database, applicationId: string): Grant | undefined {
  return db.get(`select ${grantFields} from grants where application_id = ?`, applicationId) as
    Grant | undefined;
}

/** What an application may do. */
export function roleOf(db: Database, applicationId: string): Role {
  return findGrant(db, applicationId)?.role ?? 'none';
}

/** Whether a role is enough for what needs another. */
export function includesRole(role: Role, needed: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(needed);
}

/** Gives an application this role and no other; `none` takes its grant away. */
export function setRole(
  db: Database,
  application: { id: string; displayName: string },
  role: Role,
): void {
  if (role === 'none') {
    db.run('delete from grants where application_id = ?', application.id);
    return;
  }
  db.run(
    `insert into grants values (?, ?, ?)
     on conflict (application_id) do update set role = excluded.role`,
    application.id,
    application.displayName,
    role,
  );
}

/** Sets the role that an emulator starts with: the one asked for, or `manage` on a new file. */
export function startWithRole(
  db: Database,
  application: { id: string; displayName: string },
  role: Role | undefined,
): void {
  db.transaction(() => {
    const isNew = db.markOnce('grants');
    if (role !== undefined || isNew) setRole(db, application, role ?? 'manage');
  });
}
