import { existsSync, globSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { inflateSync } from 'node:zlib';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { readConfiguration } from '../../adapters/config.ts';
import { recognise } from '../../bot/conversation/recognise.ts';
import { ROLES, type Role } from '../../bot/access/people.ts';
import type { Asking } from '../../bot/conversation/asking.ts';
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

/** The parts of the checkout that `deploy` gathers. */
const deployed = [
  ...(/\[(.+?)\]/
    .exec(steps.find(({ uses }) => uses === 'script')?.with.run ?? '')?.[1]
    ?.matchAll(/'([^']+)'/g) ?? []),
].map(([, part = '']) => part);

const named = z.record(z.string(), z.string());
const npm = z
  .object({ scripts: named, dependencies: named })
  .parse(JSON.parse(text('package.json')));
const { scripts } = npm;

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

/** What a recogniser knows of the service on a Monday, besides who asks. */
const asking: Omit<Asking, 'roles'> = {
  today: '2026-11-23',
  districts: ['Dover'],
  before: [],
  names: {
    districts: [{ name: 'Dover', otherNames: [] }],
    schools: [],
    practitioners: [],
    measures: [],
    glossary: [{ name: 'actively supported', otherNames: [] }],
  },
};

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

  test('offers in the personal chat, to each role, what the bot understands', () => {
    const [bot] = manifest.bots;
    const offered = bot.commandLists
      .filter(({ scopes }) => scopes.includes('personal'))
      .flatMap(({ commands }) => commands.map(({ title }) => title));
    // By title: who is meant, and which command it is.
    const meant: Record<string, [Role, CommandName]> = {
      help: ["Lead's manager", 'help'],
      'who is our link practitioner': ['SENCO', 'link practitioner'],
      'when is the next clinic': ['SENCO', 'next clinic'],
      'book the next clinic': ['SENCO', 'book clinic'],
      'what does actively supported mean': ["Lead's manager", 'definition'],
      'what is due': ['District lead', 'what is due'],
      'my open queries': ['District lead', 'my open queries'],
      'my last return': ['District lead', 'my last return'],
      'who is missing': ['Commissioner', 'who is missing'],
      'what changed since Monday': ['Commissioner', 'what changed'],
      findings: ['Commissioner', 'show findings'],
      'my schools': ['Link practitioner', 'my schools'],
    };
    expect(offered.toSorted()).toEqual(Object.keys(meant).toSorted());
    for (const [title, [role, name]] of Object.entries(meant)) {
      const understood = recognise(title, { ...asking, roles: [role] }).map((one) => one.name);
      expect(understood, `for ${title}`).toEqual([name]);
    }
    expect(new Set(Object.values(meant).map(([role]) => role))).toEqual(new Set(ROLES));
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
    expect(deployed).toEqual(['bot', 'adapters', 'cards', 'package.json', 'package-lock.json']);
    expect(deployed.filter((part) => !existsSync(at(part)))).toEqual([]);
  });

  test('deploys every command that the runbook runs in the web app', () => {
    const commands = ['serve', 'provision', 'doctor'].filter((name) => name in scripts);
    expect(commands).toContain('serve');
    for (const name of commands) {
      const file = /\S+\.ts$/.exec(scripts[name] ?? '')?.[0] ?? '';
      expect(deployed).toContain(file.split('/')[0]);
      expect(existsSync(at(file))).toBe(true);
    }
  });

  test('deploys every package that the code imports: development packages stay at home', () => {
    const sources = ['bot', 'adapters', 'cards'].flatMap((part) =>
      globSync(`${part}/**/*.ts`, { cwd: root }).map((file) => text(file)),
    );
    const imported = sources.flatMap((source) =>
      [...source.matchAll(/^(?:import|export|\}).* from '([^.'][^']*)';$/gm)].map(
        ([, name = '']) => name,
      ),
    );
    const packages = new Set(
      imported
        .filter((name) => !isBuiltin(name))
        .map((name) => /^(@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name),
    );
    expect(packages.size).toBeGreaterThan(5);
    expect([...packages].filter((name) => !(name in npm.dependencies))).toEqual([]);
  });

  test('deploys no package that keeps Application Insights’ agent out', () => {
    const lock = z
      .object({ packages: z.record(z.string(), z.object({ dev: z.boolean().default(false) })) })
      .parse(JSON.parse(text('package-lock.json')));
    expect(lock.packages['node_modules/applicationinsights']?.dev ?? true).toBe(true);
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
  const PLATFORM = [
    'WEBSITE_RUN_FROM_PACKAGE',
    'ApplicationInsightsAgent_EXTENSION_VERSION',
    'APPLICATIONINSIGHTS_CONNECTION_STRING',
    'APPLICATIONINSIGHTS_AUTHENTICATION_STRING',
  ];
  /** What the bot reads and Azure does without, and why. */
  const NOT_IN_AZURE: Record<string, string> = {
    PORT: 'given by App Service',
    GRAPH_BASE_URL: 'is Microsoft Graph',
    GRAPH_PATIENCE_SECONDS: 'has a default',
    GRAPH_UNITS_PER_MINUTE: 'has a default',
    POLL_SECONDS: 'has a default',
    LOG_LEVEL: 'has a default',
    AZURE_STORAGE_CONNECTION_STRING: 'is for keys, and there are none',
    BOT_PASSWORD: 'is for other types of bot',
    AZURE_OPENAI_KEY: 'is for keys, and there are none',
    CLOCK_FILE: 'is for the demo',
  };
  const declared = z
    .object({ parameters: z.record(z.string(), z.object({ value: z.string() })) })
    .parse(JSON.parse(text('infra/azure.parameters.json')));
  const settings = appSettings();

  test('gives each of its parameters a value', () => {
    const parameters = [...bicep.matchAll(/^param (\w+) /gm)].map(([, name = '']) => name);
    expect(Object.keys(declared.parameters).toSorted()).toEqual(parameters.toSorted());
  });

  test('names nothing that it does not declare', () => {
    const symbols = [...bicep.matchAll(/^(?:param|var|resource) (\w+) /gm)].map(([, name]) => name);
    const code = bicep.replaceAll(/^\s*(\/\/|@description).*$/gm, '');
    const used = [
      ...code.matchAll(/\b([a-z]\w+)\.(?:id|name|properties)\b/g),
      ...code.matchAll(/^ {2}(?:parent|scope): (\w+)$/gm),
      ...code.matchAll(/^ {4}(\w+)$/gm),
    ].map(([, name]) => name);
    expect(used.length).toBeGreaterThan(20);
    expect(used.filter((name) => !symbols.includes(name))).toEqual([]);
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

  test('sets everything that the bot reads, but for what Azure can do without', () => {
    const missing = variablesOfTheBot().filter((name) => !(name in settings));
    expect(missing.filter((name) => !(name in NOT_IN_AZURE))).toEqual([]);
    expect(Object.keys(settings).filter((name) => name in NOT_IN_AZURE)).toEqual([]);
  });

  test('sets nothing that nobody reads', () => {
    const read = new Set([...variablesOfTheBot(), ...PLATFORM]);
    expect(Object.keys(settings).filter((name) => !read.has(name))).toEqual([]);
    expect(PLATFORM.filter((name) => !(name in settings))).toEqual([]);
  });

  test('keeps no secret, and no key that could be one', () => {
    expect(Object.keys(settings)).not.toContain('BOT_PASSWORD');
    // Without local authentication, Application Insights’ connection string is an address.
    expect(resource('insights')).toContain('DisableLocalAuth: true');
    expect(resource('workspace')).toContain('disableLocalAuth: true');
    const rest = bicep.replace('insights.properties.ConnectionString', '');
    expect(rest).not.toMatch(/listKeys|AccountKey|ConnectionString|InstrumentationKey|@secure/i);
    const storage = resource('storage');
    expect(storage).toContain('allowSharedKeyAccess: false');
    expect(storage).toContain('allowBlobPublicAccess: false');
    expect(storage).toContain("minimumTlsVersion: 'TLS1_2'");
    expect(storage).toContain('supportsHttpsTrafficOnly: true');
    expect(resource('noPasswordForScm')).toContain('allow: false');
    expect(resource('noPasswordForFtp')).toContain('allow: false');
  });

  test('lets the identity at its own tables, blobs, queues and telemetry, and at nothing else', () => {
    const given = resourcesOf('Microsoft.Authorization/roleAssignments').map((body) => ({
      scope: pathIn(body, /^ {2}scope: (\w+)$/m),
      role: variable(pathIn(body, /roleDefinitions', (\w+)\)/) ?? ''),
    }));
    expect(given).toEqual([
      { scope: 'storage', role: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3' },
      { scope: 'storage', role: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe' },
      { scope: 'storage', role: '974c5e8b-45b9-4653-ba55-5f855dd0fb88' },
      { scope: 'insights', role: '3913510d-42f4-4e42-8a64-420c390055eb' },
    ]);
  });

  test('names each role assignment by its scope, identity and role, so that it is made once', () => {
    for (const body of resourcesOf('Microsoft.Authorization/roleAssignments')) {
      const scope = pathIn(body, /^ {2}scope: (\w+)$/m);
      const role = pathIn(body, /roleDefinitions', (\w+)\)/);
      expect(body).toContain(`name: guid(${scope}.id, identity.id, ${role})`);
      expect(body).toContain('principalId: identity.properties.principalId');
      expect(body).toContain("principalType: 'ServicePrincipal'");
    }
  });

  test('runs two instances of the bot, on HTTPS only, and asks each for its health', () => {
    expect(resource('plan')).toContain('capacity: 2');
    const webApp = resource('webApp');
    expect(webApp, 'requests go to any of them').toContain('clientAffinityEnabled: false');
    expect(webApp).toContain('httpsOnly: true');
    expect(webApp).toContain("minTlsVersion: '1.2'");
    expect(webApp).toContain('alwaysOn: true');
    expect(webApp).toContain("linuxFxVersion: 'NODE|24-lts'");
    expect(pathIn(webApp, /appCommandLine: '(.+)'/)).toBe(scripts['serve']);
    expect(routes('get')).toContain(pathIn(webApp, /healthCheckPath: '(.+)'/));
  });

  test('sends Teams’ messages and Graph’s notifications to where the bot listens', () => {
    const bot = resource('bot');
    const [, host, path] = /endpoint: 'https:\/\/(\$\{.+?\})(.+)'/.exec(bot) ?? [];
    expect(routes('post')).toContain(path);
    expect(resource('settings')).toContain(`PUBLIC_URL: 'https://${host}'`);
    expect(new URL(settings['PUBLIC_URL'] ?? '').hostname).toBe(WRITTEN['BOT_DOMAIN']);
    expect(bot).toContain("msaAppType: 'UserAssignedMSI'");
    expect(resource('teamsChannel')).toContain("channelName: 'MsTeamsChannel'");
  });

  test('takes telemetry for the bot’s identity, and keeps the log of the web app', () => {
    expect(settings).toMatchObject({
      ApplicationInsightsAgent_EXTENSION_VERSION: '~3',
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: `Authorization=AAD;ClientId=${GUID}`,
    });
    expect(resource('insights')).toContain('WorkspaceResourceId: workspace.id');
    expect(resource('workspace')).toMatch(/retentionInDays: \d+/);
    expect(resource('workspace')).toMatch(/dailyQuotaGb: /);
    expect(resource('keptLog')).toContain("category: 'AppServiceConsoleLogs'");
  });

  /** Every variable that adapters/config.ts reads. */
  function variablesOfTheBot(): string[] {
    const [, known = ''] =
      /const environment = z\.object\(\{(.+?)\n\}\);/s.exec(text('adapters/config.ts')) ?? [];
    const read = [...known.matchAll(/^ {2}([A-Z_]+):/gm)].map(([, name = '']) => name);
    expect(read).toContain('SHAREPOINT_SITE');
    return read;
  }

  /** The paths that the bot's server answers. */
  function routes(method: 'get' | 'post'): string[] {
    const sources = globSync('adapters/http/*.ts', { cwd: root }).map((file) => text(file));
    const route = new RegExp(`\\.${method}\\(\\s*'(/[^']+)'`, 'g');
    return sources.flatMap((source) => [...source.matchAll(route)].map(([, path = '']) => path));
  }

  function resource(name: string): string {
    const found = new RegExp(`^resource ${name} '.+?\\n\\}`, 'ms').exec(bicep);
    return found?.[0] ?? '';
  }

  function resourcesOf(type: string): string[] {
    const names = [...bicep.matchAll(/^resource (\w+) '([^@]+)@/gm)];
    return names.filter(([, , of]) => of === type).map(([, name = '']) => resource(name));
  }

  function variable(name: string): string | undefined {
    return new RegExp(`^var ${name} = '(.+)'$`, 'm').exec(bicep)?.[1];
  }

  /** The web app's settings, with what Azure would put in place of each expression. */
  function appSettings(): Record<string, string> {
    const expressions: Record<string, string> = {
      sharePointSite: sample.get('SHAREPOINT_SITE') ?? '',
      azureOpenAiEndpoint: 'https://stls.openai.azure.com',
      azureOpenAiDeployment: 'chooser',
      'identity.properties.clientId': GUID,
      'identity.properties.tenantId': GUID,
      'storage.name': 'stlsreturns',
      'environment().suffixes.storage': 'core.windows.net',
      'webApp.properties.defaultHostName': WRITTEN['BOT_DOMAIN'] ?? '',
      'insights.properties.ConnectionString': `InstrumentationKey=${GUID}`,
    };
    const valueOf = (expression: string): string => {
      const value = expressions[expression];
      if (value === undefined) throw new Error(`what is ${expression} in Azure?`);
      return value;
    };
    const entries = [...resource('settings').matchAll(/^ {4}(\w+): (.+)$/gm)];
    return Object.fromEntries(
      entries.map(([, name = '', value = '']) => [
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
