/** What a script says in a sign-in, to be more than it may, and what it hopes another one left behind (threat 20). */
import { decodeJwt } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { get } from "../raw.ts";
import { script } from "../scripts.ts";
import { makeWorld, type World } from "../world.ts";

let world: World;
let app: RelyingParty;
beforeAll(async () => {
  world = await makeWorld();
  await world.connection("pool");
  app = await world.client("app", { scope: "openid profile view_lineage" });
  for (const [name, type] of [
    ["tier", "any"],
    ["valueOf", "any"],
  ]) {
    await world.put(`schema/${name}`, { type });
    await world.put(`claims/${name}`, { name, type: "id_token", source_path: name });
  }
});

async function assign(id: string, body: string): Promise<void> {
  await world.put(`scripts/${id}`, { name: id, body });
  await world.patch("connections/pool", { post_authn_ctx_script: id });
}

async function signIn() {
  const { id_token, access_token } = await app.signIn(new Browser("ada"), {
    scope: "openid profile view_lineage",
  });
  return { claims: decodeJwt(id_token!), access_token };
}

describe("amr of a wrong type (RFC 8176 §1: an array of strings)", () => {
  it.each(["'pwd'", "['pwd', 1]", "[['pwd']]", "['']", "{ 0: 'pwd', length: 1 }", "Array(11).fill('pwd')"])(
    "%s ends the sign-in",
    async (amr) => {
      await assign("amr", script(`return { amr: ${amr} };`));
      const { searchParams } = (await new Browser("ada").open((await app.begin()).url)).url;
      expect([searchParams.get("error"), searchParams.get("error_description")]).toEqual([
        "server_error",
        "a script that this service runs at sign-in failed",
      ]);
    },
  );
});

describe("an explicit __proto__ in the output", () => {
  const forged = JSON.stringify({ tier: "forged", amr: ["forged"], authn_ctx: { tier: "forged" } });

  it.each([
    ["of the whole", `{"__proto__":${forged}}`],
    ["of the context", `{"authn_ctx":{"__proto__":${forged}}}`],
    ["of a value", `{"authn_ctx":{"tier":{"__proto__":${forged}}}}`],
  ])("%s gives nothing to anybody", async (_, output) => {
    await assign("proto", script(`return JSON.parse(${JSON.stringify(output)});`));
    const { claims } = await signIn();
    expect(JSON.stringify(claims)).not.toContain("forged");
    // An attribute of the schema that every object inherits is not one that the script said.
    for (const name of ["amr", "valueOf"]) expect(Object.hasOwn(claims, name), name).toBe(false);
    for (const name of ["tier", "amr", "authn_ctx"]) expect({}).not.toHaveProperty(name);
  });

  it("is told of as a member that means nothing", async () => {
    await assign("proto", script(`return JSON.parse(${JSON.stringify(`{"__proto__":${forged}}`)});`));
    const { claims, access_token } = await signIn();
    const { text } = await get(`${world.issuer}/me/sign-ins/${String(claims["sid"])}/lineage`, {
      authorization: `Bearer ${access_token}`,
    });
    expect(text).toContain('"name":"__proto__"');
  });
});

describe("what another script left behind", () => {
  it("in its module is not seen, though both have the same text", async () => {
    const counting = "let n = 0; module.exports = () => ({ authn_ctx: { tier: ++n } });";
    for (const id of ["one", "two"]) {
      await assign(id, counting);
      expect((await signIn()).claims["tier"], id).toBe(1);
    }
  });

  it("in a global, or in what the language brings, is not seen", async () => {
    await assign(
      "leaves",
      script(`
        for (const leave of [
          () => { globalThis.left = 1; },
          () => { left = 1; },
          () => { Object.prototype.left = 1; },
          () => { globalThis[Symbol.for("left")] = 1; },
          () => { fetch.left = 1; },
        ]) try { leave(); } catch {}`),
    );
    await signIn();
    const looks =
      "[typeof left, typeof globalThis.left, typeof {}.left, typeof globalThis[Symbol.for('left')], typeof fetch.left]";
    await assign("finds", script(`return { authn_ctx: { tier: ${looks} } };`));
    expect((await signIn()).claims["tier"]).toEqual(Array(5).fill("undefined"));
  });
});
