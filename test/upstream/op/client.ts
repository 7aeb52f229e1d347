/** Client authentication, judged: by which method a client came is in its id, `app.…` being the secret in a header. */
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify, type JWK } from "jose";
import type { Provider } from "./provider.ts";

const CLIENT_SECRET = "a secret: with (reserved) characters/& umläut";

/** Keys of clients by id, which a test puts at `https://…op.example.com/client-keys`. */
const keys = new Map<string, JWK>();

export async function putKey(request: Request): Promise<Response> {
  const { client_id, jwk } = (await request.json()) as { client_id: string; jwk: JWK };
  keys.set(client_id, jwk);
  return new Response(null, { status: 204 });
}

/** @returns the client's id, or undefined: it may not use two methods at once (RFC 6749 §2.3) */
export async function authenticated(
  request: Request,
  form: URLSearchParams,
  { issuer, origin }: Provider,
): Promise<string | undefined> {
  const header = request.headers.get("authorization");
  const assertion = form.get("client_assertion");
  const secret = form.get("client_secret");
  if ([header, assertion, secret].filter((used) => used !== null).length > 1) return undefined;
  const id = form.get("client_id") ?? "";
  if (header !== null) {
    const [, basic = ""] = /^Basic (.+)$/.exec(header) ?? [];
    const [name = "", password = ""] = Buffer.from(basic, "base64").toString().split(":").map(formDecode);
    return password === CLIENT_SECRET && name.startsWith("app") ? name : undefined;
  }
  if (secret !== null) return secret === CLIENT_SECRET && id.startsWith("post") ? id : undefined;
  if (assertion === null) return id.startsWith("public") ? id : undefined;
  const jwk = keys.get(id);
  if (!jwk || decodeProtectedHeader(assertion).kid !== jwk.kid) return undefined;
  const { payload } = await jwtVerify(assertion, createLocalJWKSet({ keys: [jwk] }), {
    issuer: id,
    subject: id,
    audience: id.startsWith("keyurl") ? `${origin}/token` : issuer,
    requiredClaims: ["jti", "exp"],
    // The test's clock may be ahead of this one.
    currentDate: new Date(0),
    clockTolerance: Number.MAX_SAFE_INTEGER,
  });
  return payload.sub;
}

/** RFC 6749 §2.3.1: form-encoded before it is base64. */
const formDecode = (text: string) => decodeURIComponent(text.replaceAll("+", " "));
