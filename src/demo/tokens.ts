/** What the demo does with tokens: redeem, refresh, show, revoke; each by a public endpoint. */
import { decodeJwt, decodeProtectedHeader } from "jose";
import * as oauth from "oauth4webapi";
import { RESERVED_CLAIMS } from "../config/reserved-claims.ts";
import type { Absent } from "../lineage.ts";
import type { ClaimRow } from "../ui/claims.tsx";
import type { Held } from "./held.ts";
import type { Remembered } from "./login.ts";
import type { RelyingParty } from "./relying-party.ts";

/** @throws what oauth4webapi throws for an answer that does not fit, or is an error */
export async function redeem(
  party: RelyingParty,
  answer: URLSearchParams,
  remembered: Remembered,
): Promise<Held> {
  const { server, client, redirect_uri, options } = party;
  const params = oauth.validateAuthResponse(server, client, answer, remembered.state);
  const response = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    oauth.None(),
    params,
    redirect_uri,
    remembered.verifier,
    options,
  );
  const { nonce, max_age } = remembered;
  return held(
    await oauth.processAuthorizationCodeResponse(server, client, response, {
      expectedNonce: nonce,
      ...(max_age !== undefined && { maxAge: max_age }),
    }),
  );
}

export async function renew(party: RelyingParty, before: Held): Promise<Held> {
  const { server, client, options } = party;
  const token = before.refresh_token ?? "";
  const response = await oauth.refreshTokenGrantRequest(server, client, oauth.None(), token, options);
  return { ...before, ...held(await oauth.processRefreshTokenResponse(server, client, response)) };
}

export async function revoke(party: RelyingParty, { access_token, refresh_token }: Held): Promise<void> {
  const { server, client, options } = party;
  const token = refresh_token ?? access_token;
  await oauth.processRevocationResponse(
    await oauth.revocationRequest(server, client, oauth.None(), token, options),
  );
}

export async function userinfo(
  party: RelyingParty,
  { access_token }: Held,
): Promise<Record<string, unknown>> {
  const { server, client, options } = party;
  const response = await oauth.userInfoRequest(server, client, access_token, options);
  return { ...(await oauth.processUserInfoResponse(server, client, oauth.skipSubjectCheck, response)) };
}

/** Claim → the places its value passed through, as the workspace tells the person it belongs to. */
export async function origins(party: RelyingParty, { access_token, id_token }: Held): Promise<Lineage> {
  const sid = decoded(id_token ?? access_token)?.["sid"];
  if (typeof sid !== "string") return {};
  const request = new Request(`${party.server.issuer}/me/sign-ins/${sid}/lineage`, {
    headers: { authorization: `Bearer ${access_token}` },
  });
  const response = await party.options[oauth.customFetch](request);
  return response.ok ? await response.json() : {};
}

/** What of it the demo shows. */
export interface Lineage {
  readonly id_token?: readonly Path[];
  readonly access_token?: readonly Path[];
  readonly absent?: readonly Missing[];
}

/** A configured claim that a token is without, and the first reason why. */
export interface Missing {
  readonly token: "id_token" | "access_token" | "userinfo";
  readonly name: string;
  readonly reason: Absent;
}

export interface Path {
  readonly name: string;
  readonly path: readonly string[];
}

/** Of claims that configuration made it may be unknown where they came from. */
export function rows(claims: Record<string, unknown>, paths: readonly Path[] = []): ClaimRow[] {
  return Object.entries(claims).map(([name, value]) => {
    const path = paths.find((known) => known.name === name || known.name.startsWith(`${name}.`))?.path;
    return { name, value, origin: path ?? (RESERVED_CLAIMS.has(name) ? "protocol" : []) };
  });
}

/** Unverified: the demo shows what is written. @returns undefined for what is no JWT */
export function decoded(token: string): Record<string, unknown> | undefined {
  try {
    return decodeJwt(token);
  } catch {
    return undefined;
  }
}

export function header(token: string): Record<string, unknown> | undefined {
  try {
    return { ...decodeProtectedHeader(token) };
  } catch {
    return undefined;
  }
}

function held({ access_token, id_token, refresh_token }: oauth.TokenEndpointResponse): Held {
  return { access_token, ...(id_token && { id_token }), ...(refresh_token && { refresh_token }) };
}
