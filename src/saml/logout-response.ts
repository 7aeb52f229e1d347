/** SAML Core §3.7.2, Profiles §4.4.4.2 — what the provider answers to a LogoutRequest. Nothing that is not signed counts. */
import { checkIssuer, checkVersion } from "./assertion.ts";
import { SamlError } from "./error.ts";
import { guard, MESSAGE } from "./guard.ts";
import { NS, SUCCESS } from "./names.ts";
import { readPosted } from "./posted.ts";
import { readRedirected } from "./redirected.ts";
import { type Trust, verified } from "./signature.ts";
import { attribute, type Element, is, only, optional, parse } from "./tree.ts";

export interface LogoutExpectation extends Trust {
  /** The provider's entity id. */
  readonly issuer: string;
  /** Where we take such answers. */
  readonly destination: string;
  /** The ID of the request that this browser carried. */
  readonly request: string;
}

/** By the redirect binding the query as it was sent, by the POST binding the parameter. */
export type LogoutMessage = { readonly query: string } | { readonly posted: string };

/** @throws SamlError where the provider did not prove that it ended the session */
export async function checkLogoutResponse(
  message: LogoutMessage,
  expected: LogoutExpectation,
): Promise<void> {
  const response = await proven(message, expected);
  if (!is(response, NS.protocol, "LogoutResponse"))
    throw new SamlError("document", "the document is not a LogoutResponse");
  checkVersion(response);
  // SAML Bindings §3.4.5.2, §3.5.5.2: a signed message says where it is sent.
  if (attribute(response, "Destination") !== expected.destination)
    throw new SamlError("destination", "the answer was sent to another address");
  if (attribute(response, "InResponseTo") !== expected.request)
    throw new SamlError("request", "the answer is to another request than this browser's");
  checkIssuer(only(response, NS.assertion, "Issuer"), expected);
  const status = only(only(response, NS.protocol, "Status"), NS.protocol, "StatusCode");
  if (attribute(status, "Value") !== SUCCESS)
    throw new SamlError("refused", "the provider answered that it failed");
}

async function proven(message: LogoutMessage, trust: Trust): Promise<Element> {
  if ("query" in message) return parse(guard(await readRedirected(message.query, trust), MESSAGE));
  const document = guard(readPosted(message.posted), MESSAGE);
  const root = parse(document);
  const signature = optional(root, NS.signature, "Signature");
  if (!signature) throw new SamlError("signature", "the message is not signed");
  return verified(document, root, signature, trust);
}
