/** The token and userinfo endpoints. */
import { createHash } from "node:crypto";
import { SignJWT, type JWTPayload } from "jose";
import { spend, type Code } from "../code.ts";
import { faultsOf, type Has } from "../faults.ts";
import { poolKeys } from "../keys.ts";
import { halfHash, signId, wrong } from "../mint.ts";
import { person } from "../people.ts";
import { authenticated } from "./client.ts";
import type { Provider } from "./provider.ts";

/** Opaque access tokens, and what they stand for. */
const issued = new Map<string, Code>();

export async function token(request: Request, provider: Provider): Promise<Response> {
  const form = new URLSearchParams(await request.text());
  const client = await authenticated(request, form, provider);
  if (client === undefined) return Response.json({ error: "invalid_client" }, { status: 401 });
  const code = spend(form.get("code"));
  const verifier = createHash("sha256")
    .update(form.get("code_verifier") ?? "")
    .digest("base64url");
  const fits =
    code?.client === client &&
    code.pool === provider.name &&
    code.redirect === form.get("redirect_uri") &&
    code.challenge === verifier;
  if (!fits || !code) return Response.json({ error: "invalid_grant" }, { status: 400 });
  const has = faultsOf(client);
  const { sub, claims } = person(code.person, code.claims);
  const iss = provider.issuer.replace(
    "{tenantid}",
    typeof claims["tid"] === "string" ? claims["tid"] : "none",
  );
  const access_token = await accessToken(iss, sub, code, has);
  issued.set(access_token, code);
  const id: JWTPayload = {
    ...claims,
    iss,
    sub,
    aud: client,
    nonce: code.nonce,
    iat: code.now,
    exp: code.now + 3_600,
    ...(!has("no-auth-time") && { auth_time: code.now - code.age }),
    ...(has("good-at-hash") && { at_hash: halfHash(access_token) }),
    ...(has("bad-at-hash") && { at_hash: halfHash("another") }),
    ...(has("wrong-tid") && { tid: "22222222-2222-2222-2222-222222222222" }),
    ...wrong(has, code),
  };
  const id_token = await signId(id, has, await poolKeys());
  return Response.json({ id_token, access_token, token_type: "Bearer", expires_in: 3_600 });
}

/** Opaque, unless the client's id asks for a JWT: ours, or one that only its API can check. */
async function accessToken(iss: string, sub: string, code: Code, has: Has): Promise<string> {
  if (!has("jwt-access") && !has("access-wrong-key")) return `opaque-${code.id}`;
  const { id, stranger } = await poolKeys();
  const claims = {
    iss,
    sub,
    aud: "https://api.example.com",
    roles: ["reader"],
    realm_access: { roles: ["admin"] },
    exp: code.now + 3_600,
  };
  const key = has("access-wrong-key") ? stranger : id;
  return new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: id.kid }).sign(key.privateKey);
}

export function userInfo(request: Request): Response {
  const code = issued.get(/^Bearer (.+)$/.exec(request.headers.get("authorization") ?? "")?.[1] ?? "");
  if (!code) return new Response(null, { status: 401, headers: { "www-authenticate": "Bearer" } });
  const { sub, claims } = person(code.person, { nickname: `${code.person} of userinfo` });
  const other = faultsOf(code.client)("userinfo-other-sub");
  return Response.json({ ...claims, sub: other ? "sub-of-somebody-else" : sub });
}
