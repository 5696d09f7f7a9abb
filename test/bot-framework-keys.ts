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
  env: { BOT_KEYS_URL: string; IDENTITY_ENDPOINT: string; IDENTITY_HEADER: string };
  /** An Authorization header as the Bot Framework's connector sends it, with other claims or another key where they are given. */
  bearer(claims: Claims, by?: Signer): string;
  /** A key that the Bot Framework does not know, under the id of one that it does. */
  stranger: Signer;
  stop(): void;
};

export type Claims = { aud: string; serviceurl: string; iss?: string; nbf?: number; exp?: number };
export type Signer = { kid: string; key: KeyObject };

const ISSUER = 'https://api.botframework.com';
const HEADER = 'loopback-only';
const HOUR = 3_600;
/** What a bot's answers are signed with here; the connector stand-ins may look for it. */
export const ACCESS_TOKEN = 'a-token-of-loopback';

export async function startBotFrameworkKeys(): Promise<BotFrameworkKeys> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const known: Signer = { kid: 'known', key: privateKey };
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: known.kid, endorsements: ['msteams'] };
  const server = createServer((req, res) => answer(req, res, jwk));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    env: {
      BOT_KEYS_URL: `${url}/openid`,
      IDENTITY_ENDPOINT: `${url}/token`,
      IDENTITY_HEADER: HEADER,
    },
    bearer: (claims, by = known) => `Bearer ${signed(claims, by)}`,
    stranger: {
      kid: known.kid,
      key: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
    },
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Has this process ask for the keys on loopback, and not at login.botframework.com, where its environment says so. */
export function trustKeysInEnvironment(): void {
  const url = process.env['BOT_KEYS_URL'];
  if (url) trustKeysAt(url);
}

export function trustKeysAt(url: string): void {
  const fromBotbuilder = createRequire(import.meta.resolve('botbuilder'));
  const { AuthenticationConstants } = fromBotbuilder('botframework-connector') as {
    AuthenticationConstants: Record<string, string>;
  };
  AuthenticationConstants['ToBotFromChannelOpenIdMetadataUrl'] = url;
}

function answer({ url = '', headers }: IncomingMessage, res: ServerResponse, jwk: object): void {
  const [path] = url.split('?');
  res.setHeader('content-type', 'application/json');
  if (path === '/openid') res.end(JSON.stringify({ jwks_uri: `http://${headers.host}/keys` }));
  else if (path === '/keys') res.end(JSON.stringify({ keys: [jwk] }));
  else if (path === '/token' && headers['x-identity-header'] === HEADER) {
    const expires_on = String(Math.floor(Date.now() / 1000) + 24 * HOUR);
    res.end(JSON.stringify({ access_token: ACCESS_TOKEN, expires_on, token_type: 'Bearer' }));
  } else {
    res.statusCode = 404;
    res.end('{}');
  }
}

function signed(claims: Claims, { kid, key }: Signer): string {
  const now = Math.floor(Date.now() / 1000);
  const payload = { iss: ISSUER, nbf: now - 60, exp: now + HOUR, ...claims };
  const parts = [{ alg: 'RS256', typ: 'JWT', kid }, payload]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${parts}.${sign('RSA-SHA256', Buffer.from(parts), key).toString('base64url')}`;
}
