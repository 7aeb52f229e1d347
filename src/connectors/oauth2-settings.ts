/** What an operator says about a provider with OAuth 2.0 and a user API: schema, words and defaults. */
import * as z from "zod";
import { type Attribute, type Mapping, mapping, OIDC_ATTRIBUTES } from "../config/attribute.ts";
import { Path } from "../config/path.ts";
import { PublicUrl } from "../config/public-url.ts";
import { AuthorizationParameters, UpstreamScope } from "./authorization-parameters.ts";
import { ASSERTION_FORM, AUDIENCES, METHODS, SIGNING_ALGORITHMS } from "./client-authentication.ts";
import type { Fields } from "./form.ts";

export const Settings = z.strictObject({
  issuer_url: PublicUrl,
  authorization_endpoint: PublicUrl,
  token_endpoint: PublicUrl,
  userinfo_endpoint: PublicUrl,
  emails_endpoint: PublicUrl.optional(),
  subject: Path.default("sub"),
  client_id: z.string().min(1).max(500),
  scopes: z.array(UpstreamScope).max(50).default([]),
  token_endpoint_auth_method: z.enum(METHODS).default("client_secret_post"),
  token_endpoint_auth_signing_alg: z.enum(SIGNING_ALGORITHMS).default("RS256"),
  client_assertion_audience: z.enum(AUDIENCES).default("issuer"),
  send_login_hint: z.boolean().default(false),
  authorization_parameters: AuthorizationParameters.default({}),
});
export type Settings = z.infer<typeof Settings>;

export const FIELDS: Fields<typeof Settings> = {
  issuer_url: {
    label: "Issuer",
    help: "An address that stands for the provider. People are known by it together with their subject, so never change it.",
    placeholder: "https://github.com",
  },
  authorization_endpoint: { label: "Authorization endpoint", help: "Where people are sent to sign in." },
  token_endpoint: { label: "Token endpoint" },
  userinfo_endpoint: { label: "User API", help: "Answers with JSON that says who the person is." },
  emails_endpoint: {
    label: "E-mail API",
    help: "Answers with a list of addresses, as GitHub's does; the primary one is read as email and email_verified.",
    advanced: true,
  },
  subject: {
    label: "Subject",
    help: "The member of the user API's answer that never changes for a person and is given to nobody else. Not a login name or an e-mail address.",
    placeholder: "id",
  },
  client_id: { label: "Client ID", where: "The provider's page of your registered app" },
  scopes: { label: "Scopes", help: "What is asked of the provider.", advanced: true },
  token_endpoint_auth_method: {
    label: "Client authentication",
    help: "How Vestibule proves to the provider who it is.",
    advanced: true,
  },
  ...ASSERTION_FORM,
  send_login_hint: {
    label: "Send login hint",
    help: "Passes on the name that an app or a person already gave.",
    advanced: true,
  },
  authorization_parameters: {
    label: "Further authorization parameters",
    help: "Added to every authorization request. Parameters of the protocol itself cannot be set.",
    advanced: true,
  },
};

/** The names of OpenID Connect, where a user API happens to use them. */
export const OAUTH2_ATTRIBUTES: readonly Attribute[] = OIDC_ATTRIBUTES.map((attribute) => ({
  ...attribute,
  source: "userinfo",
}));
export const OAUTH2_MAPPINGS: readonly Mapping[] = OIDC_ATTRIBUTES.map(({ name, type }) =>
  mapping(`userinfo.${name}`, name, type),
);
