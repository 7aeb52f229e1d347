/**
 * Microsoft Entra ID's endpoints for several tenants: their discovery document names the issuer
 * `https://login.microsoftonline.com/{tenantid}/v2.0`, and each tenant signs as itself in the place of `{tenantid}`.
 * Whoever takes that for "any tenant" lets in whoever makes a tenant, so the tenants are a list.
 */
import type { JWTPayload } from "jose";
import type { AuthorizationServer } from "oauth4webapi";
import { UpstreamError } from "./upstream-error.ts";

const PLACE = "{tenantid}";
/** Segments of an issuer URL that stand for more than one tenant. */
const SEVERAL = /\/(?:organizations|common|consumers)(?=\/|$)/;

export const isForSeveral = (issuerUrl: string) => SEVERAL.test(new URL(issuerUrl).pathname);

/** What the discovery document under this URL must call itself. */
export function nameOfSeveral(issuerUrl: string): URL {
  return new URL(issuerUrl.replace(SEVERAL, `/${PLACE}`));
}

/** The server as the tenant that the ID token claims to be of, which is judged next. @throws UpstreamError `issuer` */
export function serverOfTenant(
  server: AuthorizationServer,
  tenants: readonly string[],
  { iss, tid }: JWTPayload,
): AuthorizationServer {
  const tenant = tenants.find((id) => issuerOf(server.issuer, id) === iss);
  if (tenant === undefined || tid !== tenant)
    throw new UpstreamError("issuer", "the ID token is of a tenant that is not in the list");
  return { ...server, issuer: issuerOf(server.issuer, tenant) };
}

/** Whether a key is the issuer's: keys of the shared set may belong to one tenant, and then say so. */
export function isKeyOf(issuer: string, key: object): boolean {
  if (!("issuer" in key) || typeof key.issuer !== "string" || !URL.canParse(key.issuer)) return true;
  const [before, after, ...rest] = key.issuer.split(PLACE);
  if (after === undefined) return key.issuer === issuer;
  return rest.length === 0 && before !== undefined && issuer.startsWith(before) && issuer.endsWith(after);
}

const issuerOf = (pattern: string, tenant: string) => pattern.replace(PLACE, () => tenant);
