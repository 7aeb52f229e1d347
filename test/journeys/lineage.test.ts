/** A person's app asks why their tokens say what they say, for the sign-in that its token is of and no other (design §1, data lineage). */
import { decodeJwt } from "jose";
import { beforeAll, expect, it } from "vitest";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { get } from "../raw.ts";
import { makeWorld, type World } from "../world.ts";

let world: World;
let app: RelyingParty;
const scope = "openid email view_lineage";

beforeAll(async () => {
  world = await makeWorld();
  await world.connection("pool");
  app = await world.client("app", { scope });
});

async function signedIn(asked = scope) {
  const { access_token } = await app.signIn(new Browser("ada"), { scope: asked });
  return { access_token, sid: String(decodeJwt(access_token)["sid"]) };
}
const lineage = (sid: string, token?: string) =>
  get(`${world.issuer}/me/sign-ins/${sid}/lineage`, token ? { authorization: `Bearer ${token}` } : {});

it("shows the way of each value, and no value", async () => {
  const { access_token, sid } = await signedIn();
  const { status, json, text, headers } = await lineage(sid, access_token);
  expect([status, headers.get("cache-control")]).toEqual([200, "no-store"]);
  expect(json!["id_token"]).toContainEqual({
    name: "email",
    path: ["pool: id_token.email", "authn_ctx.email", "id_token.email"],
  });
  expect(text).not.toContain("ada@example.com");
});

it("of another sign-in is as absent as one that never was, of the same person even (threat 23, IDOR)", async () => {
  const [mine, other] = [await signedIn(), await signedIn()];
  for (const sid of [other.sid, "nobody", "A".repeat(22)]) {
    const answer = await lineage(sid, mine.access_token);
    expect([answer.status, answer.json]).toEqual([404, { error: "not_found" }]);
  }
});

it("needs a token with the scope view_lineage", async () => {
  const { access_token, sid } = await signedIn("openid email");
  expect((await lineage(sid, access_token)).json).toEqual({
    error: "insufficient_scope",
    error_description: "the access token lacks the scope view_lineage",
  });
  const bare = await lineage(sid);
  expect([bare.status, bare.headers.get("www-authenticate")]).toEqual([
    401,
    'Bearer realm="http://localhost:8787"',
  ]);
});
