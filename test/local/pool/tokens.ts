import { createHash, randomUUID } from "node:crypto";
import { importJWK, SignJWT, type JWTPayload } from "jose";
import { readable } from "./attributes.ts";
import type { PoolKeys, SigningKey } from "./keys.ts";
import type { Person } from "./people.ts";

export const lifetime = 3600;

export interface Granted {
  readonly person: Person;
  readonly clientId: string;
  readonly scope: string;
  readonly grantId: string;
  readonly authTime: number;
  readonly nonce?: string;
}

export interface Minted {
  readonly access_token: string;
  readonly id_token?: string;
  /** `jti` of the access token. */
  readonly jti: string;
}

/** Cognito's two tokens: claims, header and keys as the real thing has them, and so an access token without `aud`. */
export async function mintTokens(issuer: string, keys: PoolKeys, granted: Granted): Promise<Minted> {
  const { person, clientId, scope, grantId } = granted;
  const jti = randomUUID();
  const iat = Math.floor(Date.now() / 1000);
  const common = {
    sub: person.sub,
    iss: issuer,
    ...(person.groups && { "cognito:groups": person.groups }),
    origin_jti: uuidOf("origin", grantId),
    event_id: uuidOf("event", grantId),
    auth_time: granted.authTime,
    iat,
    exp: iat + lifetime,
  };
  const access = {
    ...common,
    client_id: clientId,
    token_use: "access",
    version: 2,
    scope,
    username: person.username,
    jti,
  };
  const id = { ...common, ...identity(granted), aud: clientId, token_use: "id", jti: randomUUID() };
  return {
    access_token: await sign(access, keys.access),
    id_token: scope.split(" ").includes("openid") ? await sign(id, keys.id) : undefined,
    jti,
  };
}

function identity({ person, scope, nonce }: Granted): JWTPayload {
  return {
    ...readable(person.attributes, new Set(scope.split(" "))),
    "cognito:username": person.username,
    ...(person.roles && { "cognito:roles": person.roles, "cognito:preferred_role": person.roles[0] }),
    ...(person.identities && { identities: person.identities }),
    ...(nonce && { nonce }),
  };
}

/** The header holds `kid` and `alg` only: no `typ`. */
const sign = async (claims: JWTPayload, key: SigningKey): Promise<string> =>
  new SignJWT(claims).setProtectedHeader({ kid: key.kid, alg: "RS256" }).sign(await importJWK(key, "RS256"));

/** The same for every token of one sign-in, refreshed ones included. */
function uuidOf(purpose: string, grantId: string): string {
  const hex = createHash("sha256").update(`${purpose}:${grantId}`).digest("hex");
  return hex.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
