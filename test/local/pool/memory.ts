import type { Adapter, AdapterPayload } from "oidc-provider";

/** Sessions, codes and grants of the pool, in memory: a restart signs everybody out there, which is worth having in a demo. */
export function memoryAdapter(): (model: string) => Adapter {
  const rows = new Map<string, AdapterPayload>();
  const findBy = (model: string, test: (row: AdapterPayload) => boolean): AdapterPayload | undefined =>
    [...rows].find(([key, row]) => key.startsWith(`${model}:`) && test(row))?.[1];

  return (model) => ({
    upsert: async (id, payload) => void rows.set(`${model}:${id}`, payload),
    find: async (id) => rows.get(`${model}:${id}`),
    findByUid: async (uid) => findBy(model, (row) => row.uid === uid),
    findByUserCode: async (userCode) => findBy(model, (row) => row.userCode === userCode),
    consume: async (id) => {
      const row = rows.get(`${model}:${id}`);
      if (row) row.consumed = Math.floor(Date.now() / 1000);
    },
    destroy: async (id) => void rows.delete(`${model}:${id}`),
    revokeByGrantId: async (grantId) => {
      for (const [key, row] of rows) if (row.grantId === grantId) rows.delete(key);
    },
  });
}
