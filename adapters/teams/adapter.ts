import { CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import type { Configuration } from '../config.ts';

type Base = ConfigurationBotFrameworkAuthentication;
type Authenticated = Awaited<ReturnType<Base['authenticateRequest']>>;
type Identity = Authenticated['claimsIdentity'];
type ConnectorFactory = NonNullable<Authenticated['connectorFactory']>;
type ConnectorClient = Awaited<ReturnType<ConnectorFactory['create']>>;
type TokenClient = Awaited<ReturnType<Base['createUserTokenClient']>>;

/** Teams has a service URL for each region, and a council is in one. */
const MOST_SERVICES = 20;

/**
 * Verifies each request as botbuilder does, and answers it through the clients of the turns before.
 * botbuilder 4.23.3 makes new ones for each turn, with their pipelines, and of a managed identity a whole
 * DefaultAzureCredential for each. Credentials renew their tokens by themselves. `createConnectorFactory`
 * is left alone: the client of a continued conversation is its own, for `teamsThrough` takes the retries
 * out of it.
 */
class AuthenticationWithKeptClients extends ConfigurationBotFrameworkAuthentication {
  readonly #connectors = new Map<string, Promise<ConnectorClient>>();
  readonly #tokens = new Map<string, Promise<TokenClient>>();

  override async authenticateRequest(
    ...request: Parameters<Base['authenticateRequest']>
  ): Promise<Authenticated> {
    const authenticated = await super.authenticateRequest(...request);
    const { connectorFactory, claimsIdentity } = authenticated;
    if (!connectorFactory) return authenticated;
    const keeping: ConnectorFactory = {
      create: (serviceUrl, audience) =>
        kept(this.#connectors, [...namedIn(claimsIdentity), serviceUrl, audience], () =>
          connectorFactory.create(serviceUrl, audience),
        ),
    };
    return { ...authenticated, connectorFactory: keeping };
  }

  override createUserTokenClient(identity: Identity): Promise<TokenClient> {
    return kept(this.#tokens, namedIn(identity), () => super.createUserTokenClient(identity));
  }
}

/** The bots that a verified token names: botbuilder makes a client only where it is this one. */
const namedIn = (identity: Identity): (string | null)[] =>
  ['aud', 'appid', 'azp'].map((claim) => identity.getClaimValue(claim));

/** What was made for this before, or is made now; of many those that were used last. */
function kept<T>(
  known: Map<string, Promise<T>>,
  of: readonly (string | null | undefined)[],
  make: () => Promise<T>,
): Promise<T> {
  const key = JSON.stringify(of);
  const before = known.get(key);
  const one = before ?? make();
  // Whoever asked for it hears that it failed; the next one is made anew.
  if (!before) one.catch(() => known.delete(key));
  known.delete(key);
  known.set(key, one);
  const [oldest] = known.keys();
  if (known.size > MOST_SERVICES && oldest !== undefined) known.delete(oldest);
  return one;
}

/**
 * The adapter that verifies what comes in and signs what goes out. Its connector client tries again by
 * itself (429 with Retry-After, 5xx and dropped connections, three times): that is right for an answer to
 * somebody who waits, in a turn. What the bot sends of its own accord goes through `teamsThrough`.
 *
 * With a password no client is kept: MSAL's, once Entra failed, asks it for nothing for a minute or longer.
 */
export function createAdapter({ bot }: Configuration): CloudAdapter {
  if (!bot.id) return new CloudAdapter(new AuthenticationWithKeptClients());
  const identity = {
    MicrosoftAppId: bot.id,
    MicrosoftAppType: bot.type,
    MicrosoftAppTenantId: bot.tenantId,
    MicrosoftAppPassword: bot.password,
  };
  return new CloudAdapter(
    bot.type === 'UserAssignedMSI'
      ? new AuthenticationWithKeptClients(identity)
      : new ConfigurationBotFrameworkAuthentication(identity),
  );
}
