import { z } from 'zod';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]', '::1']);
export const isLoopback = (host: string): boolean => LOOPBACK.has(host);

/** The token that a loopback SharePoint emulator expects. It opens nothing else. */
export const LOOPBACK_TOKEN = 'loopback-only';

const GRAPH_HOST = 'graph.microsoft.com';

const port = (fallback: number) =>
  z.coerce.number('must be a number').int().min(0).max(65_535).default(fallback);

const url = z.url('must be a URL such as https://example.org');

/** Nothing of a name or a password that somebody pasted along may reach a log or a screen. */
function isSiteAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, search, hash } = new URL(text);
  return protocol === 'https:' && `${username}${password}${search}${hash}` === '';
}

/** Every variable that the bot reads, where it is read. */
const environment = z.object({
  /** Port of the bot's HTTP server. */
  PORT: port(3978),
  /** Address to bind. Anything but loopback needs BOT_ID. */
  HOST: z.string().default('127.0.0.1'),
  /** Microsoft Graph, or a loopback emulator of it. */
  GRAPH_BASE_URL: url.default(`https://${GRAPH_HOST}`),
  /** The SharePoint site that holds the lists, `https://tenant.sharepoint.com/sites/name`. */
  SHAREPOINT_SITE: url.refine(isSiteAddress, 'must be an https address without a name or a query'),
  /** Azure Table Storage by connection string (local), … */
  AZURE_STORAGE_CONNECTION_STRING: z.string().min(1).optional(),
  /** … or by account URL with the app's identity, `https://account.table.core.windows.net`. */
  AZURE_STORAGE_ACCOUNT_URL: url.optional(),
  /** The bot's Microsoft Entra app id. Empty only on loopback. */
  BOT_ID: z.string().default(''),
  /** `UserAssignedMSI`, `SingleTenant` or `MultiTenant`. */
  BOT_TYPE: z.enum(['UserAssignedMSI', 'SingleTenant', 'MultiTenant']).default('UserAssignedMSI'),
  BOT_TENANT_ID: z.string().default(''),
  /** Only for BOT_TYPE SingleTenant or MultiTenant. */
  BOT_PASSWORD: z.string().default(''),
  /** Seconds between looks at the lists. */
  POLL_SECONDS: z.coerce.number('must be a number').int().min(1).max(3600).default(60),
  /** Seconds in which a request of Graph must succeed, all attempts together. */
  GRAPH_PATIENCE_SECONDS: z.coerce.number('must be a number').min(1).max(600).default(60),
  /**
   * Resource units that may be used in a minute. Microsoft allows 1,250 in a tenant of up to 1,000
   * licences (learn.microsoft.com: avoid getting throttled or blocked in SharePoint Online).
   */
  GRAPH_UNITS_PER_MINUTE: z.coerce.number('must be a number').int().min(60).default(1_000),
  /** Where Microsoft Graph reaches the bot, `https://host`. Empty: the lists are only polled. */
  PUBLIC_URL: url.optional(),
  /**
   * Azure OpenAI, `https://name.openai.azure.com`: asked which command was meant where the bot is not sure.
   * Empty: no model is asked.
   */
  AZURE_OPENAI_ENDPOINT: url.optional(),
  /** The name under which a chat model is deployed there. */
  AZURE_OPENAI_DEPLOYMENT: z.string().min(1).optional(),
  /** Only where the app's identity has no role there. */
  AZURE_OPENAI_KEY: z.string().min(1).optional(),
  /** Set by the local start only: the file that holds the local clock. */
  CLOCK_FILE: z.string().min(1).optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
});

export type Configuration = {
  port: number;
  host: string;
  graph: {
    baseUrl: string;
    isLoopback: boolean;
    patienceMs: number;
    unitsPerMinute: number;
  };
  /** Where change notifications are sent; undefined where nobody can send them. */
  publicUrl: URL | undefined;
  site: URL;
  storage: { connectionString: string } | { accountUrl: string };
  bot: { id: string; type: string; tenantId: string; password: string };
  /** Undefined where no model is asked. Without a key the app's identity signs in. */
  model: { endpoint: URL; deployment: string; key: string | undefined } | undefined;
  pollSeconds: number;
  clockFile: string | undefined;
  logLevel: string;
};

