import { BOOTSTRAP_KEY, POOL, writeCode } from "../provider/pool.ts";
import { expected, parameter, send, type Answer } from "./http.ts";
import { Jar } from "./jar.ts";
import { pkce } from "./pkce.ts";
import { RETURNING, type Work, type Works } from "./work.ts";

const APP = "http://127.0.0.1/callback";
const SECRET = "s".repeat(43);
const RUN = Date.now().toString(36);

interface Tokens {
  readonly access_token: string;
  readonly refresh_token?: string;
}

interface Person {
  readonly name: string;
  /** Their browser; another one each time where there is none. */
  readonly jar?: Jar;
}

/** A workspace with one connection and one app, set up through the admin API. */
class Workspace {
  readonly issuer: string;
  readonly #origin: string;
  readonly #id: string;

  constructor(origin: string, id: string) {
    this.#origin = origin;
    this.#id = id;
    this.issuer = `${origin}/${id}`;
  }

  async put(path: string, json: object): Promise<void> {
    const headers = { authorization: `Bearer ${BOOTSTRAP_KEY}` };
    const url = `${this.#origin}/api/workspaces/${this.#id}${path}`;
    const answer = await send(url, { method: "PUT", headers, json });
    if (answer.status >= 300) throw new Error(`PUT ${path}: ${answer.status} ${answer.body}`);
  }

  async make(client: object = {}, connection: object = {}): Promise<this> {
    await this.put("", { name: this.#id });
    await this.put("/scopes/read", { display_name: "Read" });
    await this.put("/connections/pool", {
      name: "Pool",
      method: "cognito",
      settings: { pool_id: POOL.pool_id, region: POOL.region, client_id: POOL.client_id },
      credentials: { client_secret: POOL.client_secret },
      ...connection,
    });
    await this.put("/clients/app", {
      client_name: "App",
      client_secret: SECRET,
      redirect_uris: [APP],
      grant_types: ["authorization_code", "refresh_token", "client_credentials"],
      scope: "openid profile email offline_access read",
      trusted: true,
      ...client,
    });
    return this;
  }

  authorizeUrl(scope: string, challenge: string): string {
    const asked = new URLSearchParams({
      client_id: "app",
      redirect_uri: APP,
      response_type: "code",
      scope,
      state: "a-state-of-the-app",
      nonce: "a-nonce-of-the-app",
      code_challenge: challenge,
      code_challenge_method: "S256",
    });
    return `${this.issuer}/oauth2/authorize?${asked}`;
  }

  /** Authorize, callback and token: the browser's trip to the provider is left out, for it costs us nothing. */
  async signIn(
    { name, jar = new Jar() }: Person,
    scope = "openid profile email",
    attributes = 0,
  ): Promise<Tokens> {
    const { verifier, challenge } = pkce();
    const leaving = await this.#open(this.authorizeUrl(scope, challenge), jar);
    const back = leaving.location.startsWith(APP)
      ? leaving
      : await this.#callback(leaving, name, jar, attributes);
    const code = parameter(back, "code");
    return this.#token({
      grant_type: "authorization_code",
      code,
      redirect_uri: APP,
      code_verifier: verifier,
    });
  }

  async #callback(leaving: Answer, person: string, jar: Jar, attributes: number): Promise<Answer> {
    const code = writeCode({ person, nonce: parameter(leaving, "nonce"), attributes });
    const query = new URLSearchParams({ code, state: parameter(leaving, "state") });
    const back = await this.#open(`${this.issuer}/callback/pool?${query}`, jar);
    return back.location.includes("/consent/") ? this.#consent(back.location, jar) : back;
  }

  /** The page is opened and answered; it leaves by itself. */
  async #consent(url: string, jar: Jar): Promise<Answer> {
    expected(200, await send(url, { headers: jar.headers }));
    const form = { action: "allow", handle: url.split("/").at(-1) ?? "", scopes: "openid" };
    const left = expected(200, await send(url, { headers: { ...jar.headers, origin: this.#origin }, form }));
    const location = /content="0;url=([^"]+)"/.exec(left.body)?.[1]?.replaceAll("&amp;", "&") ?? "";
    return { ...left, location };
  }

  async #open(url: string, jar: Jar): Promise<Answer> {
    return jar.take(expected(303, await send(url, { headers: jar.headers })));
  }

  async refresh(token: string): Promise<Tokens> {
    return this.#token({ grant_type: "refresh_token", refresh_token: token });
  }

  async #token(form: Record<string, string>): Promise<Tokens> {
    const answer = expected(200, await this.post("token", form));
    return JSON.parse(answer.body) as Tokens;
  }

  post(endpoint: string, form: Record<string, string>): Promise<Answer> {
    const authorization = `Basic ${Buffer.from(`app:${SECRET}`).toString("base64")}`;
    return send(`${this.issuer}/oauth2/${endpoint}`, { headers: { authorization }, form });
  }
}

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
