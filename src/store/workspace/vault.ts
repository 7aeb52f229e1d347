/** Seals the secrets of records for the workspace and the record that they belong to. */
import type { Keyring } from "../../crypto/keyring.ts";
import { seal, unseal } from "../../crypto/seal.ts";
import type { JsonObject } from "../../flow.ts";
import type { Vault } from "./record-kind.ts";

export function vault(keyring: Keyring, workspace: string): Vault {
  const place = (owner: string) => ({ purpose: "credentials", workspace, owner }) as const;
  const answers = (owner: string) => ({ purpose: "answer", workspace, owner }) as const;
  return {
    seal: (id, value) => seal(keyring, place(id), value as JsonObject),
    close: (key, value) => seal(keyring, answers(key), value),
    async open<T>(key: string, value: string) {
      const opened = await unseal<T>(keyring, answers(key), value);
      if (opened === undefined) throw new Error("a kept answer cannot be opened with this DEPLOYMENT_KEY");
      return opened;
    },
    opens: async (id, value) => (await unseal(keyring, place(id), String(value))) !== undefined,
    unseal: async (id, value) => (await unseal<JsonObject>(keyring, place(id), String(value))) ?? {},
  };
}

/** A vault that remembers whether something was unsealed that no key opens: it must not be sealed again as if it were empty. */
export function attentive(sealer: Vault): Vault & { readonly lost: boolean } {
  let lost = false;
  return {
    ...sealer,
    async unseal(id, value) {
      lost ||= !(await sealer.opens(id, value));
      return sealer.unseal(id, value);
    },
    get lost() {
      return lost;
    },
  };
}
