import type { Pool } from "./pool/index.ts";
import type { AppClient } from "./pool/provider.ts";
import type { Named } from "../saml/keys.ts";
import type { SamlProvider, ServiceProvider } from "./saml/index.ts";
import type { Secrets } from "./secrets.ts";

/** What `demo.yaml` leaves to the environment: all that follows this run's ports and pool, and the secrets. */
export const demoEnvironment = (
  origin: string,
  { pool, saml }: { readonly pool: Pool; readonly saml: SamlProvider },
  secrets: Secrets,
  signing: Named,
) => ({
  DEMO_URL: `${origin}/demo/demo`,
  POOL_ID: pool.poolId,
  POOL_REGION: pool.region,
  CUSTOMERS_CLIENT_ID: secrets.pool_clients.customers.id,
  CUSTOMERS_CLIENT_SECRET: secrets.pool_clients.customers.secret,
  STAFF_CLIENT_ID: secrets.pool_clients.staff.id,
  STAFF_CLIENT_SECRET: secrets.pool_clients.staff.secret,
  SAML_METADATA_URL: saml.metadataUrl,
  PARTNERS_SIGNING_CERT: signing.certificate,
  PARTNERS_SIGNING_KEY: signing.key,
  DEMO_CLI_CLIENT_SECRET: secrets.demo_client_secret,
});

/** What the SAML provider knows of its one connection. */
export const serviceProvider = (origin: string, { certificate }: Named): ServiceProvider => {
  const at = `${origin}/demo/saml/partners`;
  return { audience: `${at}/metadata`, acs: `${at}/acs`, slo: `${at}/slo`, certificate };
};

/** The two app clients of the local pool, each for one connection. */
export const poolClients = (origin: string, { pool_clients }: Secrets): readonly AppClient[] =>
  (["customers", "staff"] as const).map((id) => ({
    ...pool_clients[id],
    name: id,
    // The second: for a connection of the kind `oidc`, which a test makes beside.
    callbackUrls: [`${origin}/demo/callback/${id}`, `${origin}/demo/callback/openid-${id}`],
    logoutUrls: [`${origin}/demo/oidc/logout`, `${origin}/demo/me`, `${origin}/demo/demo`],
  }));
