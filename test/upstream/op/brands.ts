/** Providers by the names and issuers that their templates lead to. Hosts of nobody's real tenant, but for the two that have one for all. */
export const BRANDS: Readonly<Record<string, string>> = {
  // Its discovery documents name `{tenantid}`, or the tenant in their path.
  "login.microsoftonline.com": "https://login.microsoftonline.com/{tenantid}/v2.0",
  "accounts.google.com": "https://accounts.google.com",
  "dev-123456.okta.com": "https://dev-123456.okta.com",
  // With a slash.
  "example.eu.auth0.com": "https://example.eu.auth0.com/",
  "sso.example.com": "https://sso.example.com/realms/customers",
};
