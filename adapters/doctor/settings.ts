import { z } from 'zod';
import { isLoopback, servingProblems } from '../config.ts';
import { isInAzure } from '../credential.ts';
import type { Check } from './examine.ts';
import { note, ok, orFine, problem, type Finding } from './finding.ts';
import type { Environment, Subject } from './subject.ts';

const NODE = 24;

/** What can be said without asking anybody: the machine and its settings. */
export const SETTINGS_CHECKS: readonly Check<Subject>[] = [
  { id: 'node', needs: [], look: ({ nodeVersion }) => [nodeFinding(nodeVersion)] },
  { id: 'configuration', needs: [], look: configurationFindings },
  { id: 'host', needs: [], look: ({ env, isDesk }) => [isDesk ? ELSEWHERE : hostFinding(env)] },
  {
    id: 'bot-registration',
    needs: [],
    look: ({ env, isDesk }) => (isDesk ? [ELSEWHERE] : registrationFindings(env)),
  },
];

/** Where a person points from a desk at a site. */
export const ELSEWHERE: Finding = {
  status: 'not checked',
  what: 'the bot’s settings are not on this machine: run the doctor in the web app’s console for this',
};

function nodeFinding(version: string): Finding {
  return Number(version.split('.')[0]) >= NODE
    ? ok(`Node.js ${version}`)
    : problem(
        `this is Node.js ${version}, and the bot runs on ${NODE} or later`,
        `Install Node.js ${NODE}; in Azure, set the web app’s stack to NODE|${NODE}-lts.`,
      );
}

function configurationFindings({ env, isDesk, configurationProblems }: Subject): Finding[] {
  if (isDesk) return [ELSEWHERE];
  const problems = [...new Set([...configurationProblems, ...servingProblems(env)])];
  return orFine(problems.map(settingProblem), 'every setting can be used');
}

/** A problem as the configuration words it: what, and then the remedy, where it gives one. */
function settingProblem(text: string): Finding {
  const [what = '', ...remedies] = text.split(/(?<=\.) (?=[A-Z])/);
  const remedy = remedies.join(' ');
  const names = [...new Set(text.match(/\b[A-Z]+_[A-Z_]+\b/g))];
  return problem(
    what.replace(/\.$/, ''),
    remedy || `Correct ${names.join(' or ')} in the settings.`,
  );
}

/** In Azure the web app is spoken to from outside; elsewhere something may stand in front of the bot. */
function hostFinding(env: Environment): Finding {
  const host = env['HOST'] || '127.0.0.1';
  const isClosed = isLoopback(host) && isInAzure(env);
  return isClosed
    ? problem(`HOST is ${host}, so Teams cannot reach the bot`, 'Set HOST to 0.0.0.0.')
    : ok(`the bot listens on ${host}:${env['PORT'] || 3978}`);
}

const isId = (text: string): boolean => z.guid().safeParse(text).success;

function registrationFindings(env: Environment): Finding[] {
  const { BOT_ID, BOT_TENANT_ID, BOT_PASSWORD } = env;
  if (!BOT_ID) return [ok('none is needed for parts on this machine')];
  const type = env['BOT_TYPE'] || 'UserAssignedMSI';
  return orFine(
    [
      ...(isId(BOT_ID)
        ? []
        : [problem('BOT_ID is no app id', 'Set BOT_ID to the client id of the bot’s identity.')]),
      ...(type === 'MultiTenant' || isId(BOT_TENANT_ID ?? '')
        ? []
        : [
            problem(
              `BOT_TENANT_ID is no tenant id, and BOT_TYPE ${type} needs one`,
              'Set BOT_TENANT_ID to the directory id of the tenant, as Microsoft Entra shows it.',
            ),
          ]),
      ...(type === 'UserAssignedMSI' && BOT_PASSWORD
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
    `${BOT_ID}, ${type}`,
  );
}
