/** What is wrong with a connection to a user pool, judged from how Cognito answers; with the place in the AWS console. */
import type { Registration } from "../code-flow.ts";
import type { Tools } from "../connector.ts";
import { askForSignIn, isScope, refusedScopes } from "./ask.ts";
import { clockFinding } from "./clock.ts";
import { type Discovered, readDiscovery } from "./discovery.ts";
import { clientFinding, redirectFinding, scopeFinding, secretFinding } from "./cognito-client.ts";
import { bad, type Finding, good, likely } from "./finding.ts";
import { redeemNothing } from "./redeem.ts";

/** At most ten requests: discovery, one sign-in, one code, and one for each scope when one is refused. */
export async function checkCognito(
  issuer: URL,
  tools: Tools,
  registered: (server: Registration["server"]) => Registration,
): Promise<Finding[]> {
  const discovered = await readDiscovery(issuer, tools);
  if (discovered.as !== "found") return [discoveryFinding(discovered, issuer)];
  const { server, skew } = discovered;
  const found = good("discovery", "Region and pool ID are right: the pool's discovery document was read.");
  const clock = clockFinding(skew);
  const page = server.authorization_endpoint ?? "";
  if (URL.canParse(page) && new URL(page).host === issuer.host) return [found, NO_DOMAIN, clock];
  const registration = registered(server);
  const [asked, redeemed] = await Promise.all([
    askForSignIn(registration, tools),
    redeemNothing(registration, tools),
  ]);
  if (asked.as === "unreachable" && redeemed.as !== "answered") return [found, DOMAIN_GONE, clock];
  const scopes = isScope(asked) ? await refusedScopes(registration, tools) : undefined;
  return [
    found,
    clientFinding(asked, redeemed),
    secretFinding(asked, redeemed),
    redirectFinding(asked, redeemed, tools.callback.href),
    scopeFinding(asked, scopes),
    clock,
  ];
}

function discoveryFinding(
  discovered: Exclude<Discovered, { as: "found" }>,
  { host, pathname }: URL,
): Finding {
  const pool = pathname.slice(1);
  switch (discovered.as) {
    case "silent":
      return likely(
        "discovery",
        "region_unknown",
        `Nothing answers at ${host}: there is no such region.`,
        "A network failure between here and AWS looks the same; try again in a minute.",
        "Copy the pool ID once more from Amazon Cognito > User pools > your pool > Overview; the region is its part before the underscore.",
      );
    case "status":
      if (discovered.status < 500 && discovered.status !== 429)
        return likely(
          "discovery",
          "pool_unknown",
          `The region is right, and it has no user pool ${pool}.`,
          "A pool that was deleted, one in another region, and a mistyped ID look the same.",
          "In the AWS console choose the region at the top right, then copy the ID from Amazon Cognito > User pools > your pool > Overview > User pool ID.",
        );
      return likely(
        "discovery",
        "discovery_unreachable",
        `Cognito answered ${discovered.status} in place of the pool's discovery document.`,
        "A disturbance at AWS and too many requests of this account look the same.",
        "Try again in a few minutes, and look at the AWS Health Dashboard for Amazon Cognito in this region.",
      );
    case "unusable":
      return bad(
        "discovery",
        "discovery_unusable",
        "What answered is not the discovery document of this pool.",
        "Something between here and AWS answers in its place: look for a proxy or a filter.",
      );
  }
}

const NO_DOMAIN = bad(
  "sign_in_page",
  "no_domain",
  "The user pool has no domain, so it has no sign-in page.",
  "Amazon Cognito > User pools > your pool > Branding > Domain: create a Cognito domain or a custom one.",
);

const DOMAIN_GONE = likely(
  "sign_in_page",
  "sign_in_page_unreachable",
  "The pool's domain does not answer.",
  "A domain that was deleted, one that is still being set up, and a failure of the network look the same.",
  "Amazon Cognito > User pools > your pool > Branding > Domain: see that it is active, then check again.",
);
