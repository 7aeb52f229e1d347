/** A certified OpenID Provider as it comes, under a public name: what the broker's generic connections are held against. */
import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Provider, { interactionPolicy, type ClientMetadata, type KoaContextWithOIDC } from "oidc-provider";
import { login } from "../pool/login.ts";
import { memoryAdapter } from "../pool/memory.ts";
import { people } from "../pool/people.ts";
import { own } from "./keys.ts";
import { misbehave } from "./misbehave.ts";

export interface OpenIdProvider {
  readonly issuer: string;
  /** Where a browser reaches its pages: another site than the broker's `localhost`. */
  readonly origin: string;
  readonly answers: (url: URL) => boolean;
  /** Answers what a Worker fetches from the provider. */
  readonly answer: (request: Asked) => Promise<Response>;
  stop(): Promise<void>;
}

type Asked = Pick<Request, "url" | "method" | "headers" | "arrayBuffer">;

/** Pages that a browser is sent to are on loopback; everything else keeps the public name. */
const PAGES = ["authorization_endpoint", "end_session_endpoint"];

interface Options {
  readonly issuer?: string;
  /** Only pushed authorization requests. */
  readonly par?: boolean;
}

export async function startOpenIdProvider(
  clients: readonly ClientMetadata[],
  { issuer = "https://login.partner.example", par = false }: Options = {},
): Promise<OpenIdProvider> {
  const op = provider(issuer, clients, par);
  for (const around of [misbehave, login(people)]) op.use(around as Parameters<typeof op.use>[0]);
  const handle = op.callback();
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    issuer,
    origin,
    answers: (url) => url.origin === issuer || url.origin === origin,
    async answer(request) {
      const { pathname, search } = new URL(request.url);
      const headers = new Headers([...request.headers].filter(([name]) => name !== "content-length"));
      headers.set("x-forwarded-proto", "https");
      headers.set("x-forwarded-host", new URL(issuer).host);
      const body = request.method === "POST" ? await request.arrayBuffer() : undefined;
      const init = { method: request.method, headers, body, redirect: "manual" } as const;
      const response = await fetch(origin + pathname + search, init);
      if (!pathname.endsWith("/openid-configuration")) return response;
      const document = (await response.json()) as Record<string, unknown>;
      for (const page of PAGES) document[page] = String(document[page]).replace(issuer, origin);
      return Response.json(document);
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function provider(issuer: string, clients: readonly ClientMetadata[], par: boolean): Provider {
  const policy = interactionPolicy.base();
  policy.remove("consent");
  const op = new Provider(issuer, {
    adapter: memoryAdapter(),
    jwks: { keys: [own.jwk] },
    clients: [...clients],
    scopes: ["openid", "profile", "email"],
    claims: {
      openid: ["sub"],
      email: ["email", "email_verified"],
      profile: ["name", "given_name", "family_name", "locale", "zoneinfo"],
    },
    clientAuthMethods: ["client_secret_basic", "client_secret_post", "private_key_jwt", "none"],
    pkce: { required: () => true },
    features: {
      devInteractions: { enabled: false },
      pushedAuthorizationRequests: { enabled: par, requirePushedAuthorizationRequests: par },
      claimsParameter: { enabled: true },
    },
    conformIdTokenClaims: false,
    interactions: { policy, url: (_, { uid }) => `/login/${uid}` },
    cookies: {
      keys: [randomBytes(32).toString("base64url")],
      names: { session: "op", interaction: "op-login", resume: "op-resume" },
      long: { httpOnly: true, sameSite: "lax", signed: true },
      short: { httpOnly: true, sameSite: "lax", signed: true },
    },
    findAccount: (_, sub) => {
      const person = people.find((known) => known.sub === sub);
      return person && { accountId: sub, claims: () => ({ sub, ...person.attributes }) };
    },
    loadExistingGrant: grantEverything,
  });
  op.proxy = true;
  return op;
}

async function grantEverything(ctx: KoaContextWithOIDC) {
  const { provider: op, session, client, params } = ctx.oidc;
  const grant = new op.Grant({ accountId: session!.accountId!, clientId: client!.clientId });
  grant.addOIDCScope(String(params!.scope));
  await grant.save();
  return grant;
}
