import { randomBytes } from "node:crypto";
import Provider, { errors, interactionPolicy, type KoaContextWithOIDC } from "oidc-provider";
import { scopes } from "./attributes.ts";
import type { PoolKeys } from "./keys.ts";
import { memoryAdapter } from "./memory.ts";
import type { Person } from "./people.ts";
import { lifetime } from "./tokens.ts";

/** An app client of the pool. */
export interface AppClient {
  readonly id: string;
  readonly secret: string;
  readonly name: string;
  readonly callbackUrls: readonly string[];
  readonly logoutUrls: readonly string[];
}

export type Middleware = (ctx: KoaContextWithOIDC, next: () => Promise<void>) => Promise<void>;

const days = 24 * 3600;

/** A certified provider, set to Cognito's paths, lifetimes and habits; what no setting reaches is done by the middleware around it. */
export function provider(
  issuer: string,
  { clients, keys, people }: { clients: readonly AppClient[]; keys: PoolKeys; people: readonly Person[] },
): Provider {
  const policy = interactionPolicy.base();
  policy.remove("consent");

  return new Provider(issuer, {
    adapter: memoryAdapter(),
    jwks: { keys: [{ ...keys.id, alg: "RS256", use: "sig" }] },
    clients: clients.map(({ id, secret, name, callbackUrls }) => ({
      client_id: id,
      client_secret: secret,
      client_name: name,
      redirect_uris: [...callbackUrls],
      grant_types: ["authorization_code", "refresh_token"],
    })),
    routes: {
      authorization: "/oauth2/authorize",
      token: "/oauth2/token",
      userinfo: "/oauth2/userInfo",
      revocation: "/oauth2/revoke",
      end_session: "/logout",
    },
    responseTypes: ["code"],
    scopes,
    // Only openid-wide: which attribute goes where is decided when the tokens are minted.
    claims: { openid: ["sub"] },
    // Runs after the redirect URI is proven, so that a wrong scope is answered to the client. The provider itself drops what it does not know.
    extraParams: { scope: (ctx) => refuseUnknown(String(ctx.query.scope)) },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      revocation: {
        enabled: true,
        allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId,
      },
    },
    pkce: { required: () => false },
    rotateRefreshToken: false,
    issueRefreshToken: () => true,
    expiresWithSession: () => false,
    clientBasedCORS: () => false,
    interactions: { policy, url: (_ctx, interaction) => `/login/${interaction.uid}` },
    cookies: {
      keys: [randomBytes(32).toString("base64url")],
      names: { session: "cognito", interaction: "login", resume: "login-resume" },
      long: { httpOnly: true, sameSite: "lax", signed: true },
      short: { httpOnly: true, sameSite: "lax", signed: true },
    },
    ttl: {
      AccessToken: lifetime,
      AuthorizationCode: 300,
      Grant: 30 * days,
      IdToken: lifetime,
      Interaction: 3600,
      RefreshToken: 30 * days,
      Session: 3600,
    },
    findAccount: (_ctx, sub) =>
      people.some((person) => person.sub === sub) ? { accountId: sub, claims: () => ({ sub }) } : undefined,
    loadExistingGrant: grantEverything,
    renderError: (ctx, out, error) => {
      if (!ctx.path.startsWith("/oauth2/authorize")) return void (ctx.body = out);
      const reason = error instanceof errors.InvalidRedirectUri ? "redirect_mismatch" : out.error;
      const { client_id = "" } = ctx.query;
      ctx.redirect(
        `http://${ctx.host}/error?${new URLSearchParams({ error: reason, client_id: String(client_id) })}`,
      );
    },
  });
}

/** A pool has no consent page; every sign-in is a grant of its own. */
async function grantEverything(ctx: KoaContextWithOIDC) {
  const { provider, session, client, params } = ctx.oidc;
  const grant = new provider.Grant({ accountId: session!.accountId!, clientId: client!.clientId });
  grant.addOIDCScope(String(params!.scope));
  await grant.save();
  return grant;
}

function refuseUnknown(scope: string): void {
  const unknown = scope.split(" ").find((name) => !scopes.includes(name));
  if (unknown) throw new errors.InvalidScope("the app client does not have this scope", unknown);
}
