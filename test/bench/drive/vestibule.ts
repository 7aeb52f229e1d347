import { expected, send, type Answer } from "../../load/http.ts";
import { Jar } from "../../load/jar.ts";
import { pkce } from "../../load/pkce.ts";
import { APP, SECRET, Workspace, type Person, type Tokens } from "../../load/workspace.ts";
import { addSaml, signInBySaml } from "./saml.ts";
import { RETURNING, type Work, type Works } from "./work.ts";

const SCRIPT = `module.exports = async function (context) {
  return { authn_ctx: { nickname: "Dear " + context.authn_ctx.name } };
};`;
const RUN = Date.now().toString(36);

const returning = Array.from({ length: RETURNING }, (_, index): Person => ({ name: `old-${index}` }));
const again = (index: number): Person => returning[index % RETURNING] ?? { name: "" };

/** Tokens of some people, each used by one request at a time. */
async function tokensOf(workspace: Workspace, scope: string): Promise<Tokens[]> {
  const made: Tokens[] = [];
  for (let index = 0; index < 64; index++)
    made.push(await workspace.signIn({ name: `token-${index}` }, scope));
  return made;
}

const plain = (origin: string) => new Workspace(origin, `plain-${RUN}`).make();

const withToken =
  (use: (workspace: Workspace, token: string) => Promise<Answer>): Work =>
  async (origin) => {
    const workspace = await plain(origin);
    const tokens = await tokensOf(workspace, "openid profile email");
    return async (index) =>
      expected(200, await use(workspace, tokens[index % tokens.length]?.access_token ?? ""));
  };

export const vestibule: Works = {
  "sign-in, new person": async (origin) => {
    const workspace = await plain(origin);
    return (index) => workspace.signIn({ name: `new-${RUN}-${index}` });
  },
  "sign-in, returning person": async (origin) => {
    const workspace = await plain(origin);
    return (index) => workspace.signIn(again(index));
  },
  "sign-in, consent remembered": async (origin) => {
    const workspace = await new Workspace(origin, `asks-${RUN}`).make({ trusted: false });
    return (index) => workspace.signIn(again(index), "openid");
  },
  "sign-in, context cached": async (origin) => {
    const config = { enable_stateful_ctx: true, stateful_ctx_duration: 86_400 };
    const workspace = await new Workspace(origin, `caches-${RUN}`).make({}, { config });
    const people = returning.map(({ name }): Person => ({ name, jar: new Jar() }));
    return (index) => workspace.signIn(people[index % RETURNING] ?? { name: "" });
  },
  "sign-in, 10,000 clients": async (origin) => {
    const workspace = await new Workspace(origin, `large-${RUN}`).make();
    const app = { client_name: "App", client_secret: SECRET, redirect_uris: [APP], trusted: true };
    let next = 1;
    const fill = async () => {
      while (next < 10_000) await workspace.put(`/clients/app-${next++}`, app);
    };
    await Promise.all([fill(), fill(), fill(), fill()]);
    return (index) => workspace.signIn(again(index));
  },
  "sign-in, with a script": async (origin) => {
    const workspace = await new Workspace(origin, `scripts-${RUN}`).make();
    await workspace.put("/scripts/greet", { name: "Greet", body: SCRIPT });
    await workspace.make({}, { post_authn_ctx_script: "greet" });
    return (index) => workspace.signIn(again(index));
  },
  "sign-in, SAML": async (origin) => {
    const workspace = await new Workspace(origin, `saml-${RUN}`).make();
    await addSaml(workspace);
    return (index) => signInBySaml(workspace, `saml-${index % RETURNING}`);
  },
  "sign-in, 100 claims unmapped": async (origin) => {
    const workspace = await plain(origin);
    return (index) => workspace.signIn(again(index), "openid profile email", 100);
  },
  "sign-in, 100 mappings": async (origin) => {
    const names = Array.from({ length: 100 }, (_, index) => `custom:a${index}`);
    const attributes = names.map((name) => ({ source: "id_token", name, type: "string" }));
    const mappings = names.map((name, index) => ({
      source: `id_token.${name}`,
      target: `a${index}`,
      type: "string",
    }));
    const workspace = await new Workspace(origin, `maps-${RUN}`).make();
    for (let index = 0; index < 100; index++)
      await workspace.put(`/schema/a${index}`, { type: "string" }).catch(() => undefined);
    await workspace.make({}, { attributes, mappings });
    return (index) => workspace.signIn(again(index), "openid profile email", 100);
  },
  refresh: async (origin) => {
    const workspace = await plain(origin);
    const tokens = await tokensOf(workspace, "openid offline_access");
    return async (index) => {
      const slot = index % tokens.length;
      tokens[slot] = await workspace.refresh(tokens[slot]?.refresh_token ?? "");
    };
  },
  "client credentials": async (origin) => {
    const workspace = await plain(origin);
    return async () =>
      expected(200, await workspace.post("token", { grant_type: "client_credentials", scope: "read" }));
  },
  introspection: withToken((workspace, token) => workspace.post("introspect", { token })),
  userinfo: withToken((workspace, token) =>
    send(`${workspace.issuer}/userinfo`, { headers: { authorization: `Bearer ${token}` } }),
  ),
  discovery: async (origin) => {
    const { issuer } = await plain(origin);
    return async () => expected(200, await send(`${issuer}/.well-known/openid-configuration`));
  },
  JWKS: async (origin) => {
    const { issuer } = await plain(origin);
    return async () => expected(200, await send(`${issuer}/.well-known/jwks.json`));
  },
  "authorize, flood": async (origin) => {
    const workspace = await plain(origin);
    const url = workspace.authorizeUrl("openid", pkce().challenge);
    return async () => expected(303, await send(url));
  },
  "refused, forged code": async (origin) => {
    const workspace = await plain(origin);
    const forged = {
      grant_type: "authorization_code",
      code: `ac.k1.${"A".repeat(86)}.${"B".repeat(43)}`,
      redirect_uri: APP,
    };
    return async () => expected(400, await workspace.post("token", forged));
  },
  "refused, forged cookie": async (origin) => {
    const workspace = await plain(origin);
    const headers = { cookie: `__Host-plain-${RUN}-s=s.k1.${"A".repeat(86)}.${"B".repeat(43)}~pool` };
    const url = `${workspace.authorizeUrl("openid", pkce().challenge)}&prompt=none`;
    return async () => expected(303, await send(url, { headers }));
  },
};
