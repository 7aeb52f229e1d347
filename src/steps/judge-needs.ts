/** Judged when scripts and apps have had their say, and before anything is stored: is there what the request needs? */
import type { Broker } from "../broker.ts";
import type { Client } from "../config/client.ts";
import type { Authentication, AuthorizationRequest } from "../flow.ts";
import { OAuthError } from "../oauth/error.ts";
import { lacking } from "../tokens/claims.ts";
import { factsOf } from "../tokens/facts.ts";

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
  if (!workspace.claims.some(({ required }) => required)) return;
  const facts = factsOf(workspace, client, { subject, scope, authentication });
  for (const to of ["id_token", "access_token"] as const) {
    const [missing] = lacking(workspace.claims, { to, scope, requested }, facts);
    if (missing)
      throw new OAuthError(
        "access_denied",
        "something that the application needs is missing from the sign-in",
        {
          reason: `the required claim ${missing.name} of the ${to} has no value`,
        },
      );
  }
}
