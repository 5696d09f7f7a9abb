import { fileURLToPath } from 'node:url';
import {
  DefaultAzureCredential,
  getBearerTokenProvider,
  type TokenCredential,
} from '@azure/identity';
import {
  ActionPlanner,
  OpenAIModel,
  PromptManager,
  type AI,
  type Memory,
} from '@microsoft/teams-ai';
import type { TurnContext } from 'botbuilder';
import { z } from 'zod';
import type { Asking } from '../../bot/conversation/asking.ts';
import type { Command } from '../../bot/conversation/command.ts';
import { command as commandSchema } from '../../bot/conversation/command-schema.ts';
import { isWriting } from '../../bot/conversation/families.ts';
import { resolved } from '../../bot/conversation/resolved.ts';
import { isLoopback, LOOPBACK_TOKEN, type Configuration } from '../config.ts';
import type { Logger } from '../logger.ts';
import type { Chooser } from '../service/conversing.ts';

type Model = NonNullable<Configuration['model']>;

/** How long somebody waits for a model, in milliseconds: then the recogniser's own answer does. */
const MODEL_MS = 2_500;
const LONGEST = 500;
const PROMPT = 'choose-command';
const API_VERSION = '2024-10-21';
const SCOPE = 'https://cognitiveservices.azure.com/.default';

/**
 * Teams AI's own planner on an Azure OpenAI model, which chooses the same typed commands. It is sent the
 * words of one message and the fixed catalogue of commands, and nothing of the lists or of who asks. What
 * it chooses is checked like anything from outside, and is authorised like anything that is asked.
 */
export function modelChooser(
  model: Model,
  credential: TokenCredential | undefined,
  log: Logger,
  modelMs = MODEL_MS,
): (context: TurnContext, text: string) => Chooser {
  const planner = plannerOn(model, credential, log, modelMs);
  return (context, text) => async (asking) => {
    const plan = await Promise.race([
      chosenBy(planner, context, wordsFor(text, asking)),
      quiet(modelMs),
    ]).catch((error: unknown) => {
      log.warn({ err: error }, 'the model could not be asked');
      return undefined;
    });
    return plan && asCommand(plan, asking);
  };
}

type Chosen = { action: string; parameters: Record<string, unknown> };

/** All that the prompt is made of. */
const wordsFor = (text: string, { today }: Asking): Readonly<Record<string, string>> => ({
  'temp.input': text.slice(0, LONGEST),
  'temp.today': today,
});

function plannerOn(
  model: Model,
  credential: TokenCredential | undefined,
  log: Logger,
  modelMs: number,
): ActionPlanner {
  const { endpoint, deployment } = model;
  const asked = new OpenAIModel({
    ...signedWith(model, credential),
    azureDefaultDeployment: deployment,
    // The model's client takes nothing but https; on this machine its requests go without.
    azureEndpoint: `https://${endpoint.host}`,
    azureApiVersion: API_VERSION,
    useSystemMessages: true,
    maxRetries: 0,
    clientOptions: {
      fetch: askingOnce(isLoopback(endpoint.hostname), log, modelMs) as never,
      timeout: modelMs,
    },
  });
  const promptsFolder = fileURLToPath(new URL('prompts', import.meta.url));
  return new ActionPlanner({
    model: asked,
    prompts: new PromptManager({ promptsFolder }),
    defaultPrompt: PROMPT,
    max_repair_attempts: 0,
  });
}

/** No token of the app's identity leaves for this machine. */
function signedWith({ endpoint, key }: Model, credential: TokenCredential | undefined) {
  if (key) return { azureApiKey: key };
  if (isLoopback(endpoint.hostname)) return { azureApiKey: LOOPBACK_TOKEN };
  const identity = credential ?? new DefaultAzureCredential();
  return { azureADTokenProvider: getBearerTokenProvider(identity, SCOPE) };
}

/** What a model that chose nothing answers. */
const NOTHING = { choices: [{ index: 0, message: { role: 'assistant', content: '' } }] };

/** What a model that chose something answers. */
const choice = z.object({
  choices: z
    .array(
      z.looseObject({
        message: z.object({
          role: z.string(),
          tool_calls: z.array(
            z.object({
              id: z.string(),
              type: z.literal('function'),
              function: z.object({ name: z.string(), arguments: z.string().refine(isJson) }),
            }),
          ),
        }),
      }),
    )
    .min(1),
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * One request, in time. A refusal, and whatever else is no choice, counts as nothing chosen: the model's
 * client and its planner would print them, with what was asked.
 */
const askingOnce =
  (local: boolean, log: Logger, modelMs: number): typeof fetch =>
  async (to, init) => {
    const url = new URL(to instanceof Request ? to.url : to);
    if (local) url.protocol = 'http:';
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers: Object.fromEntries(new Headers(init?.headers)),
        body: init?.body ?? null,
        redirect: 'error',
        signal: AbortSignal.timeout(modelMs),
      });
      const read = choice.safeParse(await answer.json());
      if (answer.ok && read.success) return Response.json(read.data);
      log.info({ status: answer.status }, 'the model chose nothing');
    } catch (error) {
      log.warn({ err: error }, 'the model did not answer');
    }
    return Response.json(NOTHING);
  };

async function chosenBy(
  planner: ActionPlanner,
  context: TurnContext,
  words: Readonly<Record<string, string>>,
): Promise<Chosen | undefined> {
  const plan = await planner.beginTask(context, promptMemory(words) as never, NO_SYSTEM);
  const chosen = plan.commands.filter(({ type }) => type === 'DO');
  return chosen.length === 1 ? (chosen[0] as unknown as Chosen) : undefined;
}

/** The planner asks it only whether answers are to be rated. */
const NO_SYSTEM = {} as AI;

/** What one prompt is filled with, and nothing else that was ever said. */
function promptMemory(words: Readonly<Record<string, string>>): Memory {
  const values = new Map<string, unknown>(Object.entries(words));
  return {
    getValue: (path: string) => values.get(path) as never,
    setValue: (path, value) => void values.set(path, value),
    hasValue: (path) => values.has(path),
    deleteValue: (path) => void values.delete(path),
  };
}

/** What was chosen, as a command that the lists bear out. What would change something is only offered. */
function asCommand({ action, parameters }: Chosen, { names }: Asking): Command | undefined {
  const read = commandSchema.safeParse({ ...parameters, name: action.replaceAll('_', ' ') });
  if (!read.success || read.data.name === 'offer') return undefined;
  const command = resolved(read.data, names);
  if (!command) return undefined;
  return isWriting(command) ? { name: 'offer', of: [command] } : command;
}

const quiet = (ms: number): Promise<undefined> =>
  new Promise((resolve) => {
    setTimeout(() => resolve(undefined), ms).unref();
  });
