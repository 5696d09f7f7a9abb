/** A SharePoint list over Graph, as the council's form and flow would use it. */
export type GraphSite = {
  items(list: string): Promise<{ id: string; fields: Record<string, unknown> }[]>;
  create(list: string, fields: Record<string, string | number>): Promise<void>;
};

const SITE = 'council.example:/sites/stls';

export function graphAt(url: string): GraphSite {
  const ask = async (path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(`${url}/v1.0/sites/${SITE}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: 'Bearer loopback-only', 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return answer.json();
  };
  const path = (list: string) => `:/lists/${encodeURIComponent(list)}/items`;
  return {
    items: async (list) => {
      const page = (await ask(`${path(list)}?$expand=fields&$top=5000`)) as {
        value: { id: string; fields: Record<string, unknown> }[];
      };
      return page.value;
    },
    create: async (list, fields) => {
      await ask(path(list), { fields });
    },
  };
}
