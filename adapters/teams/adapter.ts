import { CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import type { Configuration } from '../config.ts';

type Base = ConfigurationBotFrameworkAuthentication;
type Authenticated = Awaited<ReturnType<Base['authenticateRequest']>>;
type ConnectorFactory = NonNullable<Authenticated['connectorFactory']>;
type ConnectorClient = ReturnType<ConnectorFactory['create']>;
type TokenClient = ReturnType<Base['createUserTokenClient']>;

/** Teams has a service URL for each region, and a council is in one. */
const MOST_SERVICES = 20;

/**
 * Verifies each request as botbuilder does, and answers it through the clients of the turns before:
 * botbuilder 4.23.3 makes new ones for each turn, with their pipelines and, where the bot has a password,
 * MSAL's client too, which is more work than the turn's own. Credentials refresh their tokens by themselves.
 */
class AuthenticationWithKeptClients extends ConfigurationBotFrameworkAuthentication {
  readonly #connectors = new Map<string, ConnectorClient>();
  #tokens: TokenClient | undefined;

  override async authenticateRequest(
    ...request: Parameters<Base['authenticateRequest']>
  ): Promise<Authenticated> {
    const authenticated = await super.authenticateRequest(...request);
    const { connectorFactory } = authenticated;
    return connectorFactory
      ? { ...authenticated, connectorFactory: this.#keeping(connectorFactory) }
      : authenticated;
  }

  /** For whom it is made makes no difference: nobody signs in to this bot. */
  override createUserTokenClient(...whose: Parameters<Base['createUserTokenClient']>): TokenClient {
    this.#tokens ??= super.createUserTokenClient(...whose);
    this.#tokens.catch(() => (this.#tokens = undefined));
    return this.#tokens;
  }

  #keeping(factory: ConnectorFactory): ConnectorFactory {
    return {
      create: (serviceUrl, audience) => {
        const service = JSON.stringify([serviceUrl, audience]);
        const client = this.#connectors.get(service) ?? factory.create(serviceUrl, audience);
        client.catch(() => this.#connectors.delete(service));
        this.#connectors.delete(service);
        this.#connectors.set(service, client);
        const [oldest] = this.#connectors.keys();
        if (this.#connectors.size > MOST_SERVICES && oldest) this.#connectors.delete(oldest);
        return client;
      },
    };
  }
}

/**
 * The adapter that verifies what comes in and signs what goes out. Its connector client tries again by
 * itself (429 with Retry-After, 5xx and dropped connections, three times): that is right for an answer to
 * somebody who waits, in a turn. What the bot sends of its own accord goes through `teamsThrough`.
 */
export function createAdapter({ bot }: Configuration): CloudAdapter {
  return new CloudAdapter(
    new AuthenticationWithKeptClients(
      bot.id
        ? {
            MicrosoftAppId: bot.id,
            MicrosoftAppType: bot.type,
            MicrosoftAppTenantId: bot.tenantId,
            MicrosoftAppPassword: bot.password,
          }
        : {},
    ),
  );
}
