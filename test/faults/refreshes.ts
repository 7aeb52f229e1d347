/** Design of the refresh family: the same token presented again within ten seconds gives the same successor. */
import assert from "node:assert/strict";
import type { Fault } from "./index.ts";

export const refreshes: Fault = {
  name: "one refresh token, four requests at a time",
  async run(world, { refreshes: rounds }) {
    const workspace = await world.workspace();
    let { refresh_token = "" } = await workspace.signIn({ name: "ada" }, "openid offline_access");
    for (let round = 0; round < rounds; round++) {
      const answers = await Promise.all([1, 2, 3, 4].map(() => workspace.refresh(refresh_token)));
      const successors = new Set(answers.map((answer) => answer.refresh_token));
      assert.equal(successors.size, 1, "four at once have one successor");
      [refresh_token = ""] = successors as Set<string>;
    }
    return `${rounds} times four: ${rounds} successors`;
  },
};
