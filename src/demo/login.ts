/** LOGIN TO DEMO APP: the authorization request, and what its answer must fit, kept in a cookie. */
import * as oauth from "oauth4webapi";
import { getCookie, setCookie } from "hono/cookie";
import { seal, unseal } from "../crypto/seal.ts";
import type { AppContext } from "../http/context.ts";
import { COOKIE } from "../http/cookies.ts";
import { frame } from "../http/frame.ts";
import { Leave } from "../pages/leave.tsx";
import type { RelyingParty } from "./relying-party.ts";

/** What the demo remembers while the browser is away. */
export interface Remembered {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** Seconds since 1970. */
  readonly until: number;
  readonly max_age?: number;
}

/** Options of the form that go into the request as they are. */
const OPTIONS = ["prompt", "login_hint", "max_age", "response_mode", "acr_values", "idp_hint"] as const;
export const DEMO_SCOPE = "openid profile email phone address offline_access view_lineage";
/** Seconds. */
const LIFETIME = 3_600;

function demoCookie(workspace: string): string {
  return `__Host-${workspace}-demo`;
}

/** Off to the workspace, with what the person chose on the form of options. */
export async function startDemo(
  c: AppContext,
  party: RelyingParty,
  chosen: URLSearchParams,
): Promise<Response> {
  const { broker } = c.var;
  const max_age = Number(chosen.get("max_age") || Number.NaN);
  const remembered: Remembered = {
    state: oauth.generateRandomState(),
    nonce: oauth.generateRandomNonce(),
    verifier: oauth.generateRandomCodeVerifier(),
    until: broker.now() + LIFETIME,
    ...(Number.isSafeInteger(max_age) && { max_age }),
  };
  const url = new URL(party.server.authorization_endpoint ?? "");
  const params = {
    response_type: "code",
    client_id: party.client.client_id,
    redirect_uri: party.redirect_uri,
    scope: chosen.get("scope") || DEMO_SCOPE,
    state: remembered.state,
    nonce: remembered.nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(remembered.verifier),
    code_challenge_method: "S256",
    ...Object.fromEntries(
      OPTIONS.flatMap((name) => (chosen.get(name) ? [[name, chosen.get(name) ?? ""]] : [])),
    ),
  };
  for (const [name, value] of Object.entries(params)) url.searchParams.set(name, value);
  await remember(c, [...(await pending(c)), remembered].slice(-3));
  if (c.req.method !== "POST") return c.redirect(url.href, 303);
  return c.html(Leave({ frame: frame(c), to: url.href, client: { name: broker.workspace.settings.name } }));
}

/** Sign-ins of this browser that are not over: a tab each. */
export async function pending(c: AppContext): Promise<Remembered[]> {
  const { keyring, workspace } = c.var.broker;
  const cookie = getCookie(c, demoCookie(workspace.id));
  const all = cookie ? await unseal<Remembered[]>(keyring, place(workspace.id), cookie) : undefined;
  return (all ?? []).filter((one) => one.until > c.var.broker.now());
}

/** Instead of what was remembered before; with nothing the cookie goes. */
export async function remember(c: AppContext, waiting: readonly Remembered[]): Promise<void> {
  const { keyring, workspace } = c.var.broker;
  const value = waiting.length > 0 ? await seal(keyring, place(workspace.id), waiting) : "";
  const maxAge = waiting.length > 0 ? LIFETIME : 0;
  setCookie(c, demoCookie(workspace.id), value, { ...COOKIE, maxAge });
}

function place(workspace: string) {
  return { purpose: "demo", workspace, owner: "pending" } as const;
}
