/** What an operator writes about a SAML provider. */
import * as z from "zod";
import { ClientId } from "../../config/ids.ts";
import { isLoopback, isPublic } from "../../config/public-url.ts";
import { WebUrl } from "../../config/url.ts";
import { WEAK_ALGORITHMS } from "../../saml/algorithms.ts";
import { NAME_ID_FORMATS } from "../../saml/names.ts";

const FORMATS = Object.keys(NAME_ID_FORMATS) as (keyof typeof NAME_ID_FORMATS)[];
/** SAML Core §8.3.6. */
const EntityId = z.string().min(1).max(1_024);
const CERTIFICATE = /^\s*-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----\s*$/;
const Certificate = z.string().max(10_000).regex(CERTIFICATE, "must be one certificate as PEM");
const PRIVATE_KEY = /^\s*-----BEGIN PRIVATE KEY-----[A-Za-z0-9+/=\s]+-----END PRIVATE KEY-----\s*$/;
const PrivateKey = z.string().max(10_000).regex(PRIVATE_KEY, "must be an RSA key as PEM (PKCS#8)");

/** Called by us, so it is public; a provider on this machine is for development, and the deployment decides. */
const MetadataUrl = z
  .string()
  .max(2_000)
  .refine((text) => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    return url !== undefined && (isPublic(url) || isLoopback(url));
  }, "must be a public https URL");

const BY_HAND = ["idp_entity_id", "sso_url", "idp_certificates"] as const;

export const Settings = z
  .strictObject({
    metadata_url: MetadataUrl.optional(),
    metadata_xml: z.string().max(250_000).optional(),
    idp_entity_id: EntityId.optional(),
    sso_url: WebUrl.optional(),
    sso_binding: z.enum(["redirect", "post"]).default("redirect"),
    slo_url: WebUrl.optional(),
    slo_binding: z.enum(["redirect", "post"]).default("redirect"),
    idp_certificates: z.array(Certificate).min(1).max(10).optional(),
    entity_issuer: EntityId.optional(),
    subject_name_id_format: z.enum(FORMATS).default("persistent"),
    identifier_source: z.enum(["subject", "attribute"]).default("subject"),
    identifier_attribute: z.string().min(1).max(500).optional(),
    force_authn: z.boolean().default(false),
    authn_contexts: z.array(z.string().min(1).max(500)).max(20).default([]),
    idp_initiated_client_id: ClientId.optional(),
    signing_cert: Certificate.optional(),
    encryption_cert: Certificate.optional(),
    allow: z.array(z.enum(WEAK_ALGORITHMS)).max(WEAK_ALGORITHMS.length).default([]),
  })
  .superRefine((settings, context) => {
    const fault = (field: string, message: string) =>
      context.addIssue({ code: "custom", path: [field], message });
    const given = BY_HAND.filter((name) => settings[name] !== undefined);
    const sources = [settings.metadata_url, settings.metadata_xml].filter((source) => source !== undefined);
    if (sources.length + (given.length > 0 ? 1 : 0) !== 1)
      fault(
        "metadata_url",
        "give metadata_url, or metadata_xml, or idp_entity_id with sso_url and idp_certificates",
      );
    for (const name of BY_HAND)
      if (given.length > 0 && settings[name] === undefined)
        fault(name, "is needed where there is no metadata");
    if (settings.slo_url !== undefined && given.length === 0)
      fault("slo_url", "is in the metadata: give it only where there is none");
    const byAttribute = settings.identifier_source === "attribute";
    if (byAttribute !== (settings.identifier_attribute !== undefined))
      fault(
        "identifier_attribute",
        "names the attribute where identifier_source is attribute, and only there",
      );
    if (settings.idp_initiated_client_id !== undefined && settings.force_authn)
      fault("idp_initiated_client_id", "does not go with force_authn: nobody was asked to sign in anew");
    // SAML Core §8.3.8: a transient identifier is another one each time, so nobody would ever be known again.
    if (!byAttribute && settings.subject_name_id_format === "transient")
      fault(
        "subject_name_id_format",
        "a transient NameID names nobody twice: take an attribute as identifier",
      );
  });
export type Settings = z.infer<typeof Settings>;

export const Credentials = z.strictObject({
  signing_key: PrivateKey.optional(),
  decryption_key: PrivateKey.optional(),
});
export type Credentials = z.infer<typeof Credentials>;
