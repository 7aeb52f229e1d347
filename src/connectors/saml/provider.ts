/** The provider of a connection: from its metadata, or as the operator says. */
import { SamlError } from "../../saml/error.ts";
import { bare } from "../../saml/certificate.ts";
import { type Provider, readMetadata } from "../../saml/metadata.ts";
import type { Tools } from "../connector.ts";
import { reach, remembered } from "../metadata.ts";
import { UpstreamError } from "../upstream-error.ts";
import type { Settings } from "./settings.ts";

/** @throws UpstreamError `unreachable` or `malformed` */
export async function providerOf(settings: Settings, tools: Pick<Tools, "fetch" | "now">): Promise<Provider> {
  const { metadata_url, metadata_xml } = settings;
  if (metadata_url !== undefined) return fetched(metadata_url, tools);
  return metadata_xml === undefined ? byHand(settings) : read(metadata_xml, tools);
}

function byHand(settings: Settings): Provider {
  const { idp_entity_id = "", sso_url, sso_binding, slo_url, slo_binding, idp_certificates = [] } = settings;
  return {
    entity_id: idp_entity_id,
    sso: { [sso_binding]: sso_url },
    slo: slo_url === undefined ? {} : { [slo_binding]: slo_url },
    certificates: idp_certificates.map(bare),
    wants_signed_requests: false,
  };
}

const documents = remembered<Provider>();

/** An old copy serves for a day while the provider does not answer. */
async function fetched(url: string, tools: Pick<Tools, "fetch" | "now">): Promise<Provider> {
  return documents(url, tools, () => readAnew(url, tools));
}

/** What is there now, and not what was there before. @throws UpstreamError `unreachable` or `malformed` */
export async function readAnew(url: string, tools: Pick<Tools, "fetch" | "now">): Promise<Provider> {
  const response = await reach(() =>
    tools.fetch(url, { headers: { accept: "application/samlmetadata+xml" } }),
  );
  if (!response.ok) throw new UpstreamError("malformed", "the metadata could not be read");
  return read(await response.text(), tools);
}

function read(document: string, tools: Pick<Tools, "now">): Provider {
  try {
    const provider = readMetadata(document);
    // SAML Metadata §2.3.2: what is over says nothing about today's keys.
    if (provider.valid_until !== undefined && provider.valid_until <= tools.now())
      throw new SamlError("document", "the metadata is not valid any more");
    return provider;
  } catch (error) {
    if (!(error instanceof SamlError)) throw error;
    throw new UpstreamError("malformed", error.message, { cause: error });
  }
}
