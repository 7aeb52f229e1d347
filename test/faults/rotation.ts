/** Signing keys rotate while people sign in, ours and the provider's: nobody notices. */
import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import { rotate } from "../load/provider/answer.ts";
import type { Workspace } from "../load/workspace.ts";
import type { Fault } from "./index.ts";

interface Keys {
  readonly items: readonly { readonly kid: string; readonly alg: string; readonly state?: string }[];
}

/** Milliseconds after which keys of a provider are read again for a token of another. */
const UNREAD = 5_000;

/** Four people at a time sign in, while something else happens. */
async function load(workspace: Workspace, count: number, meanwhile: () => Promise<void>): Promise<void> {
  let next = 0;
  const person = async () => {
    while (next < count) {
      const { access_token } = await workspace.signIn({ name: `rotating-${next++ % 32}` });
      assert.ok(access_token);
    }
  };
  await Promise.all([person(), person(), person(), person(), meanwhile()]);
}

async function revoke(workspace: Workspace): Promise<void> {
  const { items } = JSON.parse((await workspace.api("GET", "/keys")).body) as Keys;
  const [first] = items;
  const revoked = await workspace.api("POST", `/keys/${first?.kid ?? ""}/revoke`);
  assert.ok(revoked.status < 300, revoked.body);
}

export const rotation: Fault = {
  name: "keys rotated under load",
  async run(world, { signIns }) {
    const workspace = await world.workspace();
    const count = signIns * 4;
    await load(workspace, count, () => revoke(workspace));
    await wait(UNREAD);
    await load(workspace, count, async () => rotate());
    return `${count} sign-ins while a key of ours was revoked, ${count} while the provider took new ones: ${2 * count} successes`;
  },
};
