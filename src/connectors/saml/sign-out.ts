/** SAML Profiles §4.4 — single logout that begins here. Loaded only where a SAML connection is used. */
import { WebUrl } from "../../config/url.ts";
import type { JsonObject, LogoutAnswer, LogoutDeparture, LogoutStart } from "../../flow.ts";
import type { Assertion, NameId } from "../../saml/assertion.ts";
import { SamlError } from "../../saml/error.ts";
import { writeLogoutRequest } from "../../saml/logout-request.ts";
import { checkLogoutResponse } from "../../saml/logout-response.ts";
import { writePosted } from "../../saml/posted.ts";
import { redirectTo } from "../../saml/redirect.ts";
import { sign } from "../../saml/signature.ts";
import { UpstreamError } from "../upstream-error.ts";
import type { Connected } from "./connected.ts";
import { providerOf } from "./provider.ts";
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
  const binding = slo.redirect === undefined ? "post" : "redirect";
  const location = slo[binding];
  if (location === undefined || session === undefined) return undefined;
  if (!WebUrl.safeParse(location).success)
    throw new UpstreamError("malformed", "the provider's sign-out URL is not an https URL");
  // Profiles §4.4.4.1: whoever asks has to authenticate, or anybody could sign anybody out.
  const key = credentials.signing_key;
  if (key === undefined)
    throw new UpstreamError("refused", "a LogoutRequest is signed, and the connection has no signing_key");
  const id = `_${crypto.randomUUID()}`;
  const message = writeLogoutRequest({
    id,
    at: tools.now(),
    destination: location,
    issuer: serviceProvider(settings, tools).entity_id,
    ...(session as { name_id: NameId & JsonObject; session_index?: string }),
  });
  const memory = { id };
  if (binding === "redirect")
    return {
      to: await redirectTo(location, { as: "SAMLRequest", message, key }),
      memory,
      answered_by: "post",
    };
  return {
    to: new URL(location),
    form: { SAMLRequest: writePosted(sign(message, key)) },
    memory,
    answered_by: "post",
  };
}

/** @throws UpstreamError where the provider did not prove that it ended the session */
export async function arrive(
  { settings, tools }: Connected,
  { params, query, memory }: LogoutAnswer,
): Promise<void> {
  const provider = await providerOf(settings, tools);
  const { id } = memory;
  if (typeof id !== "string") throw new UpstreamError("state", "the sign-out has no request");
  try {
    await checkLogoutResponse(
      query === undefined ? { posted: params.get("SAMLResponse") ?? "" } : { query },
      {
        ...trustIn(provider, settings),
        issuer: provider.entity_id,
        destination: serviceProvider(settings, tools).slo,
        request: id,
      },
    );
  } catch (error) {
    if (!(error instanceof SamlError)) throw error;
    throw new UpstreamError(error.reason, error.message, { cause: error.cause });
  }
}
