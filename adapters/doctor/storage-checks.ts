import { commissioners, leads, type Person } from '../../bot/access/people.ts';
import { NetworkFailed, ServiceRefused } from '../errors.ts';
import { CHANNEL } from '../storage/memory.ts';
import { CONVERSATIONS_QUEUE, poisonOf } from '../storage/queues.ts';
import type { Check } from './examine.ts';
import { firstLineOf, listed, NotChecked, ok, problem, type Diagnosis } from './diagnosis.ts';
import type { Subject } from './subject.ts';

/** Azure Storage, and what the bot knows there of who can be written to. */
export const STORAGE_CHECKS: readonly Check<Subject>[] = [
  { id: 'tables', needs: [], look: tableDiagnoses },
  { id: 'blobs', needs: [], look: blobDiagnoses },
  { id: 'queues', needs: [], look: queueDiagnoses },
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
  { id: 'channel', needs: ['tables'], look: channelDiagnoses },
];

async function tableDiagnoses(subject: Subject): Promise<Diagnosis[]> {
  return lookedAt('Table', subject, async () => {
    const missing = await subject.stored().missingTables();
    const first = `; ${missing.length} are not there yet, and the bot makes them when it first needs them`;
    return `the tables can be read and written${missing.length > 0 ? first : ''}`;
  });
}

async function blobDiagnoses(subject: Subject): Promise<Diagnosis[]> {
  return lookedAt('Blob', subject, async () => {
    const isThere = await subject.stored().hasContainer();
    const first = '; their container is not there yet, and the bot makes it when it first starts';
    return `the copies of the lists can be kept${isThere ? '' : first}`;
  });
}

/** What was set aside does no harm by lying there, and somebody was not written to. */
async function queueDiagnoses(subject: Subject): Promise<Diagnosis[]> {
  return lookedAt('Queue', subject, async () => {
    const queued = await subject.stored().conversationsQueued();
    if (!queued) {
      return 'the queues can be worked on; they are not there yet, and the bot makes them when it first needs them';
    }
    const { waiting, setAside } = queued;
    if (setAside === 0)
      return `the queues can be worked on; about ${waiting} ${waiting === 1 ? 'message waits' : 'messages wait'}`;
    return problem(
      `${SET_ASIDE} holds what the bot failed with again and again: ${setAside} ${setAside === 1 ? 'message' : 'messages'}`,
      'Read each in the Azure portal (the storage account, Queues): it says whose and why. Mend that, then delete it there: who was not written to is chased again on the next working day.',
    );
  });
}

const SET_ASIDE = poisonOf(CONVERSATIONS_QUEUE);

type Kind = 'Table' | 'Blob' | 'Queue';

async function lookedAt(
  kind: Kind,
  { storageSignIn }: Subject,
  look: () => Promise<string | Diagnosis>,
): Promise<Diagnosis[]> {
  await storageSignIn();
  try {
    const found = await look();
    return [typeof found === 'string' ? ok(found) : found];
  } catch (error) {
    if (error instanceof NotChecked) throw error;
    return [storageProblem(kind, error)];
  }
}

const SETTINGS = 'AZURE_STORAGE_ACCOUNT_URL or AZURE_STORAGE_CONNECTION_STRING';

function storageProblem(kind: Kind, error: unknown): Diagnosis {
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

/** Who has no object id has been told already. */
async function installed(
  who: string,
  people: readonly Person[],
  { stored }: Subject,
): Promise<Diagnosis[]> {
  const known = await stored().references();
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

async function channelDiagnoses({ stored }: Subject): Promise<Diagnosis[]> {
  return (await stored().references()).has(CHANNEL)
    ? [ok('the weekly summary has its channel')]
    : [
        problem(
          'no channel is known for the weekly summary',
          'Let a commissioner add the app to the channel of the commissioning team.',
        ),
      ];
}
