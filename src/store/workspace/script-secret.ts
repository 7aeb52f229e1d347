/** Secrets of scripts: written, and opened for the scripts that name them; shown to nobody. */
import type { Place } from "../../crypto/seal.ts";
import type { RecordKind } from "./record-kind.ts";

/** No connection has a slash in its id, so the credentials of none open here. */
const owner = (id: string) => `secrets/${id}`;

export const scriptSecretPlace = (workspace: string, id: string): Place => ({
  purpose: "credentials",
  workspace,
  owner: owner(id),
});

export const scriptSecret: Pick<RecordKind, "secret" | "writeOnly" | "prepare" | "open" | "close"> = {
  secret: ["secret"],
  writeOnly: ["secret"],
  // Left out it stays as it is.
  prepare: async (input, stored) => {
    const secret = input["secret"] ?? stored?.["secret"];
    return { plain: { ...input, ...(secret !== undefined && { secret }) } };
  },
  open: async (stored, id, vault) => ({
    ...stored,
    secret: (await vault.unseal(owner(id), stored["secret"]))["value"] ?? "",
  }),
  close: async (plain, id, vault) => ({
    ...plain,
    secret: await vault.seal(owner(id), { value: plain["secret"] }),
  }),
};
