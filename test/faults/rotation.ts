/** Signing keys rotate while people sign in and tokens are asked about: nobody notices. */
import assert from "node:assert/strict";
import type { Fault } from "./index.ts";

interface Keys {
  readonly items: readonly { readonly kid: string; readonly alg: string; readonly state?: string }[];
}

export const rotation: Fault = {
  name: "keys revoked under load",
  async run(world, { signIns }) {
    const workspace = await world.workspace();
    const count = signIns * 4;
    let next = 0;
    const person = async () => {
      while (next < count) {
        const { access_token } = await workspace.signIn({ name: `rotating-${next++ % 32}` });
        assert.ok(access_token);
      }
    };
    const rotate = async () => {
      const { items } = JSON.parse((await workspace.api("GET", "/keys")).body) as Keys;
      const [first] = items;
      const revoked = await workspace.api("POST", `/keys/${first?.kid ?? ""}/revoke`);
      assert.ok(revoked.status < 300, revoked.body);
    };
    await Promise.all([person(), person(), person(), person(), rotate()]);
    return `${count} sign-ins while a key was revoked: ${count} successes`;
  },
};
