/** What an operator says about an OpenID Provider: schema and words of each setting. */
import * as z from "zod";
import { Path } from "../config/path.ts";
import { PublicUrl } from "../config/public-url.ts";
import { AuthorizationParameters, UpstreamScope } from "./authorization-parameters.ts";
import { ASSERTION_FORM, AUDIENCES, METHODS, SIGNING_ALGORITHMS } from "./client-authentication.ts";
import type { Fields } from "./form.ts";
import { isForSeveral } from "./tenants.ts";

/** Bare: what is under it (`/.well-known/openid-configuration`) is found by itself. */
const IssuerUrl = PublicUrl.refine(
  (text) => !URL.canParse(text) || (!/[?#]/.test(text) && !text.includes("/.well-known/")),
  "must be the issuer itself, without /.well-known/, query or fragment",
);

export const Settings = z
  .strictObject({
    issuer_url: IssuerUrl,
    client_id: z.string().min(1).max(500),
    scopes: z.array(UpstreamScope).max(50).default(["openid", "email", "profile"]),
    token_endpoint_auth_method: z.enum(METHODS).default("client_secret_basic"),
    token_endpoint_auth_signing_alg: z.enum(SIGNING_ALGORITHMS).default("RS256"),
    client_assertion_audience: z.enum(AUDIENCES).default("issuer"),
    get_user_info: z.boolean().default(false),
    send_login_hint: z.boolean().default(false),
    response_mode: z.enum(["query", "form_post"]).default("query"),
    use_par: z.boolean().default(true),
    authorization_parameters: AuthorizationParameters.default({}),
    claims: z
      .strictObject({
        id_token: z.record(z.string(), z.unknown()).optional(),
        userinfo: z.record(z.string(), z.unknown()).optional(),
      })
      .refine((claims) => JSON.stringify(claims).length <= 2_000, "must have at most 2,000 characters")
      .default({}),
    required_claims: z.record(Path, z.array(z.string().min(1).max(500)).min(1).max(100)).default({}),
    tenants: z.array(z.guid().toLowerCase()).max(500).default([]),
  })
  .refine(({ scopes }) => scopes.includes("openid"), { path: ["scopes"], message: "must contain openid" })
  .refine(
    ({ issuer_url, tenants }) =>
      tenants.length === 0 || (URL.canParse(issuer_url) && isForSeveral(issuer_url)),
    {
      path: ["tenants"],
      message: "are for an issuer URL with organizations, common or consumers in its path",
    },
  );
export type Settings = z.infer<typeof Settings>;

export const FIELDS: Fields<typeof Settings> = {
  issuer_url: {
    label: "Issuer URL",
    help: "Its discovery document is under this address, at /.well-known/openid-configuration.",
    placeholder: "https://login.example.com",
    where: "The value of “issuer” in the provider's discovery document",
  },
  client_id: { label: "Client ID", where: "The provider's page of your registered app" },
  scopes: {
    label: "Scopes",
    help: "What is asked of the provider; openid is always needed.",
    advanced: true,
  },
  token_endpoint_auth_method: {
    label: "Client authentication",
    help: "How Vestibule proves to the provider who it is: by a secret in a header (basic) or in the form (post), by a signed assertion (private_key_jwt), or not at all.",
    advanced: true,
  },
  ...ASSERTION_FORM,
  get_user_info: {
    label: "Get user info",
    help: "Calls the provider's userinfo endpoint at every sign-in and offers its answer as the source “User info”.",
    advanced: true,
  },
  send_login_hint: {
    label: "Send login hint",
    help: "Passes on the name that an app or a person already gave, so that the sign-in page has it filled in.",
    advanced: true,
  },
  response_mode: {
    label: "Response mode",
    help: "How the provider sends its answer: in the address (query) or by a form (form_post).",
    advanced: true,
  },
  use_par: {
    label: "Push authorization requests",
    help: "Sends the request from server to server first, where the provider says that it takes that (RFC 9126).",
    advanced: true,
  },
  authorization_parameters: {
    label: "Further authorization parameters",
    help: "Added to every authorization request. Parameters of the protocol itself cannot be set.",
    advanced: true,
  },
  claims: {
    label: "Claims request",
    help: 'Asks the provider for single claims, as OpenID Connect Core 5.5 has it: {"id_token": {"email": null}}.',
    advanced: true,
  },
  required_claims: {
    label: "Required claims",
    help: "Only people whose ID token has one of these values in each of these claims are let in.",
    advanced: true,
  },
  tenants: {
    label: "Tenants",
    help: "Microsoft Entra ID with several tenants: the IDs of those whose people are let in.",
    placeholder: "00000000-0000-0000-0000-000000000000",
    advanced: true,
  },
};
