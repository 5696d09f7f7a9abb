import { z } from 'zod';
import { isLoopback, servingProblems, type Configuration } from '../config.ts';
import { isInAzure } from '../credential.ts';
import type { Check } from './examine.ts';
import { note, ok, orFine, problem, type Diagnosis } from './diagnosis.ts';
import type { Environment, Subject } from './subject.ts';
import { fromConfiguration } from './worded.ts';

const NODE = 24;

/** What can be said without asking anybody: the machine and its settings. */
export const SETTINGS_CHECKS: readonly Check<Subject>[] = [
  { id: 'node', needs: [], look: ({ nodeVersion }) => [nodeDiagnosis(nodeVersion)] },
  { id: 'configuration', needs: [], look: configurationDiagnoses },
  { id: 'host', needs: [], look: withConfiguration(hostDiagnoses) },
  { id: 'bot-registration', needs: [], look: withConfiguration(registrationDiagnoses) },
];

/** Where a person points from a desk at a site. */
export const ELSEWHERE: Diagnosis = {
  status: 'not checked',
  what: 'the bot’s settings are not on this machine: run the doctor in the web app’s console for this',
};

function nodeDiagnosis(version: string): Diagnosis {
  return Number(version.split('.')[0]) >= NODE
    ? ok(`Node.js ${version}`)
    : problem(
        `this is Node.js ${version}, and the bot runs on ${NODE} or later`,
        `Install Node.js ${NODE}; in Azure, set the web app’s stack to NODE|${NODE}-lts.`,
      );
}

function configurationDiagnoses({ env, isDesk, configurationProblems }: Subject): Diagnosis[] {
  if (isDesk) return [ELSEWHERE];
  const problems = [...new Set([...configurationProblems, ...servingProblems(env)])];
  return orFine(problems.map(fromConfiguration), 'every setting can be used');
}

type LookAtSettings = (settings: Configuration, env: Environment) => Diagnosis[];

function withConfiguration(look: LookAtSettings) {
  return ({ env, isDesk, configuration }: Subject): Diagnosis[] =>
    isDesk ? [ELSEWHERE] : look(configuration(), env);
}

/** In Azure the web app is spoken to from outside; elsewhere something may stand in front of the bot. */
function hostDiagnoses({ host, port }: Configuration, env: Environment): Diagnosis[] {
  return isLoopback(host) && isInAzure(env)
    ? [problem(`HOST is ${host}, so Teams cannot reach the bot`, 'Set HOST to 0.0.0.0.')]
    : [ok(`the bot listens on ${host}:${port}`)];
}

const isId = (text: string): boolean => z.guid().safeParse(text).success;

function registrationDiagnoses({ bot }: Configuration, env: Environment): Diagnosis[] {
  const { id, type, tenantId, password } = bot;
  if (!id) return [ok('none is needed for parts on this machine')];
  return orFine(
    [
      ...(isId(id)
        ? []
        : [problem('BOT_ID is no app id', 'Set BOT_ID to the client id of the bot’s identity.')]),
      ...(type === 'MultiTenant' || isId(tenantId)
        ? []
        : [
            problem(
              `BOT_TENANT_ID is no tenant id, and BOT_TYPE ${type} needs one`,
              'Set BOT_TENANT_ID to the directory id of the tenant, as Microsoft Entra shows it.',
            ),
          ]),
      ...(type === 'UserAssignedMSI' && password
        ? [
            problem(
              'BOT_PASSWORD is set, and BOT_TYPE UserAssignedMSI uses none',
              'Unset BOT_PASSWORD and delete that secret; or correct BOT_TYPE.',
            ),
          ]
        : []),
      ...(type === 'UserAssignedMSI' && !isInAzure(env)
        ? [
            note(
              'BOT_TYPE is UserAssignedMSI and this is not Azure, so nothing can be sent to Teams from here',
              'Run the doctor in the web app’s console.',
            ),
          ]
        : []),
    ],
    `${id}, ${type}`,
  );
}
