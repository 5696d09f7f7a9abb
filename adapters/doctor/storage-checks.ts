import { commissioners, leads, type Person } from '../../bot/access/people.ts';
import { NetworkFailed, ServiceRefused } from '../errors.ts';
import { CHANNEL } from '../service/deliver.ts';
import type { Check } from './examine.ts';
import { firstLineOf, listed, NotChecked, ok, problem, type Finding } from './finding.ts';
import type { Subject } from './subject.ts';

/** Azure Storage, and what the bot knows there of who can be written to. */
export const STORAGE_CHECKS: readonly Check<Subject>[] = [
  { id: 'tables', needs: [], look: tableFindings },
  { id: 'blobs', needs: [], look: blobFindings },
  {
    id: 'lead-installations',
    needs: ['reading', 'tables'],
    look: async (subject) => installed('leads', leads((await subject.reading()).people), subject),
  },
  {
    id: 'commissioner-installations',
    needs: ['reading', 'tables'],
    look: async (subject) =>
      installed('commissioners', commissioners((await subject.reading()).people), subject),
  },
  { id: 'channel', needs: ['tables'], look: channelFindings },
];

const MOST_MS = 15_000;

/** Reads, and takes away what is not there: whoever may not write is refused that too. */
async function tableFindings(subject: Subject): Promise<Finding[]> {
  return stored('Table', subject, async () => {
    await subject.references();
    await subject.memory().drafts.remove('doctor: no draft has this key');
    return 'the tables can be read and written';
  });
}

async function blobFindings(subject: Subject): Promise<Finding[]> {
  return stored('Blob', subject, async () => {
    await subject.pingBlobs();
    return 'the copies of the lists can be kept';
  });
}

async function stored(
  kind: 'Table' | 'Blob',
  { storageSignIn }: Subject,
  work: () => Promise<string>,
): Promise<Finding[]> {
  await storageSignIn();
  try {
    return [ok(await inTime(`Azure ${kind} Storage`, work()))];
  } catch (error) {
    if (error instanceof NotChecked) throw error;
    return [storageProblem(kind, error)];
  }
}

const SETTINGS = 'AZURE_STORAGE_ACCOUNT_URL or AZURE_STORAGE_CONNECTION_STRING';

function storageProblem(kind: 'Table' | 'Blob', error: unknown): Finding {
  if (error instanceof NetworkFailed) {
    return problem(
      `Azure ${kind} Storage could not be reached`,
      `Check the address in ${SETTINGS}, and the account’s firewall.`,
    );
  }
  if (error instanceof ServiceRefused) {
    return problem(
      `Azure ${kind} Storage said no (${error.status} ${error.code})`,
      `Give the bot’s identity the role Storage ${kind} Data Contributor on the account; or correct the key in AZURE_STORAGE_CONNECTION_STRING.`,
    );
  }
  return problem(
    `Azure ${kind} Storage cannot be opened: ${firstLineOf(error)}`,
    `Correct ${SETTINGS}: copy it whole.`,
  );
}

/** The storage clients try for minutes; whoever ran the doctor does not wait that long. */
async function inTime<T>(service: string, answer: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new NetworkFailed(service, 'asking for anything', 'it took too long')),
    MOST_MS,
  );
  try {
    return await Promise.race([answer, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** Who has no object id has been told already. */
async function installed(
  who: string,
  people: readonly Person[],
  { references }: Subject,
): Promise<Finding[]> {
  const known = await references();
  const findable = people.filter(({ id }) => id !== '');
  const missing = findable.filter(({ id }) => !known.has(id.toLowerCase()));
  return missing.length === 0
    ? [ok(`the bot can write to all ${findable.length} ${who}`)]
    : [
        problem(
          `the bot is not installed for ${missing.length} of ${findable.length} ${who}: ${listed(missing.map(({ name }) => name))}`,
          'Install the app for them in Teams: with a setup policy in the Teams admin centre, or each for themselves.',
        ),
      ];
}

async function channelFindings({ references }: Subject): Promise<Finding[]> {
  return (await references()).has(CHANNEL)
    ? [ok('the weekly summary has its channel')]
    : [
        problem(
          'no channel is known for the weekly summary',
          'Let a commissioner add the app to the channel of the commissioning team.',
        ),
      ];
}
