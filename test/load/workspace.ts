import { expected, left, parameter, send, type Answer } from "./http.ts";
import { Jar } from "./jar.ts";
import { pkce } from "./pkce.ts";
import { BOOTSTRAP_KEY, POOL, writeCode } from "./provider/pool.ts";

export const APP = "http://127.0.0.1/callback";
/** Of every app that is made here. */
export const SECRET = "s".repeat(43);

export interface Tokens {
  readonly access_token: string;
  readonly refresh_token?: string;
}

export interface Person {
  readonly name: string;
  /** Their browser; another one each time where there is none. */
  readonly jar?: Jar;
}

/** A workspace with one connection and one app, set up through the admin API. */
export class Workspace {
  readonly issuer: string;
  readonly #origin: string;
  readonly id: string;

  constructor(origin: string, id: string) {
    this.#origin = origin;
    this.id = id;
    this.issuer = `${origin}/${id}`;
  }

  /** @throws Error for what the API refuses */
  async put(path: string, json: object): Promise<void> {
    const answer = await this.api("PUT", path, json);
    if (answer.status >= 300) throw new Error(`PUT ${path}: ${answer.status} ${answer.body}`);
  }

  api(method: string, path: string, json?: object): Promise<Answer> {
    const headers = { authorization: `Bearer ${BOOTSTRAP_KEY}` };
    return send(`${this.#origin}/api/workspaces/${this.id}${path}`, { method, headers, json });
  }

  async make(client: object = {}, connection: object = {}): Promise<this> {
    await this.put("", { name: this.id });
    await this.put("/scopes/read", { display_name: "Read" });
    await this.connect("pool", connection);
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

  connect(id: string, connection: object = {}): Promise<void> {
    return this.put(`/connections/${id}`, {
      name: "Pool",
      method: "cognito",
      settings: { pool_id: POOL.pool_id, region: POOL.region, client_id: POOL.client_id },
      credentials: { client_secret: POOL.client_secret },
      ...connection,
    });
  }

  authorizeUrl(scope = "openid profile email", challenge = pkce().challenge): string {
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
  async signIn({ name, jar = new Jar() }: Person, scope?: string, attributes?: number): Promise<Tokens> {
    const { verifier, challenge } = pkce();
    const leaving = await this.open(this.authorizeUrl(scope, challenge), jar);
    const back = isBack(leaving) ? leaving : await this.callback(leaving, name, jar, attributes);
    const last = isBack(back) ? back : await this.agree(back.location, jar);
    return this.redeem(parameter(last, "code"), verifier);
  }

  /** The provider's answer, as the browser brings it: to the app, or to the consent page. */
  callback(leaving: Answer, person: string, jar: Jar, attributes = 0): Promise<Answer> {
    const code = writeCode({ person, nonce: parameter(leaving, "nonce"), attributes });
    const query = new URLSearchParams({ code, state: parameter(leaving, "state") });
    return this.open(`${this.issuer}/callback/pool?${query}`, jar);
  }

  /** The consent page is opened and agreed to as it stands; it leaves by itself. */
  async agree(url: string, jar: Jar): Promise<Answer> {
    const page = expected(200, await send(url, { headers: jar.headers }));
    const form = new URLSearchParams({ action: "allow", handle: url.split("/").at(-1) ?? "" });
    for (const [, scope = ""] of page.body.matchAll(/name="scopes" value="([^"]+)"/g))
      form.append("scopes", scope);
    return left(expected(200, await send(url, { headers: { ...jar.headers, origin: this.#origin }, form })));
  }

  /** A form of the person's own pages, sent from there. */
  async press(path: string, jar: Jar, form: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const headers = { ...jar.headers, origin: this.#origin };
    return send(`${this.issuer}${path}`, { headers, form: new URLSearchParams(form) });
  }

  async open(url: string, jar: Jar): Promise<Answer> {
    return jar.take(expected(303, await send(url, { headers: jar.headers })));
  }

  redeem(code: string, code_verifier: string): Promise<Tokens> {
    return this.token({ grant_type: "authorization_code", code, redirect_uri: APP, code_verifier });
  }

  refresh(refresh_token: string): Promise<Tokens> {
    return this.token({ grant_type: "refresh_token", refresh_token });
  }

  async token(form: Readonly<Record<string, string>>): Promise<Tokens> {
    return JSON.parse(expected(200, await this.post("token", form)).body) as Tokens;
  }

  post(endpoint: string, form: Readonly<Record<string, string>>): Promise<Answer> {
    const authorization = `Basic ${Buffer.from(`app:${SECRET}`).toString("base64")}`;
    return send(`${this.issuer}/oauth2/${endpoint}`, { headers: { authorization }, form });
  }
}

const isBack = ({ location }: Answer) => location.startsWith(APP);