/** The configuration cannot be used. The message names every problem and its remedy. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(
      `The configuration has ${problems.length} problem(s):\n${problems.map((p) => `  - ${p}`).join('\n')}`,
    );
    this.problems = problems;
  }
}

/** Reads the configuration from the environment: one function, all problems at once. */
export function readConfiguration(env: NodeJS.ProcessEnv = process.env): Configuration {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(set);
  const issues = parsed.success
    ? []
    : parsed.error.issues.map(
        (i) => `${i.path.join('.')}: ${i.message}. ${remedyFor(String(i.path[0]))}`,
      );
  const problems = [...issues, ...combinationProblems(set)];
  if (!parsed.success || problems.length > 0) throw new ConfigurationError(problems);
  return shape(parsed.data);
}

const REMEDIES: Record<string, string> = {
  SHAREPOINT_SITE: 'Set it to the address of the SharePoint site that holds the STLS lists',
  GRAPH_BASE_URL: 'Leave it unset for Microsoft Graph, or give the address of a loopback emulator',
  PORT: 'Set it to a free port from 1 to 65535',
};

const remedyFor = (name: string): string => `${REMEDIES[name] ?? `Correct ${name}`}.`;

function combinationProblems(env: Environment): string[] {
  return [
    ...storageProblems(env),
    ...graphProblems(env['GRAPH_BASE_URL']),
    ...publicProblems(env),
    ...botProblems(env),
    ...modelProblems(env),
    ...localProblems(env),
  ];
}

function storageProblems(env: Environment): string[] {
  const given = [env['AZURE_STORAGE_CONNECTION_STRING'], env['AZURE_STORAGE_ACCOUNT_URL']].filter(
    Boolean,
  );
  const text = env['AZURE_STORAGE_CONNECTION_STRING'];
  if (text && !/AccountName=|UseDevelopmentStorage=true/i.test(text)) {
    return [
      'AZURE_STORAGE_CONNECTION_STRING: is no connection string. Copy it whole, from AccountName to the end.',
    ];
  }
  if (given.length === 1) return [];
  return [
    'Storage: set AZURE_STORAGE_CONNECTION_STRING (local) or AZURE_STORAGE_ACCOUNT_URL (identity-based), one of the two.',
  ];
}

function graphProblems(text: string | undefined): string[] {
  if (!text || !URL.canParse(text)) return [];
  const { protocol, hostname } = new URL(text);
  const fine = (protocol === 'https:' && hostname === GRAPH_HOST) || isLoopback(hostname);
  return fine
    ? []
    : [
        `GRAPH_BASE_URL: ${hostname} is neither ${GRAPH_HOST} nor loopback, and no token is sent elsewhere. Unset it.`,
      ];
}

/** Graph notifies over https alone; an emulator on this machine may do without. */
function publicProblems(env: Environment): string[] {
  const text = env['PUBLIC_URL'];
  if (!text || !URL.canParse(text)) return [];
  const { protocol, hostname } = new URL(text);
  const local = isLoopback(hostname) && isLoopbackUrl(env['GRAPH_BASE_URL'] ?? '');
  return protocol === 'https:' || local
    ? []
    : [`PUBLIC_URL: ${text} is not https, and Microsoft Graph notifies nobody else. Correct it.`];
}

/** What people say goes to no address that anybody can listen at. */
function modelProblems(env: Environment): string[] {
  const endpoint = env['AZURE_OPENAI_ENDPOINT'];
  const deployment = env['AZURE_OPENAI_DEPLOYMENT'];
  if (Boolean(endpoint) !== Boolean(deployment)) {
    return [
      'Model: set AZURE_OPENAI_ENDPOINT and AZURE_OPENAI_DEPLOYMENT, or neither: the bot works without a model.',
    ];
  }
  if (!endpoint || !URL.canParse(endpoint)) return [];
  const { protocol, hostname } = new URL(endpoint);
  return protocol === 'https:' || isLoopback(hostname)
    ? []
    : [`AZURE_OPENAI_ENDPOINT: ${hostname} is not asked over https. Correct it.`];
}

