/** How we prove to a provider who we are (RFC 6749 §2.3, OpenID Connect Core §9). */
import { importPKCS8, importJWK, type JWK } from "jose";
import * as oauth from "oauth4webapi";
import * as z from "zod";
import { UpstreamError } from "./upstream-error.ts";

export const METHODS = ["client_secret_basic", "client_secret_post", "private_key_jwt", "none"] as const;
/** That oauth4webapi signs assertions with. */
export const SIGNING_ALGORITHMS = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "Ed25519",
] as const;

export const Credentials = z.strictObject({
  client_secret: z.string().min(1).max(1_000).optional(),
  /** PKCS#8 as PEM, or a JWK as JSON text, whose `kid`, `x5t` and `x5t#S256` go into the assertion's header. */
  private_key: z.string().min(1).max(10_000).optional(),
});
export type Credentials = z.infer<typeof Credentials>;

/** Words of the settings that say how we sign assertions, the same for every kind that does. */
export const ASSERTION_FORM = {
  token_endpoint_auth_signing_alg: {
    label: "Algorithm of the private key",
    help: "For private_key_jwt with a key as PEM.",
    advanced: true,
  },
  client_assertion_audience: {
    label: "Audience of assertions",
    help: "For private_key_jwt. Providers take their issuer; choose the token endpoint only for one that insists on it, because a provider that names another's token endpoint could use the assertion there.",
    advanced: true,
  },
} as const;

/** Whom an assertion is for. The issuer, unless a provider insists on its token endpoint. */
export const AUDIENCES = ["issuer", "token_endpoint"] as const;

export interface Authenticating {
  readonly client_assertion_audience: (typeof AUDIENCES)[number];
  readonly token_endpoint_auth_method: (typeof METHODS)[number];
  readonly token_endpoint_auth_signing_alg: (typeof SIGNING_ALGORITHMS)[number];
}

/** The credential that a method cannot do without. */
export function missingCredential(
  { token_endpoint_auth_method: method }: Pick<Authenticating, "token_endpoint_auth_method">,
  credentials: Credentials,
): keyof Credentials | undefined {
  const needed = NEEDED[method];
  return needed && credentials[needed] === undefined ? needed : undefined;
}

const NEEDED = {
  client_secret_basic: "client_secret",
  client_secret_post: "client_secret",
  private_key_jwt: "private_key",
  none: undefined,
} as const satisfies Record<(typeof METHODS)[number], keyof Credentials | undefined>;

/** @throws UpstreamError `refused` when the key cannot be read */
export async function clientAuthentication(
  settings: Authenticating,
  { client_secret = "", private_key = "" }: Credentials,
): Promise<oauth.ClientAuth> {
  switch (settings.token_endpoint_auth_method) {
    case "client_secret_basic":
      return oauth.ClientSecretBasic(client_secret);
    case "client_secret_post":
      return oauth.ClientSecretPost(client_secret);
    case "private_key_jwt":
      return assertion(private_key, settings);
    case "none":
      return oauth.None();
  }
}

async function assertion(
  text: string,
  { token_endpoint_auth_signing_alg, client_assertion_audience }: Authenticating,
): Promise<oauth.ClientAuth> {
  try {
    const { key, header } = await privateKey(text, token_endpoint_auth_signing_alg);
    return (server, ...rest) =>
      oauth.PrivateKeyJwt(key, {
        [oauth.modifyAssertion](head, claims) {
          Object.assign(head, header);
          if (client_assertion_audience === "token_endpoint" && server.token_endpoint)
            claims["aud"] = server.token_endpoint;
        },
      })(server, ...rest);
  } catch (cause) {
    throw new UpstreamError("refused", "the private key of the connection cannot be read", { cause });
  }
}

async function privateKey(text: string, algorithm: string) {
  if (!text.trimStart().startsWith("{")) return { key: await importPKCS8(text, algorithm), header: {} };
  const jwk = JSON.parse(text) as JWK;
  const key = await importJWK({ ...jwk, ext: false, key_ops: ["sign"] }, jwk.alg ?? algorithm);
  if (key instanceof Uint8Array) throw new TypeError("a secret is not a private key");
  const named = (["kid", "x5t", "x5t#S256"] as const).filter((name) => jwk[name] !== undefined);
  return { key, header: Object.fromEntries(named.map((name) => [name, jwk[name]])) };
}
