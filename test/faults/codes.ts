/** RFC 6749 §4.1.2: a code is spent once, however many ask for it at the same time. */
import assert from "node:assert/strict";
import { parameter } from "../load/http.ts";
import { Jar } from "../load/jar.ts";
import { pkce } from "../load/pkce.ts";
import { APP } from "../load/workspace.ts";
import type { Fault } from "./index.ts";

const AT_ONCE = 50;

export const codes: Fault = {
  name: "one code, fifty requests at a time",
  async run(world, { codes: count }) {
    const workspace = await world.workspace();
    let won = 0;
    for (let index = 0; index < count; index++) {
      const [jar, { verifier, challenge }] = [new Jar(), pkce()];
      const leaving = await workspace.open(workspace.authorizeUrl("openid", challenge), jar);
      const back = await workspace.callback(leaving, `code-${index}`, jar);
      const form = {
        grant_type: "authorization_code",
        code: parameter(back, "code"),
        redirect_uri: APP,
        code_verifier: verifier,
      };
      const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => workspace.post("token", form)));
      const winners = answers.filter(({ status }) => status === 200).length;
      assert.equal(winners, 1, "a code is spent exactly once");
      assert.ok(answers.every(({ status }) => status === 200 || status === 400));
      won += winners;
    }
    assert.equal(won, count);
    return `${count} codes, ${count * AT_ONCE} requests: ${won} successes`;
  },
};
