import {
  AzureCliCredential,
  DefaultAzureCredential,
  DeviceCodeCredential,
  ManagedIdentityCredential,
  type TokenCredential,
} from '@azure/identity';
import type { Configuration } from './config.ts';
import { UsageError } from './errors.ts';

/** The app's identity: the managed identity in Azure, an administrator's sign-in at a desk. None on loopback. */
export function credentialFor({
  bot,
  graph,
  storage,
}: Pick<Configuration, 'bot' | 'graph' | 'storage'>): TokenCredential | undefined {
  if (graph.isLoopback && 'connectionString' in storage) return undefined;
  return bot.id && bot.type === 'UserAssignedMSI'
    ? new ManagedIdentityCredential({ clientId: bot.id })
    : new DefaultAzureCredential();
}

/** How an administrator's command signs in. */
const SIGN_INS = ['managed-identity', 'azure-cli', 'device-code'] as const;
type SignIn = (typeof SIGN_INS)[number];

/** Who speaks to Microsoft Graph. A loopback emulator asks nobody. */
export type Identity = {
  signIn: SignIn | 'none';
  /** Empty: whatever tenant the person or the machine belongs to. */
  tenantId: string;
  /** App id through which the sign-in goes; empty where that is somebody else's business. */
  clientId: string;
};

/** The arguments that say who signs in, for `parseArgs`. */
export const identityOptions = {
  'sign-in': { type: 'string' },
  tenant: { type: 'string' },
  'client-id': { type: 'string' },
} as const;

/** As `parseArgs` gives them. */
export type IdentityArguments = Partial<Record<keyof typeof identityOptions, string>>;

/** Who was asked for; undefined where that was left open. */
export type AskedIdentity = {
  signIn?: SignIn | undefined;
  tenantId?: string | undefined;
  clientId?: string | undefined;
};

/** Reads who was asked for. Throws UsageError where nobody can sign in like that. */
export const readAskedIdentity = (values: IdentityArguments): AskedIdentity => ({
  signIn: readSignIn(values['sign-in']),
  tenantId: values.tenant,
  clientId: values['client-id'],
});

type Environment = Readonly<Record<string, string | undefined>>;

/** Microsoft’s own public client “Microsoft Graph Command Line Tools”. */
const GRAPH_COMMAND_LINE = '14d82eec-204b-4c2f-b7e8-296a70dab67e';
/** Enough to make lists, and only where the person who signs in may do so. */
export const DESK_PERMISSION = 'Sites.Manage.All';
const DESK_SCOPE = `https://graph.microsoft.com/${DESK_PERMISSION}`;
const APP_SCOPE = 'https://graph.microsoft.com/.default';

/**
 * Chooses who signs in: as asked; otherwise the managed identity where the bot has one and this runs
 * in Azure, and a person with a device code anywhere else.
 */
export function chooseIdentity(
  asked: AskedIdentity,
  { isLoopback }: { isLoopback: boolean },
  env: Environment = process.env,
): Identity {
  const signIn = asked.signIn ?? usualSignIn(env);
  const tenantId = asked.tenantId ?? env['BOT_TENANT_ID'] ?? '';
  if (isLoopback) return { signIn: 'none', tenantId, clientId: '' };
  return { signIn, tenantId, clientId: asked.clientId ?? usualClient(signIn, env) };
}

function readSignIn(text: string | undefined): SignIn | undefined {
  const known = SIGN_INS.find((one) => one === text);
  if (text === undefined || known) return known;
  throw new UsageError(`--sign-in is “${text}”. Give one of: ${SIGN_INS.join(', ')}.`);
}

/** Azure gives an app with an identity the address of its token service. */
export const isInAzure = (env: Environment = process.env): boolean =>
  Boolean(env['IDENTITY_ENDPOINT'] ?? env['MSI_ENDPOINT']);

const usualSignIn = (env: Environment): SignIn =>
  env['BOT_ID'] && (env['BOT_TYPE'] || 'UserAssignedMSI') === 'UserAssignedMSI' && isInAzure(env)
    ? 'managed-identity'
    : 'device-code';

function usualClient(signIn: SignIn, env: Environment): string {
  if (signIn === 'managed-identity') return env['BOT_ID'] ?? '';
  return signIn === 'device-code' ? GRAPH_COMMAND_LINE : '';
}

/** Whether a person signs in, rather than the bot. */
export const isAtADesk = ({ signIn }: Identity): boolean =>
  signIn === 'device-code' || signIn === 'azure-cli';

/** What a token for Graph is asked for. */
export const scopeOf = ({ signIn }: Identity): string =>
  signIn === 'device-code' ? DESK_SCOPE : APP_SCOPE;

/** The credential of an administrator's command. `tell` shows a person where to type which code. */
export function commandCredential(
  { signIn, tenantId, clientId }: Identity,
  tell: (message: string) => void,
): TokenCredential | undefined {
  switch (signIn) {
    case 'none':
      return undefined;
    case 'managed-identity':
      return clientId
        ? new ManagedIdentityCredential({ clientId })
        : new ManagedIdentityCredential();
    case 'azure-cli':
      return new AzureCliCredential(tenantId ? { tenantId } : {});
    case 'device-code':
      return new DeviceCodeCredential({
        clientId,
        ...(tenantId ? { tenantId } : {}),
        userPromptCallback: ({ message }) => tell(message),
      });
  }
}

/** Where a sign-in that failed can be mended, in a sentence for whoever ran the command. */
export function signInRemedy({ signIn }: Identity): string {
  switch (signIn) {
    case 'managed-identity':
      return 'Run this in the web app’s console, where the identity is; or sign in yourself with --sign-in device-code.';
    case 'azure-cli':
      return 'Run az login --tenant TENANT_ID first; or use --sign-in device-code.';
    case 'device-code':
      return 'Check --tenant, and that Conditional Access lets you sign in with a device code.';
    case 'none':
      return 'Check that GRAPH_BASE_URL names the emulator of this project.';
  }
}

/**
 * The Azure CLI is an app of Microsoft’s, authorised beforehand for a fixed set of Graph permissions
 * with none for sites among them; more cannot be consented to (AADSTS65002; github.com/Azure/azure-cli
 * issues 22775 and 26471). Signed in as a service principal it has what that app was given.
 */
export const AZURE_CLI_LIMIT =
  'a person’s token of the Azure CLI carries no permission for SharePoint sites, and none can be added to it; use --sign-in device-code';
