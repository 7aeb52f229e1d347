import { attribute, mapping, OIDC_ATTRIBUTES, OIDC_MAPPINGS } from "../../config/attribute.ts";
import type { Template } from "./template.ts";

/**
 * Whoever administers a tenant writes any address into an account of it, and can add claims: only `xms_edov` is Microsoft's own
 * word, that the owner of the address's domain is known (nOAuth). It comes as a truth, a number or a text.
 */
const VERIFIED = {
  ...mapping("id_token.xms_edov", "email_verified", "bool"),
  allow_weak_decoding: true,
};

export const entraIdTemplate = {
  id: "entra-id",
  name: "Microsoft Entra ID",
  method: "oidc",
  summary: "People of one Microsoft Entra ID tenant, or of several that you list.",
  steps: [
    "In the Microsoft Entra admin center open Identity > Applications > App registrations > New registration. For several tenants choose Accounts in any organizational directory.",
    "Under Redirect URI choose Web and enter {redirect_url}.",
    "On the app's Overview page copy Directory (tenant) ID and Application (client) ID.",
    "Under Certificates & secrets make a client secret and copy its Value, which is shown once. Note when it expires.",
    "Under Token configuration add the optional claim email, and a groups claim if you need one.",
    "If your apps need to know whether an address is verified, add the optional claim xms_edov to the app's manifest. Without it none counts as verified.",
  ],
  asks: [
    {
      name: "tenant",
      label: "Tenant ID",
      help: "The ID of the one tenant whose people come in; or the word organizations, with the tenants in the next field.",
      placeholder: "00000000-0000-0000-0000-000000000000",
      where: "Microsoft Entra admin center > App registrations > your app > Overview > Directory (tenant) ID",
    },
    {
      name: "tenants",
      label: "Tenants",
      help: "Only with organizations above: the IDs of the tenants whose people come in. Nobody of another tenant does.",
      several: true,
      optional: true,
    },
  ],
  settings: { issuer_url: "https://login.microsoftonline.com/{tenant}/v2.0", tenants: "{tenants}" },
  fields: {
    client_id: { where: "App registrations > your app > Overview > Application (client) ID" },
    client_secret: { where: "App registrations > your app > Certificates & secrets > Value" },
  },
  attributes: [
    ...OIDC_ATTRIBUTES.filter(({ name }) => name !== VERIFIED.target),
    attribute("id_token", "xms_edov", "E-mail address verified", "any"),
    attribute("id_token", "oid", "Object ID"),
    attribute("id_token", "tid", "Tenant ID"),
    attribute("id_token", "groups", "Groups", "string_array"),
    attribute("id_token", "roles", "App roles", "string_array"),
  ],
  mappings: [
    ...OIDC_MAPPINGS.filter(({ target }) => target !== VERIFIED.target),
    VERIFIED,
    mapping("id_token.groups", "groups", "string_array"),
  ],
} as const satisfies Template;
