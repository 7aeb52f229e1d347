/** Whatever a script returns, the claims of the protocol say what the protocol says (design §5.5). */
import fc from "fast-check";
import { decodeJwt } from "jose";
import { expect, it } from "vitest";
import { RESERVED_CLAIMS } from "../../src/config/reserved-claims.ts";
import { Browser } from "../browser.ts";
import { makeWorld } from "../world.ts";

const world = await makeWorld();
await world.connection("pool");
const app = await world.client("app");
const reserved = [...RESERVED_CLAIMS];
const ATTRIBUTES = ["given_name", "nickname", "address", "email"];

const name = fc.oneof(
  fc.constantFrom(...reserved, ...ATTRIBUTES, "__proto__", "constructor", "authn_ctx"),
  fc.string(),
);
const object = fc.dictionary(name, fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constant("forged")), {
  maxKeys: 12,
});
const said = fc.oneof(
  fc.jsonValue(),
  object,
  fc.record({ authn_ctx: object, id_token: object, access_token: object }, { requiredKeys: [] }),
);

/** What two sign-ins of one person have in common, `amr` and `acr` aside: those are the script's own. */
const SAME = reserved.filter(
  (claim) => !/^(exp|nbf|iat|jti|nonce|at_hash|sid|amr|acr|auth_time)$/.test(claim),
);

const protocol = (token: string) => {
  const claims = decodeJwt(token);
  return Object.fromEntries(SAME.map((claim) => [claim, claims[claim]]));
};

const scope = "openid profile email";
const plain = await app.signIn(new Browser("ada"), { scope });
for (const [path, member] of [
  ["connections/pool", "post_authn_ctx_script"],
  ["clients/app", "client_token_minting_script"],
] as const) {
  await world.put("scripts/any", { name: "Any", body: "module.exports = () => null;", on_error: "continue" });
  await world.patch(path, { [member]: "any" });
}

it("no output of a script changes a claim of the protocol", async () => {
  await fc.assert(
    fc.asyncProperty(said, async (output) => {
      const body = `module.exports = () => (JSON.parse(${JSON.stringify(JSON.stringify(output))}));`;
      await world.put("scripts/any", { name: "Any", body, on_error: "continue" });
      const tokens = await app.signIn(new Browser("ada"), { scope });
      expect(protocol(tokens.id_token!)).toEqual(protocol(plain.id_token!));
      expect(protocol(tokens.access_token)).toEqual(protocol(plain.access_token));
    }),
    { numRuns: 40 },
  );
});
