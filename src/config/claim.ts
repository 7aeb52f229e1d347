/** Claims: authentication context → token, released by scopes. */
import * as z from "zod";
import { RecordId, ScopeName } from "./ids.ts";
import { parsePath, Path } from "./path.ts";
import { RESERVED_CLAIMS } from "./reserved-claims.ts";

/** Members of a client's and the workspace's own record that a claim may carry: nothing that is not public anyway. */
export const RECORD_SOURCES = {
  client: ["client_id", "client_name", "client_uri", "logo_uri", "policy_uri", "tos_uri"],
  workspace: ["id", "name", "logo_uri"],
} as const;

export const Claim = z.strictObject({
  id: RecordId,
  /** A path: `address.country` makes a member of the object `address` (OpenID Connect Core §5.1.1). */
  name: Path.refine((name) => {
    const [first] = parsePathSafely(name);
    return first === undefined || !RESERVED_CLAIMS.has(first);
  }, "this claim is set by the protocol"),
  type: z.enum(["id_token", "access_token"]),
  /** The authentication context, or the record of the client or of the workspace. */
  source_type: z.enum(["authn_ctx", "client", "workspace"]).default("authn_ctx"),
  source_path: Path,
  /** Any one of these releases the claim; none means always. */
  scopes: z.array(ScopeName).max(50).default([]),
  /** Only at userinfo and introspection, never in the token itself. */
  opaque: z.boolean().default(false),
  /** Without it there is no sign-in: where its scopes are granted, it has a value and fits, or the sign-in ends. */
  required: z.boolean().default(false),
});
export type Claim = z.infer<typeof Claim>;

function parsePathSafely(path: string): string[] {
  try {
    return parsePath(path);
  } catch {
    return [];
  }
}

const names = (text: string) => text.split(" ");
const PROFILE = names(
  "name given_name middle_name family_name nickname preferred_username profile picture website gender " +
    "birthdate zoneinfo locale updated_at",
);
const ADDRESS = names("formatted street_address locality region country postal_code");

const releasedBy = (scope: string, claims: string[]) =>
  claims.map((name): Claim => ({
    id: `id_token-${name.replace(".", "-")}`,
    name,
    type: "id_token",
    source_type: "authn_ctx",
    source_path: name,
    scopes: [scope],
    opaque: false,
    required: false,
  }));

/** What a new workspace starts with: the claims that OpenID Connect Core §5.4 gives to each scope. */
export const STANDARD_CLAIMS: readonly Claim[] = [
  ...releasedBy("profile", PROFILE),
  ...releasedBy("email", names("email email_verified")),
  ...releasedBy("phone", names("phone_number phone_number_verified")),
  ...releasedBy(
    "address",
    ADDRESS.map((part) => `address.${part}`),
  ),
];
