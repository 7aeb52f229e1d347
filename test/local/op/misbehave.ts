/** A thin layer around a certified provider that spoils its answers in one thing. A client's id says which. */
import { decodeJwt, SignJWT, UnsecuredJWT, type JWTPayload } from "jose";
import type { KoaContextWithOIDC } from "oidc-provider";
import { own, stranger } from "./keys.ts";

type Body = Record<string, unknown>;

interface Fault {
  /** Routes of the provider. */
  readonly at: readonly string[];
  readonly spoil: (ctx: KoaContextWithOIDC) => void | Promise<void>;
}

const now = () => Math.floor(Date.now() / 1_000);

/** The answer that the browser carries, in its address or in a form. */
function carried(change: (answer: URLSearchParams) => void): Fault {
  return {
    at: ["authorization", "resume"],
    spoil(ctx) {
      const location = String(ctx.response.headers["location"]);
      if (location.startsWith(String(ctx.oidc.params?.["redirect_uri"]))) {
        const to = new URL(location);
        change(to.searchParams);
        ctx.set("location", to.href);
      } else if (typeof ctx.body === "string") ctx.body = inForm(ctx.body, change);
    },
  };
}

function inForm(html: string, change: (answer: URLSearchParams) => void): string {
  const fields = /<input type="hidden" name="([^"]*)" value="([^"]*)"\/>/g;
  const answer = new URLSearchParams(
    [...html.matchAll(fields)].map(([, name = "", value = ""]) => [name, value]),
  );
  change(answer);
  const written = [...answer].map(
    ([name, value]) => `<input type="hidden" name="${name}" value="${value}"/>`,
  );
  return html.replace(/(?:<input type="hidden"[^>]*>\s*)+/, written.join(""));
}

/** What the broker is told directly, unless the provider had an error to tell. */
function told(route: string, change: (answer: Body, ctx: KoaContextWithOIDC) => unknown): Fault {
  return {
    at: [route],
    async spoil(ctx) {
      if (ctx.status < 400) ctx.body = await change(ctx.body as Body, ctx);
    },
  };
}
const token = (change: (answer: Body, ctx: KoaContextWithOIDC) => unknown) => told("token", change);
const userinfo = (change: (answer: Body, ctx: KoaContextWithOIDC) => unknown) => told("userinfo", change);
const pushed = (change: (answer: Body, ctx: KoaContextWithOIDC) => unknown) =>
  told("pushed_authorization_request", change);

const failing = (status: number) => (_: Body, ctx: KoaContextWithOIDC) => {
  ctx.status = status;
  return { error: "server_error" };
};
const html = (_: Body, ctx: KoaContextWithOIDC) => {
  ctx.type = "html";
  return "<h1>Sorry</h1>";
};
const huge = (answer: Body) => ({ ...answer, more: "x".repeat(1_100_000) });

type Signing = (claims: JWTPayload) => Promise<string> | string;

const signing =
  ({ kid, privateKey } = own): Signing =>
  (claims) =>
    new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid }).sign(privateKey);

function idToken(change: (claims: JWTPayload) => JWTPayload, sign = signing()): Fault {
  return token(async (answer) => ({
    ...answer,
    id_token: await sign(change(decodeJwt(String(answer["id_token"])))),
  }));
}
const same = (claims: JWTPayload) => claims;

function tampered({ id_token, ...rest }: Body): Body {
  const [header = "", , signature = ""] = String(id_token).split(".");
  const claims = { ...decodeJwt(String(id_token)), sub: "somebody-else" };
  return {
    ...rest,
    id_token: [header, Buffer.from(JSON.stringify(claims)).toString("base64url"), signature].join("."),
  };
}

