/** Judged when scripts and apps have had their say, and before anything is stored: is there what the request needs? */
import type { Broker } from "../broker.ts";
import type { Claim } from "../config/claim.ts";
import type { Client } from "../config/client.ts";
import { PORTAL } from "../config/portal.ts";
import type { Authentication, AuthorizationRequest } from "../flow.ts";
import { OAuthError } from "../oauth/error.ts";
import { needed } from "../tokens/claims.ts";
import { type Facts, factsOf, valueOf } from "../tokens/facts.ts";

/**
 * A claim that is required and has no value ends the sign-in (design §5.11). Judged by what was asked for: what the
 * person does not agree to is not required.
 * @throws OAuthError `access_denied`, `unmet_authentication_requirements`
 */
export function judgeNeeds(
  { workspace }: Broker,
  client: Client,
  { scope, claims: requested, essential_acr }: AuthorizationRequest,
  authentication: Authentication,
  subject: string,
): void {
  // OpenID Connect Core §5.5.1.1: an essential acr that was not met is a failed authentication.
  if (essential_acr && !essential_acr.includes(authentication.acr ?? ""))
    throw new OAuthError(
      "unmet_authentication_requirements",
      "the provider did not authenticate in a way that the request needs",
    );
  const facts = factsOf(workspace, client, { subject, scope, authentication });
  demand(requiredBy(workspace, { client_id: client.client_id, scope, claims: requested }), facts);
}

type Asking = Pick<AuthorizationRequest, "client_id" | "scope" | "claims">;

/** Claims that a request cannot go without. Nobody's own page gets tokens, so whoever lacks one can still see what is theirs. */
function requiredBy(
  { claims }: Broker["workspace"],
  { client_id, scope, claims: requested }: Asking,
): readonly Claim[] {
  if (client_id === PORTAL) return [];
  return (["id_token", "access_token"] as const).flatMap((to) => needed(claims, { to, scope, requested }));
}

/** @throws OAuthError `access_denied` */
function demand(claims: readonly Claim[], facts: Facts): void {
  const missing = claims.find((claim) => valueOf(claim, facts) === undefined);
  if (!missing) return;
  const reason = `the required claim ${missing.name} of the ${missing.type} has no value`;
  throw new OAuthError("access_denied", "something that the application needs is missing from the sign-in", {
    reason,
  });
}

const ofPerson = ({ source_type }: Claim) => source_type === "authn_ctx";

/**
 * What a request needs of a context that is sealed in the person's object: paths, of which the object knows those that
 * have no value there. What it needs of the records of the client and of the workspace is judged here.
 * @throws OAuthError `access_denied`
 */
export function neededOfContext(
  { workspace }: Broker,
  client: Client,
  request: AuthorizationRequest,
): readonly string[] {
  const claims = requiredBy(workspace, request);
  demand(
    claims.filter((claim) => !ofPerson(claim)),
    { workspace, client, context: {}, protocol: {} },
  );
  return claims.filter(ofPerson).map(({ source_path }) => source_path);
}

/** Paths that required claims of the workspace lead to, whoever asks for them. */
export function requiredPaths({ claims }: Pick<Broker["workspace"], "claims">): readonly string[] {
  return [
    ...new Set(claims.filter((claim) => claim.required && ofPerson(claim)).map((one) => one.source_path)),
  ];
}

/** Those of them that have no value in a context. */
export function lackedBy(
  { workspace }: Broker,
  client: Client,
  authentication: Authentication,
  subject: string,
): readonly string[] {
  const facts = factsOf(workspace, client, { subject, scope: [], authentication });
  return requiredPaths(workspace).filter(
    (source_path) => valueOf({ source_type: "authn_ctx", source_path }, facts) === undefined,
  );
}
