/** Findings about an app client of a user pool. */
import { type Asked, isScope } from "./ask.ts";
import { bad, type Finding, good, likely, unknown } from "./finding.ts";
import type { Redeemed } from "./redeem.ts";

const APP_CLIENT = "Amazon Cognito > User pools > your pool > App clients > your app client";

/** Cognito refuses an unknown client at both endpoints; a known one with a wrong secret only where it has to prove itself. */
export function clientFinding(asked: Asked, redeemed: Redeemed): Finding {
  const believed = redeemed.as === "answered" && redeemed.error === "invalid_grant";
  if (asked.as === "answered" && asked.error === "unauthorized_client")
    return bad(
      "client_id",
      "flow_not_allowed",
      "The app client is known, and may not use the authorization code flow.",
      `${APP_CLIENT} > Login pages > Edit > OAuth grant types: choose Authorization code grant.`,
    );
  if (believed || asked.as === "page" || asked.as === "answered" || isMismatch(asked))
    return good("client_id", "The pool knows the app client.");
  if (redeemed.as === "answered" && redeemed.error === "unauthorized_client")
    return bad(
      "client_id",
      "flow_not_allowed",
      "The app client is known, and may not use the authorization code flow.",
      `${APP_CLIENT} > Login pages > Edit > OAuth grant types: choose Authorization code grant.`,
    );
  if (asked.as === "refused" && redeemed.as === "answered" && redeemed.error === "invalid_client")
    return likely(
      "client_id",
      "client_unknown",
      "The pool does not know this app client.",
      "An app client whose login pages were never set up looks the same.",
      "Copy the ID from Amazon Cognito > User pools > your pool > App clients > your app client > Client ID, and see that Login pages there are set up.",
    );
  return unknown("client_id", "Whether the pool knows the app client could not be told.", UNREACHABLE_PAGE);
}

export function secretFinding(asked: Asked, redeemed: Redeemed): Finding {
  if (redeemed.as !== "answered")
    return unknown(
      "client_secret",
      "The pool's token endpoint gave no answer that could be read.",
      UNREACHABLE_PAGE,
    );
  if (redeemed.error === "invalid_grant") return good("client_secret", "The client secret is right.");
  const known = asked.as === "page" || asked.as === "answered" || isMismatch(asked);
  if (redeemed.error === "invalid_client" && known)
    return bad(
      "client_secret",
      "secret_wrong",
      "The client secret is wrong, or missing.",
      `Copy it from ${APP_CLIENT} > Show client secret. For an app client without a secret leave the field empty.`,
    );
  return unknown("client_secret", "The client secret could not be tried.", {
    or: "With a client that is not known, a right secret and a wrong one are refused alike.",
    remedy: "Correct the client ID first, then check again.",
  });
}

export function redirectFinding(asked: Asked, redeemed: Redeemed, callback: string): Finding {
  if (asked.as === "page" || asked.as === "answered")
    return good("redirect_url", "The redirect URL is registered.");
  const remedy = `${APP_CLIENT} > Login pages > Edit > Allowed callback URLs: add ${callback} exactly as it is here.`;
  if (isMismatch(asked))
    return bad(
      "redirect_url",
      "redirect_url_not_registered",
      "The redirect URL is not registered for the app client.",
      remedy,
    );
  // The client was believed at the token endpoint, so it is not the client that the sign-in page objects to.
  if (asked.as === "refused" && redeemed.as === "answered" && redeemed.error === "invalid_grant")
    return likely(
      "redirect_url",
      "redirect_url_not_registered",
      "The sign-in page refuses the request of a client that is known.",
      "Login pages that are not set up look the same.",
      remedy,
    );
  return unknown("redirect_url", "Whether the redirect URL is registered could not be told.", {
    or: "With a client that is not known, every redirect URL is refused.",
    remedy: "Correct the client ID first, then check again.",
  });
}

export function scopeFinding(asked: Asked, refused: readonly string[] | undefined): Finding {
  if (asked.as === "page") return good("scopes", "All scopes are allowed for the app client.");
  const remedy = `${APP_CLIENT} > Login pages > Edit > OpenID Connect scopes and Custom scopes: allow them, or take them out of Scopes here.`;
  if (isScope(asked) && refused)
    return bad(
      "scopes",
      "scope_not_allowed",
      `Not allowed for this app client: ${refused.join(", ")}.`,
      remedy,
    );
  if (isScope(asked))
    return {
      ...bad("scopes", "scope_not_allowed", "A scope is not allowed for this app client.", remedy),
      or: "Which of them it is could not be told apart.",
    };
  return unknown("scopes", "Scopes are judged after client and redirect URL, so they could not be tried.", {
    remedy: "Correct what is wrong above first, then check again.",
  });
}

const isMismatch = (asked: Asked) => asked.as === "refused" && asked.error === "redirect_mismatch";

const UNREACHABLE_PAGE = {
  or: "A domain that was deleted or that is still being set up, and a failure of the network, look the same.",
  remedy:
    "Amazon Cognito > User pools > your pool > Branding > Domain: see that it is active, then check again.",
} as const;
