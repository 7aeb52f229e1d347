/** The connection check of SAML: what the metadata says, and until when the provider's certificates last. */
import { readCertificate } from "../../saml/certificate.ts";
import { WebUrl } from "../../config/url.ts";
import type { Provider } from "../../saml/metadata.ts";
import { bad, type Finding, good } from "../check/finding.ts";
import type { Tools } from "../connector.ts";
import { UpstreamError } from "../upstream-error.ts";
import { providerOf } from "./provider.ts";
import type { Credentials, Settings } from "./settings.ts";

export async function check(settings: Settings, credentials: Credentials, tools: Tools): Promise<Finding[]> {
  try {
    const provider = await providerOf(settings, tools);
    return [readable(provider), requests(provider, credentials), certificates(provider, tools.now())];
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    const fault = error.reason === "unreachable" ? "discovery_unreachable" : "discovery_unusable";
    const remedy = "Look at the metadata's address, and whether it is the metadata of an identity provider.";
    return [bad("discovery", fault, `${error.message}.`, remedy)];
  }
}

function readable({ sso }: Provider): Finding {
  if (WebUrl.safeParse(sso.redirect ?? sso.post).success)
    return good("discovery", "The provider's entity ID, sign-in URL and certificates are known.");
  const remedy = "The provider must offer its sign-in by https.";
  return bad(
    "sign_in_page",
    "sign_in_page_unreachable",
    "The provider's sign-in URL is not an https URL.",
    remedy,
  );
}

function requests({ wants_signed_requests }: Provider, { signing_key }: Credentials): Finding {
  if (!wants_signed_requests || signing_key !== undefined)
    return good("client_secret", "Requests are signed where the provider wants it.");
  const remedy = "Enter a signing key and its certificate, and give the provider our metadata.";
  return bad(
    "client_secret",
    "secret_wrong",
    "The provider wants signed requests, and there is no key.",
    remedy,
  );
}

function certificates(provider: Provider, now: number): Finding {
  const ends = provider.certificates
    .flatMap((certificate) => readCertificate(certificate)?.expires_at ?? [])
    .map((end) => `${new Date(end * 1_000).toISOString().slice(0, 10)}${end <= now ? " (over)" : ""}`);
  const says = `Signatures are believed of ${ends.length === 1 ? "one certificate" : `${ends.length} certificates`}; they end on ${ends.join(", ")}.`;
  if (ends.some((end) => !end.endsWith("(over)"))) return good("certificates", says);
  const remedy =
    "Enter the provider's present certificate. Until then signatures of the old one still count.";
  return bad("certificates", "certificate_over", says, remedy);
}
