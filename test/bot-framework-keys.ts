import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';

/**
 * Stands, on loopback, where a bot in a tenant meets Microsoft's identities: the Bot Framework's signing
 * keys, by which what comes in is verified (learn.microsoft.com: "Authenticate requests from the Bot
 * Connector service"), and the managed identity of Azure's App Service, by which answers are signed.
 */
export type BotFrameworkKeys = {
  /** What a process of the bot needs in its environment. */
  env: Record<string, string>;
  /** An Authorization header as the Bot Framework's connector sends it, with other claims or another key where they are given. */
  bearer(claims: Claims, by?: Signer): string;
  /** The public half of the key, as everybody can read it. */
  publicKey: string;
  /** How often an identity was asked for a token, each of which is numbered, and how long one lasts. */
  tokens: { given: number; lastSeconds: number };
  stop(): void;
};

export type Claims = { aud: string; serviceurl: string; iss?: string; nbf?: number; exp?: number };
/** `alg` and how it signs; without a signature where it has none. */
export type Signer = { kid: string; alg: string; sign: (text: string) => string };

export const withKey = (kid: string, key: KeyObject): Signer => ({
  kid,
  alg: 'RS256',
  sign: (text) => sign('RSA-SHA256', Buffer.from(text), key).toString('base64url'),
});

export const newKey = () => generateKeyPairSync('rsa', { modulusLength: 2048 });

const ISSUER = 'https://api.botframework.com';
const HEADER = 'loopback-only';
const HOUR = 3_600;
/** The id of the one key that there is. */
export const KNOWN_KEY = 'known';
/** What a bot's answers are signed with here begins so; the connector stand-ins may look for it. */
export const ACCESS_TOKEN = 'a-token-of-loopback-';

export async function startBotFrameworkKeys(): Promise<BotFrameworkKeys> {
  const { publicKey, privateKey } = newKey();
  const known = withKey(KNOWN_KEY, privateKey);
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: known.kid, endorsements: ['msteams'] };
  const server = createServer((req, res) => answer(req, res, jwk, keys));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const keys: BotFrameworkKeys = {
    env: {
      BOT_KEYS_URL: `${url}/openid`,
      IDENTITY_ENDPOINT: `${url}/token`,
      IDENTITY_HEADER: HEADER,
      // However else this machine could sign in.
      AZURE_TENANT_ID: '',
      AZURE_CLIENT_ID: '',
      AZURE_CLIENT_SECRET: '',
      AZURE_TOKEN_CREDENTIALS: '',
    },
    bearer: (claims, by = known) => `Bearer ${signed(claims, by)}`,
    publicKey: publicKey.export({ format: 'pem', type: 'spki' }).toString(),
    tokens: { given: 0, lastSeconds: 24 * HOUR },
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
  return keys;
}

/** As {@link trustKeysAt}, where this process's environment says so. */
export function trustKeysInEnvironment(): void {
  const url = process.env['BOT_KEYS_URL'];
  if (url) trustKeysAt(url);
}

/** Has this process ask for the keys on loopback, and not at login.botframework.com; gives what undoes it. */
export function trustKeysAt(url: string): () => void {
  const fromBotbuilder = createRequire(import.meta.resolve('botbuilder'));
  const { AuthenticationConstants } = fromBotbuilder('botframework-connector') as {
    AuthenticationConstants: Record<string, string>;
  };
  const before = AuthenticationConstants[METADATA] ?? '';
  AuthenticationConstants[METADATA] = url;
  return () => {
    AuthenticationConstants[METADATA] = before;
  };
}

const METADATA = 'ToBotFromChannelOpenIdMetadataUrl';

function answer(
  { url = '', headers }: IncomingMessage,
  res: ServerResponse,
  jwk: object,
  keys: BotFrameworkKeys,
): void {
  const [path] = url.split('?');
  res.setHeader('content-type', 'application/json');
  if (path === '/openid') res.end(JSON.stringify({ jwks_uri: `http://${headers.host}/keys` }));
  else if (path === '/keys') res.end(JSON.stringify({ keys: [jwk] }));
  else if (path === '/token' && headers['x-identity-header'] === HEADER) {
    const { tokens } = keys;
    tokens.given += 1;
    const expires_on = String(Math.floor(Date.now() / 1000) + tokens.lastSeconds);
    const access_token = `${ACCESS_TOKEN}${tokens.given}`;
    res.end(JSON.stringify({ access_token, expires_on, token_type: 'Bearer' }));
  } else {
    res.statusCode = 404;
    res.end('{}');
  }
}

function signed(claims: Claims, { kid, alg, sign: signWith }: Signer): string {
  const now = Math.floor(Date.now() / 1000);
  const payload = { iss: ISSUER, nbf: now - 60, exp: now + HOUR, ...claims };
  const parts = [{ alg, typ: 'JWT', kid }, payload]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${parts}.${signWith(parts)}`;
}
