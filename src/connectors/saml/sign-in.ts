/** SAML Profiles §4.1 — web browser single sign-on. Loaded only where a SAML connection is used. */
import type {
  Callback,
  Departure,
  JsonObject,
  LoginRequest,
  Unsolicited,
  UpstreamIdentity,
} from "../../flow.ts";
import type { Expectation } from "../../saml/assertion.ts";
import { writeAuthnRequest } from "../../saml/authn-request.ts";
import type { Provider } from "../../saml/metadata.ts";
import { readResponse } from "../../saml/response.ts";
import { writeMetadata } from "../../saml/sp-metadata.ts";
import type { Tools } from "../connector.ts";
import { UpstreamError } from "../upstream-error.ts";
import type { Connected } from "./connected.ts";
import { identityOf } from "./identity.ts";
import { judged } from "./judged.ts";
import { providerOf } from "./provider.ts";
import { endpointOf, send } from "./send.ts";
import { type ServiceProvider, serviceProvider } from "./service-provider.ts";
import type { Settings } from "./settings.ts";
import { trustIn } from "./trust.ts";

/** Seconds that two clocks may differ. */
const CLOCK_TOLERANCE = 30;

export async function start(connected: Connected, login: LoginRequest): Promise<Departure> {
  const { settings, credentials, tools } = connected;
  const provider = await providerOf(settings, tools);
  const endpoint = endpointOf(provider.sso, "sign-in");
  if (!endpoint) throw new UpstreamError("malformed", "the provider has no sign-in URL");
  const key = credentials.signing_key;
  if (provider.wants_signed_requests && key === undefined)
    throw new UpstreamError(
      "refused",
      "the provider wants signed requests and the connection has no signing_key",
    );
  const sp = serviceProvider(settings, tools);
  // Unguessable, and an ID must not begin with a digit.
  const id = `_${crypto.randomUUID()}`;
  const contexts = wanted(settings, login);
  const message = writeAuthnRequest({
    id,
    at: tools.now(),
    destination: endpoint.location,
    issuer: sp.entity_id,
    answer_to: sp.acs,
    name_id_format: settings.subject_name_id_format,
    force: login.force || settings.force_authn,
    contexts,
  });
  const departure = await send(endpoint, { message, relay_state: login.handle, key });
  return { ...departure, memory: { id, contexts } };
}

export async function finish(connected: Connected, { params, memory }: Callback): Promise<UpstreamIdentity> {
  const { contexts } = memory;
  return proven(connected, params, {
    request: remembered(memory),
    contexts: Array.isArray(contexts) ? contexts.map(String) : [],
  });
}

/** SAML Profiles §4.1.5: the same in all but the request, of which it must not speak. */
export async function unsolicited(
  connected: Connected,
  params: URLSearchParams,
): Promise<Unsolicited | undefined> {
  const { idp_initiated_client_id: client_id, authn_contexts: contexts } = connected.settings;
  if (client_id === undefined) return undefined;
  return { client_id, identity: await proven(connected, params, { request: null, contexts }) };
}

/** @throws UpstreamError */
async function proven(
  { settings, credentials, tools }: Connected,
  params: URLSearchParams,
  asked: Pick<Expectation, "request" | "contexts">,
): Promise<UpstreamIdentity> {
  const provider = await providerOf(settings, tools);
  const sp = serviceProvider(settings, tools);
  return judged(async () => {
    const assertion = await readResponse(params.get("SAMLResponse") ?? "", {
      ...trustIn(provider, settings),
      ...expected(provider, sp, tools),
      ...asked,
      decryption_key: credentials.decryption_key,
    });
    return identityOf(assertion, settings, { entity_id: sp.entity_id, connection: tools.connection });
  });
}

export function metadata({ settings, credentials, tools }: Connected): string {
  const sp = serviceProvider(settings, tools);
  return writeMetadata({
    ...sp,
    // A LogoutRequest is signed, so without a key there is none, and no answer either.
    slo: credentials.signing_key === undefined ? undefined : sp.slo,
    name_id_format: settings.subject_name_id_format,
    signs_requests: credentials.signing_key !== undefined,
    signing_certificate: settings.signing_cert,
    encryption_certificate: settings.encryption_cert,
  });
}

/** Never nothing: an answer that nobody asked for would fit it. */
function remembered({ id }: JsonObject): string {
  if (typeof id !== "string") throw new UpstreamError("state", "the pending sign-in has no request");
  return id;
}

/** `acr_values` are voluntary, and a context that the provider does not know makes it fail: only those that the operator lists. */
function wanted({ authn_contexts }: Settings, { acr_values }: LoginRequest): string[] {
  const narrowed = authn_contexts.filter((context) => acr_values.includes(context));
  return narrowed.length > 0 ? narrowed : authn_contexts;
}

function expected({ entity_id: issuer }: Provider, sp: ServiceProvider, tools: Tools) {
  return { issuer, audience: sp.entity_id, recipient: sp.acs, now: tools.now(), skew: CLOCK_TOLERANCE };
}