export const FAULTS = {
  // What the browser carries
  "iss-of-another": carried((answer) => answer.set("iss", "https://evil.example")),
  "iss-of-another-by-form": carried((answer) => answer.set("iss", "https://evil.example")),
  "iss-missing": carried((answer) => answer.delete("iss")),
  "state-of-another": carried((answer) => answer.set("state", "another")),
  "code-missing": carried((answer) => answer.delete("code")),
  "code-of-another": carried((answer) => answer.set("code", "another")),
  denies: carried((answer) => {
    answer.delete("code");
    answer.set("error", "access_denied");
  }),
  // The ID token
  "id-token-iss": idToken((claims) => ({ ...claims, iss: "https://evil.example" })),
  "id-token-aud": idToken((claims) => ({ ...claims, aud: "another" })),
  "id-token-aud-and-another": idToken((claims) => ({ ...claims, aud: [String(claims.aud), "another"] })),
  "id-token-azp": idToken((claims) => ({
    ...claims,
    aud: [String(claims.aud), "another"],
    azp: "another",
  })),
  "id-token-nonce": idToken((claims) => ({ ...claims, nonce: "another" })),
  "id-token-no-nonce": idToken(({ nonce: _, ...claims }) => claims),
  "id-token-expired": idToken((claims) => ({ ...claims, iat: now() - 3_600, exp: now() - 60 })),
  "id-token-no-exp": idToken(({ exp: _, ...claims }) => claims),
  "id-token-not-yet": idToken((claims) => ({ ...claims, nbf: now() + 3_600 })),
  "id-token-iat-in-the-future": idToken((claims) => ({ ...claims, iat: now() + 3_600 })),
  "id-token-auth-time-in-milliseconds": idToken((claims) => ({ ...claims, auth_time: Date.now() })),
  "id-token-no-sub": idToken(({ sub: _, ...claims }) => claims),
  "id-token-at-hash": idToken((claims) => ({ ...claims, at_hash: "AAAAAAAAAAAAAAAAAAAAAA" })),
  "id-token-alg-none": idToken(same, (claims) => new UnsecuredJWT(claims).encode()),
  "id-token-hs256": idToken(same, (claims) =>
    new SignJWT(claims).setProtectedHeader({ alg: "HS256", kid: own.kid }).sign(Buffer.from(own.pem)),
  ),
  "id-token-unknown-kid": idToken(same, signing(stranger)),
  "id-token-wrong-key": idToken(same, signing({ ...stranger, kid: own.kid })),
  "id-token-tampered": token(tampered),
  "id-token-missing": token(({ id_token: _, ...answer }) => answer),
  "id-token-garbage": token((answer) => ({ ...answer, id_token: "a.b.c" })),
  // The token endpoint
  "token-500": token(failing(500)),
  "token-html": token(html),
  "token-huge": token(huge),
  "token-slow": token(() => new Promise(() => undefined)),
  "token-no-access-token": token(({ access_token: _, ...answer }) => answer),
  "token-type": token((answer) => ({ ...answer, token_type: "mac" })),
  // Userinfo
  "userinfo-sub": userinfo((answer) => ({ ...answer, sub: "somebody-else" })),
  "userinfo-no-sub": userinfo(({ sub: _, ...answer }) => answer),
  "userinfo-500": userinfo(failing(500)),
  "userinfo-html": userinfo(html),
  // Pushed authorization requests
  "par-500": pushed(failing(500)),
  "par-html": pushed(html),
  "par-no-request-uri": pushed(({ request_uri: _, ...answer }) => answer),
  "par-refused": pushed((_, ctx) => {
    ctx.status = 400;
    return { error: "invalid_request" };
  }),
} as const satisfies Readonly<Record<string, Fault>>;
export type FaultName = keyof typeof FAULTS;

const isFault = (id: string): id is FaultName => Object.hasOwn(FAULTS, id);

/** Goes around the whole provider. */
export async function misbehave(ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> {
  await next();
  // The login page is no route of the provider's.
  const { client, route } = (ctx as Partial<typeof ctx>).oidc ?? {};
  const id = client?.clientId ?? "";
  if (!isFault(id)) return;
  const fault: Fault = FAULTS[id];
  if (fault.at.includes(route ?? "")) await fault.spoil(ctx);
}
