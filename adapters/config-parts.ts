import { readConfiguration, type Configuration } from './config.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where Graph and its site are. */
export type Place = Pick<Configuration, 'graph' | 'site'>;

/** The storage, and what tells whose identity opens it. */
export type Account = Pick<Configuration, 'storage' | 'bot' | 'graph'>;

/**
 * The configuration is read whole or not at all, and the commands at a desk need a part of it: these
 * stand for the other part. Nothing is opened with them.
 */
const UNUSED = {
  SHAREPOINT_SITE: 'https://example.org',
  AZURE_STORAGE_CONNECTION_STRING: 'UseDevelopmentStorage=true',
};

/** Reads where the lists are, whatever is wrong with the rest. Throws ConfigurationError. */
export function readPlace({
  GRAPH_BASE_URL,
  GRAPH_PATIENCE_SECONDS,
  GRAPH_UNITS_PER_MINUTE,
  SHAREPOINT_SITE,
}: Environment): Place {
  const { graph, site } = readConfiguration({
    ...UNUSED,
    GRAPH_BASE_URL,
    GRAPH_PATIENCE_SECONDS,
    GRAPH_UNITS_PER_MINUTE,
    SHAREPOINT_SITE,
  });
  return { graph, site };
}

/** Reads where the storage is and whose it is, whatever is wrong with the rest. Throws ConfigurationError. */
export function readAccount({
  AZURE_STORAGE_CONNECTION_STRING,
  AZURE_STORAGE_ACCOUNT_URL,
  GRAPH_BASE_URL,
  BOT_ID,
  BOT_TYPE,
  BOT_TENANT_ID,
  BOT_PASSWORD,
}: Environment): Account {
  const { storage, bot, graph } = readConfiguration({
    ...UNUSED,
    AZURE_STORAGE_CONNECTION_STRING,
    AZURE_STORAGE_ACCOUNT_URL,
    GRAPH_BASE_URL,
    BOT_ID,
    BOT_TYPE,
    BOT_TENANT_ID,
    BOT_PASSWORD,
  });
  return { storage, bot, graph };
}
