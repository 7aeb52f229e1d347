/** Why sign-ins fail, for who has to do something about it. */
import type { UpstreamReason } from "../../connectors/upstream-error.ts";

/** @param reason a word of connectors/upstream-error.ts or of OAuth */
export function reasonMeans(reason: string): string {
  return REASONS[reason] ?? "As OAuth 2.0 has it.";
}

const OF_PROVIDERS: Readonly<Record<UpstreamReason, string>> = {
  denied: "The provider says that the person cancelled, or may not use this app.",
  refused: "The provider refused our request: often a secret or a redirect URL that is not right any more.",
  unavailable: "The provider says that it cannot right now.",
  unreachable: "The provider did not answer.",
  malformed: "The provider answered something that could not be read.",
  state: "An answer came that did not fit a sign-in that we began.",
  outsider: "The person is none of those whom the connection lets in.",
  anew: "An app wanted the person to sign in anew, and the provider cannot be asked for that.",
  issuer: "An answer of another issuer came.",
  audience: "An answer for another client came.",
  nonce: "A token of another sign-in came.",
  expired: "An answer came too late, or the clocks differ.",
  signature: "An answer came whose signature is not the provider's.",
  token: "A token came that is not what it should be.",
  subject:
    "The provider did not say who the person is as the connection needs it, or its answers are about two people.",
  document: "SAML: a message came that is not accepted as it is written.",
  encryption:
    "SAML: an assertion could not be decrypted. Compare our encryption certificate at the provider, and its algorithms.",
  recipient: "SAML: an assertion for another recipient came. Compare the redirect URL at the provider.",
  destination:
    "SAML: an answer came that was sent to another address. Compare the redirect URL at the provider.",
  request: "SAML: an answer came to another request than this browser's.",
  context: "SAML: the person was authenticated in another way than was asked for.",
  replay: "SAML: an assertion came a second time.",
};
/** Of OAuth, and of our own. */
const REASONS: Readonly<Record<string, string>> = {
  ...OF_PROVIDERS,
  not_kept: "More refusals a second than are kept one by one.",
  access_denied: "The person did not agree.",
  login_required: "An app asked without pages, and the person had to sign in.",
  consent_required: "An app asked without pages, and the person had to be asked.",
  invalid_request: "An app, or a stranger, sent what we do not understand.",
  invalid_client: "A client could not prove who it is.",
  invalid_grant: "A code or refresh token was not valid any more.",
};
