/** SAML Metadata §2.4.3 — what a provider publishes about itself. */
import { bare, readCertificate } from "./certificate.ts";
import { SamlError } from "./error.ts";
import { guard, METADATA, withoutComments } from "./guard.ts";
import { type Binding, BINDINGS, NS } from "./names.ts";
import { duration, time } from "./time.ts";
import { attribute, children, type Element, is, optional, parse, text } from "./tree.ts";

export type Locations = Readonly<Partial<Record<Binding, string>>>;

/** A provider, whether its metadata or an operator says so. */
export interface Provider {
  readonly entity_id: string;
  /** Where requests go. */
  readonly sso: Locations;
  readonly slo: Locations;
  /** Of signatures, as base64; several while one replaces another. */
  readonly certificates: readonly string[];
  readonly wants_signed_requests: boolean;
  /** Seconds since 1970: not to be used afterwards. */
  readonly valid_until?: number;
  /** Seconds after which it is worth reading it again. */
  readonly cache_duration?: number;
}

/** @throws SamlError `document` with a sentence for the operator */
export function readMetadata(document: string): Provider {
  const entity = parse(guard(withoutComments(document), METADATA));
  if (!is(entity, NS.metadata, "EntityDescriptor"))
    throw new SamlError("document", "the metadata is not of one entity (EntityDescriptor)");
  const role = optional(entity, NS.metadata, "IDPSSODescriptor");
  if (!role) throw new SamlError("document", "the metadata is of no identity provider (IDPSSODescriptor)");
  const entity_id = attribute(entity, "entityID");
  const sso = locations(role, "SingleSignOnService");
  const certificates = signingCertificates(role);
  if (!entity_id) throw new SamlError("document", "the metadata names no entityID");
  if (!sso.redirect && !sso.post)
    throw new SamlError("document", "the metadata has no SingleSignOnService by redirect or POST");
  if (certificates.length === 0)
    throw new SamlError(
      "document",
      "the metadata has no signing certificate with an RSA or EC key that is used here",
    );
  const valid_until = earliest(time(entity, "validUntil"), time(role, "validUntil"));
  const cache_duration = earliest(
    duration(attribute(entity, "cacheDuration")),
    duration(attribute(role, "cacheDuration")),
  );
  return {
    entity_id,
    sso,
    slo: locations(role, "SingleLogoutService"),
    certificates,
    wants_signed_requests: ["true", "1"].includes(attribute(role, "WantAuthnRequestsSigned") ?? ""),
    ...(valid_until !== undefined && { valid_until }),
    ...(cache_duration !== undefined && { cache_duration }),
  };
}

/** The first of each binding: later ones are for others than browsers. */
function locations(role: Element, name: string): Locations {
  const found: Partial<Record<Binding, string>> = {};
  for (const service of children(role, NS.metadata, name))
    for (const [binding, urn] of Object.entries(BINDINGS) as [Binding, string][])
      if (attribute(service, "Binding") === urn) found[binding] ??= attribute(service, "Location") ?? "";
  return found;
}

function signingCertificates(role: Element): string[] {
  return children(role, NS.metadata, "KeyDescriptor")
    .filter((key) => (attribute(key, "use") ?? "signing") === "signing")
    .flatMap((key) => children(key, NS.signature, "KeyInfo"))
    .flatMap((info) => children(info, NS.signature, "X509Data"))
    .flatMap((data) => children(data, NS.signature, "X509Certificate"))
    .map((certificate) => bare(text(certificate)))
    .filter((certificate) => readCertificate(certificate) !== undefined);
}

function earliest(...of: readonly (number | undefined)[]): number | undefined {
  const said = of.filter((value) => value !== undefined);
  return said.length === 0 ? undefined : Math.min(...said);
}
