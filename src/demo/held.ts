/** All that the demo knows about a signed-in person. It travels sealed in the page itself. */
import { seal, unseal } from "../crypto/seal.ts";
import type { AppContext } from "../http/context.ts";

export interface Held {
  readonly access_token: string;
  readonly id_token?: string;
  readonly refresh_token?: string;
}

export function sealHeld(c: AppContext, held: Held): Promise<string> {
  return seal(c.var.broker.keyring, place(c), held);
}

/** @returns undefined for what this workspace did not seal */
export function openHeld(c: AppContext, handle: string): Promise<Held | undefined> {
  return unseal<Held>(c.var.broker.keyring, place(c), handle);
}

function place(c: AppContext) {
  return { purpose: "demo", workspace: c.var.broker.workspace.id, owner: "tokens" } as const;
}
