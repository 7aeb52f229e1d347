/** SAML Core §3.7.1 — the provider is asked to end the session of a person. */
import type { NameId } from "./assertion.ts";
import { NS } from "./names.ts";
import { writeTime } from "./time.ts";
import { element } from "./xml.ts";

export interface LogoutRequest {
  readonly id: string;
  /** Seconds since 1970. */
  readonly at: number;
  readonly destination: string;
  /** Our entity id. */
  readonly issuer: string;
  /** As the assertion had it, to the letter (SAML Profiles §4.4.4.1). */
  readonly name_id: NameId;
  /** The provider's name of its session; without it every session of the person is meant. */
  readonly session_index?: string | undefined;
}

export function writeLogoutRequest({ name_id, session_index, ...request }: LogoutRequest): string {
  const { value, format, name_qualifier, sp_name_qualifier } = name_id;
  return element(
    "samlp:LogoutRequest",
    {
      "xmlns:samlp": NS.protocol,
      "xmlns:saml": NS.assertion,
      ID: request.id,
      Version: "2.0",
      IssueInstant: writeTime(request.at),
      Destination: request.destination,
    },
    element("saml:Issuer", {}, request.issuer),
    element(
      "saml:NameID",
      { NameQualifier: name_qualifier, SPNameQualifier: sp_name_qualifier, Format: format },
      value,
    ),
    session_index === undefined ? undefined : element("samlp:SessionIndex", {}, session_index),
  ).xml;
}
