import { existsSync, readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { readConfiguration } from '../../adapters/config.ts';
import { recognise } from '../../bot/conversation/recognise.ts';
import type { CommandName } from '../../bot/conversation/command.ts';

const root = new URL('../../', import.meta.url);
const at = (path: string): URL => new URL(path, root);
const text = (path: string): string => readFileSync(at(path), 'utf8');

const MANIFEST = 'infra/app-package/manifest.json';
const SAMPLE = 'infra/env/.env.dev.sample';
const bicep = text('infra/azure.bicep');

const path = z.string().optional();
const step = z.object({
  uses: z.string(),
  with: z.object({
    manifestPath: path,
    outputZipPath: path,
    outputFolder: path,
    appPackagePath: path,
    workingDirectory: path,
    templates: z.array(z.object({ path: z.string(), parameters: z.string() })).default([]),
    run: z.string().default(''),
  }),
  writeToEnvironmentFile: z.record(z.string(), z.string()).default({}),
});
const toolkitFile = z.strictObject({
  version: z.string(),
  environmentFolderPath: z.string(),
  provision: z.array(step),
  deploy: z.array(step),
  publish: z.array(step),
});
const toolkit = toolkitFile.parse(parse(text('teamsapp.yml')));
const steps = [...toolkit.provision, ...toolkit.deploy, ...toolkit.publish];

/** The sample's variables; each must be explained by a comment right above it. */
const sampleLines = text(SAMPLE).split('\n');
const sample = new Map(
  sampleLines.flatMap((line) => {
    const [, name = '', value = ''] = /^([A-Z_]+)=(.*)$/.exec(line) ?? [];
    return name ? [[name, value] as const] : [];
  }),
);

const GUID = '3f2b8c1e-5d47-4a90-9e6b-7c1d20f4a8b5';
/** What the toolkit writes into the environment file when it provisions. */
const WRITTEN: Record<string, string> = {
  TEAMS_APP_ID: GUID,
  BOT_ID: GUID,
  BOT_DOMAIN: 'stls-returns-abc.azurewebsites.net',
};

const placeholders = (source: string): string[] => [
  ...new Set([...source.matchAll(/\$\{\{(\w+)\}\}/g)].map(([, name = '']) => name)),
];
const filled = (source: string): string =>
  source.replaceAll(
    /\$\{\{(\w+)\}\}/g,
    (_, name: string) => WRITTEN[name] ?? sample.get(name) ?? '',
  );

const manifestShape = z.object({
  icons: z.object({ color: z.string(), outline: z.string() }),
  bots: z.tuple([
    z.object({
      scopes: z.array(z.string()),
      commandLists: z.array(
        z.object({
          scopes: z.array(z.string()),
          commands: z.array(z.object({ title: z.string() })),
        }),
      ),
    }),
  ]),
});
const manifest = manifestShape.parse(JSON.parse(text(MANIFEST)));

/** What Microsoft's schema of the manifest has against this one; null is nothing. */
function objectionsTo(manifest: string): unknown {
  const schema = JSON.parse(text('test/contract/teams-manifest.schema.json')) as {
    $schema?: string;
  };
  // Draft 4 by its own word, without anything that later drafts read differently.
  delete schema.$schema;
  const ajv = new Ajv({ strict: false, allErrors: true });
  formats.default(ajv);
  const accepts = ajv.compile(schema);
  accepts(JSON.parse(manifest));
  return accepts.errors ?? null;
}

describe('the Teams app package', () => {
  test('has a manifest that Microsoft’s schema accepts, once its placeholders are filled', () => {
    expect(objectionsTo(filled(text(MANIFEST)))).toBeNull();
  });

  test('is refused while the placeholders are not filled', () => {
    expect(objectionsTo(text(MANIFEST))).not.toBeNull();
  });

  test('asks for no permission, and for no place where the bot does not answer', () => {
    const whole = JSON.parse(text(MANIFEST)) as object;
    expect(whole).not.toHaveProperty('authorization');
    expect(whole).not.toHaveProperty('permissions');
    expect(whole).not.toHaveProperty('webApplicationInfo');
    expect(manifest.bots[0].scopes).toEqual(['personal', 'team']);
  });

  test('offers in the personal chat every command that the bot understands, and no other', () => {
    const [bot] = manifest.bots;
    const offered = bot.commandLists
      .filter(({ scopes }) => scopes.includes('personal'))
      .flatMap(({ commands }) => commands.map(({ title }) => recognise(title, [])));
    const meant = offered.map((command) =>
      command.name === 'which district' ? command.of : command.name,
    );
    const commands: CommandName[] = [
      'help',
      'what is due',
      'who is missing',
      'show district',
      'chase district',
      'link practitioner',
      'next clinic',
    ];
    expect(meant.toSorted()).toEqual(commands.toSorted());
  });

  test('has a colour icon of 192 × 192', () => {
    expect(readPng(`infra/app-package/${manifest.icons.color}`)).toMatchObject({
      width: 192,
      height: 192,
    });
  });

  test('has an outline icon of 32 × 32 in white on transparent', () => {
    const { width, height, pixels } = readPng(`infra/app-package/${manifest.icons.outline}`);
    expect({ width, height }).toEqual({ width: 32, height: 32 });
    const visible = pixels.filter(([, , , alpha]) => alpha !== 0);
    const colours = new Set(visible.map(([r, g, b]) => `${r} ${g} ${b}`));
    expect([...colours]).toEqual(['255 255 255']);
    expect(visible.length).toBeLessThan(pixels.length);
  });
});

describe('teamsapp.yml', () => {
  test('names only files that are there, or that it makes first', () => {
    const made = new Set<string | undefined>();
    const missing: string[] = [];
    for (const { with: given } of steps) {
      made.add(given.outputZipPath);
      const named = given.templates.flatMap((t) => [t.path, t.parameters]);
      if (given.manifestPath) named.push(given.manifestPath);
      missing.push(...named.filter((file) => !existsSync(at(file))));
      const built = given.appPackagePath;
      if (built && !made.has(built)) missing.push(built);
    }
    expect(missing).toEqual([]);
    expect(at(`${toolkit.environmentFolderPath}/`).href).toBe(at('infra/env/').href);
  });

  test('deploys what the bot runs on, and neither the demo nor the tests', () => {
    const gather = steps.find(({ uses }) => uses === 'script');
    const [, list = ''] = /\[(.+?)\]/.exec(gather?.with.run ?? '') ?? [];
    const parts = [...list.matchAll(/'([^']+)'/g)].map(([, part = '']) => part);
    expect(parts).toEqual(['bot', 'adapters', 'cards', 'package.json', 'package-lock.json']);
    expect(parts.filter((part) => !existsSync(at(part)))).toEqual([]);
  });

  test('builds nothing and publishes nothing outside the ignored folder .local', () => {
    const written = steps
      .flatMap(({ with: w }) => [w.outputZipPath, w.outputFolder, w.workingDirectory])
      .filter((file) => file !== undefined);
    expect(written.length).toBeGreaterThan(0);
    expect(written.filter((file) => !/^(\.\/)?\.local(\/|$)/.test(file))).toEqual([]);
  });
});

describe('every placeholder', () => {
  const outputs = [...bicep.matchAll(/^output (\w+) /gm)].map(([, name = '']) => name);
  const writtenByActions = steps.flatMap((s) => Object.values(s.writeToEnvironmentFile));

  test.each([MANIFEST, 'teamsapp.yml', 'infra/azure.parameters.json'])(
    'of %s is in the sample, and has a value or something that writes one',
    (path) => {
      // The toolkit asks for these two when they are empty.
      const asked = ['AZURE_SUBSCRIPTION_ID', 'AZURE_RESOURCE_GROUP_NAME'];
      const given = [...sample].filter(([, value]) => value !== '').map(([name]) => name);
      const known = new Set([...asked, ...given, ...outputs, ...writtenByActions]);
      const used = placeholders(text(path));
      expect(used.length).toBeGreaterThan(0);
      expect(used.filter((name) => !known.has(name))).toEqual([]);
      expect(used.filter((name) => !sample.has(name))).toEqual([]);
    },
  );

  test('that is written by provisioning is in the sample, empty', () => {
    const written = [...outputs, ...writtenByActions];
    expect(written.map((name) => [name, sample.get(name)])).toEqual(
      written.map((name) => [name, '']),
    );
  });

  test('is explained in the sample, and the sample has no variable that nothing uses', () => {
    const bare = sampleLines.filter(
      (line, i) => /^[A-Z_]+=/.test(line) && !sampleLines[i - 1]?.startsWith('# '),
    );
    expect(bare).toEqual([]);
    const used = new Set([
      ...placeholders(text(MANIFEST) + text('teamsapp.yml') + text('infra/azure.parameters.json')),
      ...outputs,
      ...writtenByActions,
    ]);
    expect([...sample.keys()].filter((name) => !used.has(name))).toEqual([]);
  });
});

describe('infra/azure.bicep', () => {
  /** Read by App Service itself, and not by the bot. */
  const PLATFORM = ['WEBSITE_RUN_FROM_PACKAGE'];
  const declared = z
    .object({ parameters: z.record(z.string(), z.object({ value: z.string() })) })
    .parse(JSON.parse(text('infra/azure.parameters.json')));
  const settings = appSettings();

  test('gives each of its parameters a value', () => {
    const parameters = [...bicep.matchAll(/^param (\w+) /gm)].map(([, name = '']) => name);
    expect(Object.keys(declared.parameters).toSorted()).toEqual(parameters.toSorted());
  });

  test('makes settings that the bot starts with', () => {
    const config = readConfiguration({ ...settings, PORT: '8080' });
    expect(config).toMatchObject({
      host: '0.0.0.0',
      port: 8080,
      site: new URL(sample.get('SHAREPOINT_SITE') ?? ''),
      storage: { accountUrl: 'https://stlsreturns.table.core.windows.net' },
      bot: { id: GUID, type: 'UserAssignedMSI', tenantId: GUID, password: '' },
      graph: { isLoopback: false },
      clockFile: undefined,
    });
  });

  test.each(['SHAREPOINT_SITE', 'AZURE_STORAGE_ACCOUNT_URL', 'BOT_ID', 'BOT_TENANT_ID'])(
    'could not do without %s',
    (name) => {
      expect(() => readConfiguration({ ...settings, [name]: '' })).toThrow(name);
    },
  );

  test('makes no setting that nobody reads', () => {
    const [, known = ''] =
      /const environment = z\.object\(\{(.+?)\n\}\);/s.exec(text('adapters/config.ts')) ?? [];
    const read = [...known.matchAll(/^ {2}([A-Z_]+):/gm)].map(([, name = '']) => name);
    expect(read).toContain('SHAREPOINT_SITE');
    const unread = Object.keys(settings).filter((name) => ![...read, ...PLATFORM].includes(name));
    expect(unread).toEqual([]);
  });

  test('keeps no secret, and no key that could be one', () => {
    expect(Object.keys(settings)).not.toContain('BOT_PASSWORD');
    expect(bicep).not.toMatch(/listKeys|AccountKey|ConnectionString|@secure/i);
    const storage = resource('storage');
    expect(storage).toContain('allowSharedKeyAccess: false');
    expect(storage).toContain('allowBlobPublicAccess: false');
    expect(storage).toContain("minimumTlsVersion: 'TLS1_2'");
  });

  test('lets the identity at the tables of its own account, and at nothing else', () => {
    const roles = [
      ...bicep.matchAll(/^resource (\w+) 'Microsoft\.Authorization\/roleAssignments/gm),
    ];
    expect(roles.map(([, name]) => name)).toEqual(['tablesOfTheBot']);
    const role = resource('tablesOfTheBot');
    expect(role).toContain('scope: storage');
    expect(role).toContain('principalId: identity.properties.principalId');
    expect(bicep).toContain("var tableDataContributor = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'");
  });

  test('runs one instance of the bot, on HTTPS only, and asks it for its health', () => {
    expect(resource('plan')).toContain('capacity: 1');
    const webApp = resource('webApp');
    expect(webApp).toContain('httpsOnly: true');
    expect(webApp).toContain('alwaysOn: true');
    expect(webApp).toContain("linuxFxVersion: 'NODE|24-lts'");
    expect(pathIn(webApp, /healthCheckPath: '(.+)'/)).toBe('/healthz');
    const [, script = ''] = /appCommandLine: 'npm run (\w+)'/.exec(webApp) ?? [];
    const { scripts } = z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(JSON.parse(text('package.json')));
    expect(scripts[script]).toBe('node adapters/serve.ts');
  });

  test('sends Teams’ messages to where the bot listens', () => {
    const server = text('adapters/http/server.ts');
    const bot = resource('bot');
    expect(server).toContain(`app.post('${pathIn(bot, /endpoint: 'https:\/\/\$\{.+?\}(.+)'/)}'`);
    expect(server).toContain(`app.get('${pathIn(resource('webApp'), /healthCheckPath: '(.+)'/)}'`);
    expect(bot).toContain("msaAppType: 'UserAssignedMSI'");
    expect(resource('teamsChannel')).toContain("channelName: 'MsTeamsChannel'");
  });

  function resource(name: string): string {
    const found = new RegExp(`^resource ${name} '.+?\\n\\}`, 'ms').exec(bicep);
    return found?.[0] ?? '';
  }

  /** The web app's settings, with what Azure would put in place of each expression. */
  function appSettings(): Record<string, string> {
    const expressions: Record<string, string> = {
      sharePointSite: sample.get('SHAREPOINT_SITE') ?? '',
      'identity.properties.clientId': GUID,
      'identity.properties.tenantId': GUID,
      'storage.name': 'stlsreturns',
      'environment().suffixes.storage': 'core.windows.net',
    };
    const valueOf = (expression: string): string => {
      const value = expressions[expression];
      if (value === undefined) throw new Error(`what is ${expression} in Azure?`);
      return value;
    };
    const block = /appSettings: \[(.+?)\n {6}\]/s.exec(bicep)?.[1] ?? '';
    return Object.fromEntries(
      [...block.matchAll(/name: '(\w+)'\s+value: (.+)/g)].map(([, name = '', value = '']) => [
        name,
        value.startsWith("'")
          ? value.slice(1, -1).replaceAll(/\$\{(.+?)\}/g, (_, e: string) => valueOf(e))
          : valueOf(value),
      ]),
    );
  }
});

const pathIn = (source: string, pattern: RegExp): string | undefined => pattern.exec(source)?.[1];

type Pixel = [red: number, green: number, blue: number, alpha: number];
type Png = { width: number; height: number; pixels: Pixel[] };

/** Reads a PNG of 8 bits a channel, RGB or RGBA, not interlaced (www.w3.org/TR/png). */
function readPng(path: string): Png {
  const file = readFileSync(at(path));
  expect(file.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a');
  const chunks = chunksOf(file);
  const header = chunks.find(({ type }) => type === 'IHDR')?.data ?? Buffer.alloc(13);
  const [depth, colourType, , , interlace] = header.subarray(8);
  expect({ depth, interlace }).toEqual({ depth: 8, interlace: 0 });
  expect([2, 6]).toContain(colourType);
  const size = { width: header.readUInt32BE(0), height: header.readUInt32BE(4) };
  const packed = chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data);
  const channels = colourType === 6 ? 4 : 3;
  const rows = unfilter(inflateSync(Buffer.concat(packed)), size.width * channels, channels);
  const pixels = rows.flatMap((row) =>
    Array.from({ length: size.width }, (_, x): Pixel => {
      const [r = 0, g = 0, b = 0, alpha = 255] = row.subarray(x * channels, (x + 1) * channels);
      return [r, g, b, alpha];
    }),
  );
  return { ...size, pixels };
}

function chunksOf(file: Buffer): { type: string; data: Buffer }[] {
  const chunks = [];
  for (let start = 8; start < file.length;) {
    const length = file.readUInt32BE(start);
    const type = file.toString('latin1', start + 4, start + 8);
    chunks.push({ type, data: file.subarray(start + 8, start + 8 + length) });
    start += length + 12;
  }
  return chunks;
}

/** Undoes the filter of each row, which is named by its first byte. */
function unfilter(data: Buffer, width: number, channels: number): Buffer[] {
  const rows: Buffer[] = [];
  for (let start = 0; start < data.length; start += width + 1) {
    const row = Buffer.from(data.subarray(start + 1, start + 1 + width));
    const above = rows.at(-1) ?? Buffer.alloc(width);
    for (let i = 0; i < width; i++) {
      const left = row[i - channels] ?? 0;
      const up = above[i] ?? 0;
      const corner = above[i - channels] ?? 0;
      const guess = [0, left, up, Math.floor((left + up) / 2), paeth(left, up, corner)];
      row[i] = (row[i] ?? 0) + (guess[data[start] ?? 0] ?? 0);
    }
    rows.push(row);
  }
  return rows;
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const far = (value: number): number => Math.abs(guess - value);
  if (far(left) <= far(up) && far(left) <= far(corner)) return left;
  return far(up) <= far(corner) ? up : corner;
}
