/** What is wrong with a connection to any OpenID Provider. */
import type { AuthorizationServer } from "oauth4webapi";
import type { Registration } from "../code-flow.ts";
import type { Tools } from "../connector.ts";
import { UpstreamError } from "../upstream-error.ts";
import { checkClient } from "./client.ts";
import { clockFinding } from "./clock.ts";
import { type Discovered, readDiscovery } from "./discovery.ts";
import { bad, type Finding, good, likely } from "./finding.ts";

/** @param named what the discovery document must call its issuer */
export async function checkOidc(
  issuer: URL,
  named: URL,
  tools: Tools,
  registered: (server: AuthorizationServer) => Promise<Registration>,
): Promise<Finding[]> {
  const discovered = await readDiscovery(issuer, tools, named);
  if (discovered.as !== "found") return [discoveryFinding(discovered)];
  const found = good("discovery", "The provider's discovery document was read.");
  const clock = clockFinding(discovered.skew);
  try {
    return [found, ...(await checkClient(await registered(discovered.server), tools)), clock];
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    const remedy = "Paste the key again: PKCS#8 as PEM, or a JWK with its private part.";
    return [found, bad("client_secret", "secret_wrong", "The private key cannot be read.", remedy), clock];
  }
}

function discoveryFinding(discovered: Exclude<Discovered, { as: "found" }>): Finding {
  const remedy = "Copy “issuer” from the provider's own discovery document, which its documentation names.";
  switch (discovered.as) {
    case "silent":
      return likely(
        "discovery",
        "discovery_unreachable",
        "Nothing answers at the issuer URL.",
        "A mistyped name, a provider that is only reachable inside your network, and a failure between look the same.",
        `${remedy} It has to be reachable from the internet by https.`,
      );
    case "status":
      return likely(
        "discovery",
        "discovery_unreachable",
        `The provider answered ${discovered.status} in place of a discovery document.`,
        discovered.status < 500
          ? "An issuer URL with a wrong path and a provider without a discovery document look the same."
          : "A provider that is down and an issuer URL with a wrong path look the same.",
        remedy,
      );
    case "unusable":
      return bad(
        "discovery",
        "discovery_unusable",
        "What answered is no discovery document, or one that names another issuer.",
        `${remedy} A slash at the end counts.`,
      );
  }
}