/** A local clock is made up: it is for loopback parts only. */
const localProblems = (env: Environment): string[] =>
  env['CLOCK_FILE'] ? beyondLoopback('CLOCK_FILE is set', env) : [];

/** Without an app id nobody who writes to the bot is verified, so it may only serve loopback parts. */
export const servingProblems = (env: Environment = process.env): string[] =>
  env['BOT_ID'] ? [] : beyondLoopback('BOT_ID is empty', env);

function beyondLoopback(why: string, env: Environment): string[] {
  const graph = env['GRAPH_BASE_URL'] || `https://${GRAPH_HOST}`;
  const storage =
    env['AZURE_STORAGE_ACCOUNT_URL'] ||
    /TableEndpoint=([^;]+)/.exec(env['AZURE_STORAGE_CONNECTION_STRING'] ?? '')?.[1];
  const remedy = 'Set BOT_ID and unset CLOCK_FILE for a real tenant, or use loopback parts.';
  return [
    ...(isLoopbackUrl(graph)
      ? []
      : [`${why}, but Graph is ${graph}: anyone could change a real site. ${remedy}`]),
    ...(!storage || isLoopbackUrl(storage)
      ? []
      : [`${why}, but the storage is not on loopback. ${remedy}`]),
  ];
}

type Environment = Readonly<Record<string, string | undefined>>;

const isLoopbackUrl = (text: string): boolean =>
  URL.canParse(text) && isLoopback(new URL(text).hostname);

function botProblems(env: Environment): string[] {
  const id = env['BOT_ID'] ?? '';
  const host = env['HOST'] ?? '127.0.0.1';
  const type = env['BOT_TYPE'] ?? 'UserAssignedMSI';
  if (!id && !isLoopback(host)) {
    return [
      `BOT_ID is empty and HOST is ${host}: anyone could speak to the bot unverified. Set BOT_ID to the bot's app id, or HOST to 127.0.0.1.`,
    ];
  }
  if (!id) return [];
  return [
    ...(type !== 'MultiTenant' && !env['BOT_TENANT_ID']
      ? [`BOT_TENANT_ID is empty: BOT_TYPE ${type} needs the tenant's id.`]
      : []),
    ...(type !== 'UserAssignedMSI' && !env['BOT_PASSWORD']
      ? [
          `BOT_PASSWORD is empty: BOT_TYPE ${type} needs a client secret. UserAssignedMSI needs none.`,
        ]
      : []),
    ...(env['CLOCK_FILE']
      ? [
          'CLOCK_FILE is set beside BOT_ID: a local clock would chase real people at made-up times. Unset it.',
        ]
      : []),
  ];
}

function shape(env: z.infer<typeof environment>): Configuration {
  const graph = new URL(env.GRAPH_BASE_URL);
  const storage = env.AZURE_STORAGE_CONNECTION_STRING
    ? { connectionString: env.AZURE_STORAGE_CONNECTION_STRING }
    : { accountUrl: env.AZURE_STORAGE_ACCOUNT_URL ?? '' };
  return {
    port: env.PORT,
    host: env.HOST,
    graph: {
      baseUrl: graph.origin,
      isLoopback: isLoopback(graph.hostname),
      patienceMs: env.GRAPH_PATIENCE_SECONDS * 1000,
      unitsPerMinute: env.GRAPH_UNITS_PER_MINUTE,
    },
    publicUrl: env.PUBLIC_URL ? new URL(env.PUBLIC_URL) : undefined,
    site: new URL(env.SHAREPOINT_SITE),
    storage,
    bot: {
      id: env.BOT_ID,
      type: env.BOT_TYPE,
      tenantId: env.BOT_TENANT_ID,
      password: env.BOT_PASSWORD,
    },
    model:
      env.AZURE_OPENAI_ENDPOINT && env.AZURE_OPENAI_DEPLOYMENT
        ? {
            endpoint: new URL(env.AZURE_OPENAI_ENDPOINT),
            deployment: env.AZURE_OPENAI_DEPLOYMENT,
            key: env.AZURE_OPENAI_KEY,
          }
        : undefined,
    pollSeconds: env.POLL_SECONDS,
    clockFile: env.CLOCK_FILE,
    logLevel: env.LOG_LEVEL,
  };
}
