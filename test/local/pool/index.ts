import { createServer } from "node:http";
import { listen } from "../listen.ts";
import { authorize } from "./authorize.ts";
import { noSuchHost, otherRegion, spoilt, type PoolFault } from "./faults.ts";
import { issuerHost } from "./issuer.ts";
import { generateKey, type PoolKeys } from "./keys.ts";
import { login } from "./login.ts";
import { logout } from "./logout.ts";
import { page } from "./page.ts";
import { people as everybody, type Person } from "./people.ts";
import { provider, type AppClient, type Middleware } from "./provider.ts";
import { revoke } from "./revoke.ts";
import { token } from "./token.ts";
import { userinfo } from "./userinfo.ts";

export interface PoolOptions {
  readonly clients: readonly AppClient[];
  readonly region?: string;
  readonly poolId?: string;
  /** 0 takes any free port. */
  readonly port?: number;
  readonly keys?: PoolKeys;
  readonly people?: readonly Person[];
  readonly honourPrompt?: boolean;
}

/** As much of a request as is passed on; Miniflare brings a class of its own. */
type Asked = Pick<Request, "url" | "method" | "headers" | "arrayBuffer">;

export interface Pool {
  readonly issuer: string;
  readonly region: string;
  readonly poolId: string;
  /** Where a browser reaches the hosted pages: another site than the broker's `localhost`, so that SameSite counts. */
  readonly origin: string;
  /** Answers what a Worker fetches from the pool's AWS hosts, and refuses every other host by name. */
  readonly answer: (request: Asked) => Promise<Response>;
  /** What its operator does in the AWS console: one more callback URL of an app client. */
  readonly allow: (clientId: string, callbackUrl: string) => Promise<void>;
  /** What is wrong with the pool now. */
  readonly faults: Set<PoolFault>;
  stop(): Promise<void>;
}

/** A user pool that behaves like AWS Cognito, under an issuer of Cognito's real form. */
export async function startPool(options: PoolOptions): Promise<Pool> {
  const { clients, region = "eu-central-1", poolId = `${region}_VestibuLe`, people = everybody } = options;
  const keys = options.keys ?? { id: await generateKey(), access: await generateKey() };
  const issuer = `https://cognito-idp.${region}.amazonaws.com/${poolId}`;
  const domain = `https://demo.auth.${region}.amazoncognito.com`;

  const op = provider(issuer, { clients, keys, people });
  const tokens = { issuer, keys, people, issued: new Map<string, string>() };
  const around: Middleware[] = [
    errorPage,
    logout(clients),
    login(people),
    authorize(options.honourPrompt ?? false),
    token(tokens),
    userinfo(tokens),
    revoke,
  ];
  for (const middleware of around) op.use(middleware as Parameters<typeof op.use>[0]);

  const handle = op.callback();
  const server = createServer((request, response) => void handle(request, response));
  const origin = `http://127.0.0.1:${await listen(server, options.port ?? 0)}`;
  const faults = new Set<PoolFault>();
  const issuerAnswer = issuerHost({ issuer, hosted: origin, domain, keys });

  return {
    issuer,
    region,
    poolId,
    origin,
    faults,
    allow: async (clientId, callbackUrl) => {
      const known = clients.find(({ id }) => id === clientId);
      const registered = await op.Client.find(clientId);
      if (!known || !registered) throw new TypeError("the pool has no such app client");
      const callbackUrls = [...known.callbackUrls, callbackUrl];
      Object.assign(known, { callbackUrls });
      Object.assign(registered, { redirectUris: callbackUrls });
    },
    answer: async (request) => {
      const url = new URL(request.url);
      if (url.origin === new URL(issuer).origin) return spoilt(issuerAnswer(url), issuer, faults);
      const elsewhere = otherRegion(url);
      if (elsewhere) return elsewhere;
      if (faults.has("domain-gone")) return noSuchHost();
      if (url.origin !== domain && url.origin !== origin)
        return new Response(`no local provider answers for ${url.host}`, { status: 502 });
      const { method } = request;
      const body = method === "GET" || method === "HEAD" ? undefined : await request.arrayBuffer();
      const headers = [...request.headers].filter(([name]) => name !== "host" && name !== "content-length");
      return fetch(origin + url.pathname + url.search, { method, headers, body, redirect: "manual" });
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const errorPage: Middleware = async (ctx, next) => {
  if (ctx.path !== "/error") return next();
  ctx.status = 400;
  ctx.body = page(
    "Error",
    "<h1>An error was encountered with the requested page.</h1><p>" + known(ctx.query.error) + "</p>",
  );
};

const known = (error: unknown): string =>
  /^[a-z_]+$/.test(String(error)) ? String(error) : "invalid_request";
