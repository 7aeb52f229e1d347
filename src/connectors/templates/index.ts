/** The ready templates, in the order in which they are offered. A new one is a file beside this and a line in the list. */
import { auth0Template } from "./auth0.ts";
import { cognitoTemplate } from "./cognito.ts";
import { entraIdTemplate } from "./entra-id.ts";
import { githubTemplate } from "./github.ts";
import { googleTemplate } from "./google.ts";
import { keycloakTemplate } from "./keycloak.ts";
import { oauth2Template } from "./oauth2.ts";
import { oidcTemplate } from "./oidc.ts";
import { oktaTemplate } from "./okta.ts";
import { samlTemplate } from "./saml.ts";
import type { Template } from "./template.ts";

export const TEMPLATES: readonly Template[] = [
  cognitoTemplate,
  entraIdTemplate,
  googleTemplate,
  oktaTemplate,
  auth0Template,
  keycloakTemplate,
  githubTemplate,
  oidcTemplate,
  oauth2Template,
  samlTemplate,
];
