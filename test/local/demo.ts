import type { Pool } from "./pool/index.ts";
import type { AppClient } from "./pool/provider.ts";
import type { Secrets } from "./secrets.ts";

/** One record of the demo, as the API takes it. */
export interface DemoRecord {
  readonly path: string;
  readonly create: object;
  /** What follows this run's ports and pool: corrected in a record that is there already. All else in it is its operator's. */
  readonly follow?: object;
  /** Secrets that go with `follow` and that the API never shows. */
  readonly secrets?: object;
}

const scope = "openid profile email phone address offline_access view_lineage";
const workspace = "workspaces/demo";

export const demoRecords = (origin: string, pool: Pool, secrets: Secrets): readonly DemoRecord[] => [
  { path: workspace, create: { name: "Demo" } },
  connection("customers", "Customers", false, pool, secrets.pool_clients.customers),
  connection("staff", "Staff", true, pool, secrets.pool_clients.staff),
  ...(["name", "given_name", "family_name", "email", "email_verified"] as const).map(accessClaim),
  client("demo-demo", {
    follow: { redirect_uris: [`${origin}/demo/demo`] },
    client_name: "Demo app",
    token_endpoint_auth_method: "none",
    grant_types: ["authorization_code", "refresh_token"],
  }),
  client("demo-cli", {
    secrets: { client_secret: secrets.demo_client_secret },
    client_name: "Demo command line",
    redirect_uris: ["http://127.0.0.1/callback"],
    token_endpoint_auth_method: "client_secret_basic",
    grant_types: ["authorization_code", "refresh_token", "client_credentials"],
  }),
];

/** The two app clients of the local pool, each for one connection. */
export const poolClients = (origin: string, { pool_clients }: Secrets): readonly AppClient[] =>
  (["customers", "staff"] as const).map((id) => ({
    ...pool_clients[id],
    name: id,
    callbackUrls: [`${origin}/demo/callback/${id}`],
    logoutUrls: [`${origin}/demo/oidc/logout`, `${origin}/demo/me`, `${origin}/demo/demo`],
  }));

/** The product's how-to delivers the person's data in the access token as well as in the ID token. */
function accessClaim(name: string): DemoRecord {
  const scopes = [name.startsWith("email") ? "email" : "profile"];
  const create = { name, type: "access_token", source_path: name, scopes };
  return { path: `${workspace}/claims/access_token-${name}`, create };
}

function connection(
  id: string,
  name: string,
  userInfo: boolean,
  pool: Pool,
  app: DemoPoolClient,
): DemoRecord {
  const follow = { settings: { pool_id: pool.poolId, region: pool.region, client_id: app.id } };
  const secrets = { credentials: { client_secret: app.secret } };
  const settings = {
    ...follow.settings,
    scopes: ["openid", "email", "profile", "phone"],
    get_user_info: userInfo,
    send_login_hint: true,
  };
  const create = { name, method: "cognito", settings, ...secrets };
  return { path: `${workspace}/connections/${id}`, create, follow, secrets };
}

function client(
  id: string,
  { follow = {}, secrets = {}, ...fields }: { follow?: object; secrets?: object; [field: string]: unknown },
): DemoRecord {
  const create = { ...fields, ...follow, ...secrets, response_types: ["code"], scope };
  return { path: `${workspace}/clients/${id}`, create, follow, secrets };
}

type DemoPoolClient = Secrets["pool_clients"]["staff"];
