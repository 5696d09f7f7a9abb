import { QueueServiceClient } from '@azure/storage-queue';

const queueIn = (connectionString: string, name: string) =>
  QueueServiceClient.fromConnectionString(connectionString).getQueueClient(name);

/** How many messages there are, those out of sight included. */
export async function lengthOf(connectionString: string, name: string): Promise<number> {
  const { approximateMessagesCount } = await queueIn(connectionString, name).getProperties();
  return approximateMessagesCount ?? 0;
}

/** What lies in sight, without taking it away. */
export async function textsIn(connectionString: string, name: string): Promise<string[]> {
  const { peekedMessageItems } = await queueIn(connectionString, name).peekMessages({
    numberOfMessages: 32,
  });
  return peekedMessageItems.map(({ messageText }) =>
    Buffer.from(messageText, 'base64').toString('utf8'),
  );
}
