/** SAML Core §3.4.1 — what the provider is asked. */
import { BINDINGS, NAME_ID_FORMATS, NS } from "./names.ts";
import { writeTime } from "./time.ts";
import { element } from "./xml.ts";

export interface AuthnRequest {
  readonly id: string;
  /** Seconds since 1970. */
  readonly at: number;
  readonly destination: string;
  /** Our entity id. */
  readonly issuer: string;
  /** Our Assertion Consumer Service. */
  readonly answer_to: string;
  readonly name_id_format: keyof typeof NAME_ID_FORMATS;
  /** The person must prove anew who they are. */
  readonly force: boolean;
  /** Of which one is wanted; empty for any. */
  readonly contexts: readonly string[];
}

export function writeAuthnRequest(request: AuthnRequest): string {
  const { contexts } = request;
  return element(
    "samlp:AuthnRequest",
    {
      "xmlns:samlp": NS.protocol,
      "xmlns:saml": NS.assertion,
      ID: request.id,
      Version: "2.0",
      IssueInstant: writeTime(request.at),
      Destination: request.destination,
      AssertionConsumerServiceURL: request.answer_to,
      ProtocolBinding: BINDINGS.post,
      ForceAuthn: request.force ? "true" : undefined,
    },
    element("saml:Issuer", {}, request.issuer),
    element("samlp:NameIDPolicy", { Format: NAME_ID_FORMATS[request.name_id_format], AllowCreate: "true" }),
    contexts.length === 0
      ? undefined
      : element(
          "samlp:RequestedAuthnContext",
          { Comparison: "exact" },
          ...contexts.map((context) => element("saml:AuthnContextClassRef", {}, context)),
        ),
  ).xml;
}
