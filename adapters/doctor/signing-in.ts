import { AZURE_CLI_LIMIT, DESK_PERMISSION, isAtADesk, signInRemedy } from '../credential.ts';
import { ServiceRefused } from '../errors.ts';
import type { TokenClaims } from './token-claims.ts';
import type { Check } from './examine.ts';
import { firstLineOf, listed, NotChecked, ok, problem, type Diagnosis } from './diagnosis.ts';
import type { Subject } from './subject.ts';

/** Enough for one site, and for none without a grant. */
const ENOUGH = 'Sites.Selected';

/** Who speaks to Microsoft Graph, and what the token lets them do. */
export const SIGN_IN_CHECKS: readonly Check<Subject>[] = [
  { id: 'credential', needs: [], look: credentialDiagnoses },
  { id: 'tenant', needs: ['credential'], look: withClaims(tenantDiagnosis) },
  { id: 'permission', needs: ['credential'], look: withClaims(permissionDiagnosis) },
  { id: 'least-privilege', needs: ['credential'], look: withClaims(privilegeDiagnosis) },
];

async function credentialDiagnoses(subject: Subject): Promise<Diagnosis[]> {
  const identity = subject.identity();
  try {
    const token = await subject.token();
    const how = token ? `Microsoft Entra gave a token (${identity.signIn})` : ON_LOOPBACK;
    return [ok(how)];
  } catch (error) {
    if (!(error instanceof ServiceRefused)) throw error;
    return [problem(`signing in failed: ${firstLineOf(error.cause)}`, signInRemedy(identity))];
  }
}

const ON_LOOPBACK = 'none is needed on loopback';

/** Where there is a token, looks at what it says. */
function withClaims(look: (claims: TokenClaims, subject: Subject) => Diagnosis) {
  return async (subject: Subject): Promise<Diagnosis[]> => {
    if (!(await subject.token())) return [ok(ON_LOOPBACK)];
    const claims = await subject.claims();
    if (!claims) throw new NotChecked('the token cannot be read here');
    return [look(claims, subject)];
  };
}

const ID = /^[0-9a-f-]{36}$/i;

function tenantDiagnosis({ tid }: TokenClaims, subject: Subject): Diagnosis {
  const wanted = subject.identity().tenantId;
  if (!ID.test(wanted)) return ok(`signed in to ${tid}`);
  return wanted.toLowerCase() === tid.toLowerCase()
    ? ok(`signed in to ${tid}, as configured`)
    : problem(
        `signed in to the tenant ${tid}, and ${wanted} is configured`,
        'Set BOT_TENANT_ID (or --tenant) to the tenant of the site, and sign in to that one.',
      );
}

function permissionDiagnosis({ roles, scp }: TokenClaims, subject: Subject): Diagnosis {
  if (scp !== undefined) return personsPermission(scp.split(' '), subject);
  return roles.some((role) => role.startsWith('Sites.'))
    ? ok(listed(roles))
    : problem(
        `the token does not hold ${ENOUGH}, so no site opens`,
        `Consent to ${ENOUGH} for the bot’s identity (New-MgServicePrincipalAppRoleAssignment; step 4 of the README). A token fetched before can be kept for up to a day.`,
      );
}

function personsPermission(scopes: readonly string[], subject: Subject): Diagnosis {
  const sites = scopes.filter((scope) => scope.startsWith('Sites.'));
  if (sites.length > 0) return ok(`signed in as a person, with ${listed(sites)}`);
  const remedy =
    subject.identity().signIn === 'azure-cli'
      ? `Know that ${AZURE_CLI_LIMIT}.`
      : `Have an administrator consent to ${DESK_PERMISSION} for the app of the sign-in.`;
  return problem('the token holds no permission for SharePoint sites', remedy);
}

function privilegeDiagnosis({ roles, scp }: TokenClaims, subject: Subject): Diagnosis {
  if (scp !== undefined || isAtADesk(subject.identity())) throw new NotChecked(AS_A_PERSON);
  const broader = roles.filter((role) => role !== ENOUGH);
  return broader.length === 0
    ? ok(`nothing beyond ${ENOUGH}`)
    : problem(
        `the bot’s identity may do more than it needs: ${listed(broader)}`,
        `Take ${listed(broader)} away from the identity (Remove-MgServicePrincipalAppRoleAssignment); ${ENOUGH} is enough.`,
      );
}

/** Why a check about the bot's own rights cannot be made. */
export const AS_A_PERSON =
  'you are signed in as a person: run the doctor in the web app’s console to see what the bot may do';
