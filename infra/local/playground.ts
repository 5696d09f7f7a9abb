import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { CHANNEL, type Role } from './roles.ts';

const TENANT = '00000000-0000-4000-8000-000000000001';
const BOT = { id: '00000000-0000-4000-8000-000000000011', name: 'STLS returns bot' };

/** The Playground insists on exactly five users beside the one who is signed in. */
const OTHERS = ['Ashby', 'Brook', 'Croft', 'Dale', 'Elm'];

/** Writes what a Playground needs to know of the person who is signed in; gives the file's path. */
export function writePlaygroundFile(folder: string, role: Role): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `playground-${role.key}.yml`);
  writeFileSync(file, stringify(playgroundFile(role)));
  return file;
}

function playgroundFile(role: Role) {
  return {
    version: '0.1.1',
    tenantId: TENANT,
    bot: BOT,
    currentUser: user(`user-${role.key}`, role.name, role.email, role.entraObjectId),
    users: OTHERS.map((name, i) =>
      user(
        `user-other-${i}`,
        `${name} (demo)`,
        `${name.toLowerCase()}@stls.example`,
        `00000000-0000-4000-8000-0000000009${10 + i}`,
      ),
    ),
    personalChat: { id: role.personalChat },
    groupChat: { id: `group-${role.key}`, name: 'Group chat' },
    team: {
      id: `team-${role.key}`,
      name: 'Commissioning',
      aadGroupId: '00000000-0000-4000-8000-000000000031',
      channels: [CHANNEL],
    },
  };
}

function user(id: string, name: string, email: string, aadObjectId: string) {
  const [givenName = name, surname = ''] = name.split(' ');
  // `userPrincipleName` is how the Playground spells it.
  return { id, name, userPrincipleName: email, aadObjectId, givenName, surname, email };
}

/** Tells the bot, through a Playground, that it was installed in a conversation. */
export async function install(playgroundUrl: string, conversation: string): Promise<void> {
  const url = `${playgroundUrl}/_debug/conversation/${conversation}/installation`;
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  if (!answer.ok) throw new Error(`the Playground answered ${answer.status} to ${url}`);
}

/**
 * Keeps a listener on a Playground while the demo runs. A Playground shows no history: what is sent
 * while nobody looks is kept aside, and shown to the first visitor or lost, by chance. With a
 * listener nothing is kept aside, and whoever opens the page has their cards sent anew, once.
 */
export async function listen(playgroundUrl: string): Promise<WebSocket> {
  const socket = new WebSocket(
    `${playgroundUrl.replace('http', 'ws')}/_ws_conversation/v1/conversations/stream`,
  );
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve(), { once: true });
    socket.addEventListener(
      'error',
      () => reject(new Error(`${playgroundUrl} refused a listener`)),
      {
        once: true,
      },
    );
  });
  return socket;
}
