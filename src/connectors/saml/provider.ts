/** The provider of a connection: from its metadata, or as the operator says. */
import { SamlError } from "../../saml/error.ts";
import { bare } from "../../saml/certificate.ts";
import { type Provider, readMetadata } from "../../saml/metadata.ts";
import type { JsonObject } from "../../flow.ts";
import type { Tools } from "../connector.ts";
import { reach, remembered } from "../metadata.ts";
import { UpstreamError } from "../upstream-error.ts";
import type { Settings } from "./settings.ts";

type Reading = Pick<Tools, "fetch" | "now" | "readBefore">;

/** @throws UpstreamError `unreachable` or `malformed` */
export async function providerOf(settings: Settings, tools: Reading): Promise<Provider> {
  const { metadata_url } = settings;
  return metadata_url === undefined ? written(settings, tools) : fetched(metadata_url, tools);
}

/** What the operator entered. @throws UpstreamError `malformed` */
export function written(settings: Settings, tools: Pick<Tools, "now">): Provider {
  const { metadata_xml } = settings;
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

/** Seconds, whatever the provider asks for (SAML Metadata §2.3.2): neither is it asked all the time, nor believed for long. */
const [SOONEST, LATEST] = [300, 3_600];

const documents = remembered<Provider>(({ cache_duration = LATEST, valid_until = Infinity }, read_at) =>
  Math.min(Math.max(cache_duration, SOONEST), LATEST, valid_until - read_at),
);

/** A copy of a day at most serves while the address does not answer: this isolate's, or the one that was read in advance. */
async function fetched(url: string, tools: Reading): Promise<Provider> {
  const load = () => readAnew(url, tools);
  return valid(await documents(url, tools, load, { spare: () => readBefore(url, tools) }), tools);
}

interface Copy {
  readonly url: string;
  readonly provider: Provider;
}

/** For isolates that never read it. */
export function copyOf(url: string, provider: Provider): JsonObject {
  return { url, provider: provider as Provider & JsonObject } satisfies Copy;
}

/** Of another address than the connection's it says nothing. */
async function readBefore(url: string, tools: Reading) {
  const before = await tools.readBefore();
  const copy = before?.copy as Copy | undefined;
  return before && copy?.url === url ? { value: copy.provider, at: before.at } : undefined;
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
    return valid(readMetadata(document), tools);
  } catch (error) {
    if (!(error instanceof SamlError)) throw error;
    throw new UpstreamError("malformed", error.message, { cause: error });
  }
}

/** SAML Metadata §2.3.2: what is over says nothing about today's keys, wherever it is kept. @throws UpstreamError */
function valid(provider: Provider, { now }: Pick<Tools, "now">): Provider {
  if (provider.valid_until !== undefined && provider.valid_until <= now())
    throw new UpstreamError("malformed", "the metadata is not valid any more");
  return provider;
}
