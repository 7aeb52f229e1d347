/** SAML Profiles §4.4 — single logout that begins here. Loaded only where a SAML connection is used. */
import type { JsonObject, LogoutAnswer, LogoutDeparture, LogoutStart } from "../../flow.ts";
import type { Assertion, NameId } from "../../saml/assertion.ts";
import { writeLogoutRequest } from "../../saml/logout-request.ts";
import { checkLogoutResponse } from "../../saml/logout-response.ts";
import { UpstreamError } from "../upstream-error.ts";
import type { Connected } from "./connected.ts";
import { judged } from "./judged.ts";
import { providerOf } from "./provider.ts";
import { endpointOf, send } from "./send.ts";
import { serviceProvider } from "./service-provider.ts";
import { trustIn } from "./trust.ts";

/** Characters that are kept with a session. */
const LONGEST = 2_000;

/** What a LogoutRequest has to say of the session, kept until then; undefined where the provider gave no NameID. */
export function sessionOf({ name_id, session_index }: Assertion): JsonObject | undefined {
  if (!name_id) return undefined;
  const session = { name_id: { ...name_id }, ...(session_index !== undefined && { session_index }) };
  return JSON.stringify(session).length <= LONGEST ? session : undefined;
}

/** @returns undefined where the provider has no single logout, or gave its session no name @throws UpstreamError */
export async function leave(
  { settings, credentials, tools }: Connected,
  { session }: LogoutStart,
): Promise<LogoutDeparture | undefined> {
  const { slo } = await providerOf(settings, tools);
  if (session === undefined) return undefined;
  const endpoint = endpointOf(slo, "sign-out");
  if (!endpoint) return undefined;
  // Profiles §4.4.4.1: whoever asks has to authenticate, or anybody could sign anybody out.
  const key = credentials.signing_key;
  if (key === undefined)
    throw new UpstreamError("refused", "a LogoutRequest is signed, and the connection has no signing_key");
  const id = `_${crypto.randomUUID()}`;
  const message = writeLogoutRequest({
    id,
    at: tools.now(),
    destination: endpoint.location,
    issuer: serviceProvider(settings, tools).entity_id,
    ...(session as { name_id: NameId & JsonObject; session_index?: string }),
  });
  return { ...(await send(endpoint, { message, key })), memory: { id } };
}

/** @throws UpstreamError where the provider did not prove that it ended the session */
export async function arrive(
  { settings, tools }: Connected,
  { params, query, memory }: LogoutAnswer,
): Promise<void> {
  const provider = await providerOf(settings, tools);
  const { id } = memory;
  if (typeof id !== "string") throw new UpstreamError("state", "the sign-out has no request");
  const message = query === undefined ? { posted: params.get("SAMLResponse") ?? "" } : { query };
  await judged(() =>
    checkLogoutResponse(message, {
      ...trustIn(provider, settings),
      issuer: provider.entity_id,
      destination: serviceProvider(settings, tools).slo,
      request: id,
    }),
  );
}
