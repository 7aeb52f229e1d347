/** What is wrong with our registration at a provider of whose habits nothing is known but the standards. */
import type { Registration } from "../code-flow.ts";
import type { Tools } from "../connector.ts";
import { type Asked, askForSignIn, isScope, refusedScopes } from "./ask.ts";
import { bad, type Finding, good, likely, unknown } from "./finding.ts";
import { redeemNothing, type Redeemed } from "./redeem.ts";

/** At most eight requests, and as many pushed ones. */
export async function checkClient(registration: Registration, tools: Tools): Promise<Finding[]> {
  const [asked, redeemed] = await Promise.all([
    askForSignIn(registration, tools),
    redeemNothing(registration, tools),
  ]);
  const scopes = isScope(asked) ? await refusedScopes(registration, tools) : undefined;
  return [
    clientFinding(redeemed),
    redirectFinding(asked, redeemed, tools.callback.href),
    scopeFinding(asked, scopes),
  ];
}

/** RFC 6749 §5.2: an unknown client and a wrong secret are one error. */
function clientFinding(redeemed: Redeemed): Finding {
  if (redeemed.as !== "answered")
    return unknown("client_id", "The token endpoint gave no answer that could be read.", {
      or: "A wrong address, a failure of the network and a provider that is down look the same.",
      remedy: "Try again in a minute, and look whether the provider is up.",
    });
  switch (redeemed.error) {
    case "invalid_grant":
      return good("client_id", "The provider knows the client, and its credentials are right.");
    case "invalid_client":
      return likely(
        "client_id",
        "client_unknown",
        "The provider refuses the client or its credentials.",
        "An unknown client ID, a wrong or expired secret, and another method of client authentication than the one registered look the same.",
        "Compare client ID, secret and client authentication with the provider's page of your app.",
      );
    case "unauthorized_client":
      return bad(
        "client_id",
        "flow_not_allowed",
        "The client may not use the authorization code flow.",
        "Allow the authorization code flow on the provider's page of your app.",
      );
    default:
      return unknown("client_id", "The provider objects to something else than the client.", {
        or: "Whether it looked at the client's credentials before cannot be told.",
      });
  }
}

function redirectFinding(asked: Asked, redeemed: Redeemed, callback: string): Finding {
  const remedy = `On the provider's page of your app add ${callback} to the redirect URIs, exactly as it is here.`;
  switch (asked.as) {
    case "answered":
      return good("redirect_url", "The redirect URL is registered.");
    case "page":
      return {
        ...good("redirect_url", "The provider begins a sign-in with this redirect URL.", "likely"),
        or: "Some providers look at the redirect URL only after the sign-in.",
      };
    case "refused":
      if (redeemed.as === "answered" && redeemed.error === "invalid_grant")
        return likely(
          "redirect_url",
          "redirect_url_not_registered",
          "The provider refuses the request of a client that it knows.",
          "Another parameter that it does not take looks the same.",
          remedy,
        );
      return unknown("redirect_url", "Whether the redirect URL is registered could not be told.", {
        or: "With a client that is not known, every redirect URL is refused.",
        remedy: "Correct the client first, then check again.",
      });
    case "unreachable":
      return likely(
        "sign_in_page",
        "sign_in_page_unreachable",
        "The provider's sign-in page does not answer.",
        "A failure of the network and a provider that is down look the same.",
        "Try again in a minute, and look whether the provider is up.",
      );
  }
}

function scopeFinding(asked: Asked, refused: readonly string[] | undefined): Finding {
  const remedy = "Allow it on the provider's page of your app, or take it out of Scopes here.";
  if (asked.as === "page")
    return {
      ...good("scopes", "The provider begins a sign-in with these scopes.", "likely"),
      or: "Some providers leave out scopes that they do not allow, and say nothing.",
    };
  if (!isScope(asked))
    return unknown("scopes", "Scopes are judged after client and redirect URL, so they could not be tried.", {
      remedy: "Correct what is wrong above first, then check again.",
    });
  if (refused)
    return bad("scopes", "scope_not_allowed", `Not allowed for this client: ${refused.join(", ")}.`, remedy);
  return {
    ...bad("scopes", "scope_not_allowed", "A scope is not allowed for this client.", remedy),
    or: "Which of them it is could not be told apart.",
  };
}
