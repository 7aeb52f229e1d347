/** Clients, in the words of RFC 7591 §2. */
import * as z from "zod";
import { SIGNING_ALGORITHMS } from "./algorithms.ts";
import { ClientId, RecordId, ScopeName } from "./ids.ts";
import { CalledUrl } from "./public-url.ts";
import { RedirectUri, WebUrl } from "./url.ts";

export const AUTH_METHODS = ["client_secret_basic", "client_secret_post", "private_key_jwt", "none"] as const;
export const GRANT_TYPES = ["authorization_code", "refresh_token", "client_credentials"] as const;

/** RFC 7591 §2 `scope`: space-separated; kept as a list. */
const ScopeList = z
  .union([z.string().transform((text) => text.split(" ").filter(Boolean)), z.array(z.string())])
  .pipe(z.array(ScopeName).max(200));

const PublicJwk = z
  .looseObject({ kty: z.enum(["RSA", "EC", "OKP"]), kid: z.string().max(200).optional() })
  .refine((jwk) => !("d" in jwk), "must be a public key");

/** OpenID Connect Registration §2: https; we add `iss` to its query. */
const InitiateLoginUri = WebUrl.refine((text) => !text.includes("#"), "must have no fragment");

export const Client = z
  .strictObject({
    client_id: ClientId,
    client_name: z.string().min(1).max(100),
    /** Hash of the secret. The secret itself is shown once, when it is made. */
    client_secret_hash: z.string().length(43).optional(),
    token_endpoint_auth_method: z.enum(AUTH_METHODS).default("client_secret_basic"),
    redirect_uris: z.array(RedirectUri).max(100).default([]),
    post_logout_redirect_uris: z.array(RedirectUri).max(100).default([]),
    /** OpenID Connect Core §4: where somebody else may have the client begin a sign-in. */
    initiate_login_uri: InitiateLoginUri.optional(),
    /** OpenID Connect Back-Channel Logout 1.0 §2.2: told when a session ends in which the client was given tokens. */
    backchannel_logout_uri: CalledUrl.optional(),
    /** Ours always name the session, whether or not the client requires it. */
    backchannel_logout_session_required: z.boolean().default(false),
    grant_types: z.array(z.enum(GRANT_TYPES)).default(["authorization_code"]),
    response_types: z.array(z.literal("code")).max(1).default(["code"]),
    scope: ScopeList.default(["openid"]),
    jwks: z.strictObject({ keys: z.array(PublicJwk).min(1).max(20) }).optional(),
    jwks_uri: CalledUrl.optional(),
    id_token_signed_response_alg: z.enum(SIGNING_ALGORITHMS).default("RS256"),
    client_uri: WebUrl.optional(),
    logo_uri: WebUrl.optional(),
    policy_uri: WebUrl.optional(),
    tos_uri: WebUrl.optional(),
    /** Script that adds claims to this client's tokens. */
    client_token_minting_script: RecordId.optional(),
    /** Consent is not asked. */
    trusted: z.boolean().default(false),
    disabled: z.boolean().default(false),
    /** Grants and tokens from before this time (seconds since 1970) are void. */
    not_before: z.int().min(0).default(0),
    /** When the client's secret or keys are to be replaced (seconds since 1970): there are alerts before. */
    credentials_expire_at: z.int().min(0).optional(),
  })
  .superRefine((client, context) => {
    const method = client.token_endpoint_auth_method;
    const fault = (field: string, message: string) =>
      context.addIssue({ code: "custom", path: [field], message });
    if (method === "none" && client.grant_types.includes("client_credentials"))
      fault("grant_types", "a public client has no credentials of its own");
    if (method.startsWith("client_secret") && !client.client_secret_hash)
      fault("client_secret", "this authentication method needs a secret");
    if (method === "private_key_jwt" && !client.jwks === !client.jwks_uri)
      fault("jwks", "private_key_jwt needs either jwks or jwks_uri");
    if (client.grant_types.includes("authorization_code") && client.redirect_uris.length === 0)
      fault("redirect_uris", "the authorization code grant needs a redirect URI");
  });
export type Client = z.infer<typeof Client>;

/** True for clients that cannot keep a secret (RFC 6749 §2.1). */
export function isPublic(client: Client): boolean {
  return client.token_endpoint_auth_method === "none";
}
