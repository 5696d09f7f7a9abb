/** The three people of the local demo, each signed in to a Playground of their own. All are fictional. */
export type Role = {
  key: 'lead' | 'commissioner' | 'senco';
  who: string;
  name: string;
  email: string;
  entraObjectId: string;
  personalChat: string;
  tryFirst: string;
};

export const CHANNEL = { id: 'channel-stls-returns', name: 'STLS returns' };

export const ROLES: readonly Role[] = [
  {
    key: 'lead',
    who: 'District lead (Dover)',
    name: 'Priya Raman (demo)',
    email: 'priya.raman@stls.example',
    entraObjectId: '00000000-0000-4000-8000-000000000101',
    personalChat: 'chat-lead',
    tryFirst: 'answer the card that waits in Personal Chat',
  },
  {
    key: 'commissioner',
    who: 'Commissioner',
    name: 'Colin Marsh (demo)',
    email: 'colin.marsh@stls.example',
    entraObjectId: '00000000-0000-4000-8000-000000000201',
    personalChat: 'chat-commissioner',
    tryFirst: `type “who is missing”; open the channel ${CHANNEL.name}`,
  },
  {
    key: 'senco',
    who: 'SENCO',
    name: 'Sam Okafor (demo)',
    email: 'sam.okafor@stls.example',
    entraObjectId: '00000000-0000-4000-8000-000000000301',
    personalChat: 'chat-senco',
    tryFirst: 'ask “who is my link practitioner?”',
  },
];
