/** A proven assertion → who the person is. */
import type { JsonObject, UpstreamIdentity } from "../../flow.ts";
import type { Assertion, NameId } from "../../saml/assertion.ts";
import { SamlError } from "../../saml/error.ts";
import { NAME_ID_FORMATS } from "../../saml/names.ts";
import type { Settings } from "./settings.ts";
import { sessionOf } from "./sign-out.ts";

interface Parties {
  /** Ours. */
  readonly entity_id: string;
  readonly connection: string;
}

/** @throws SamlError `subject` */
export function identityOf(assertion: Assertion, settings: Settings, parties: Parties): UpstreamIdentity {
  const { attributes, name_id, context, issuer } = assertion;
  const assertionSource = Object.fromEntries(
    Object.entries(attributes).map(([name, all]) => [name, [...all]]),
  );
  const session = sessionOf(assertion);
  return {
    issuer,
    subject: subjectOf(assertion, settings, parties.entity_id),
    auth_time: assertion.auth_time,
    ...(context !== undefined && { acr: context }),
    ...(session && { session }),
    once: {
      value: JSON.stringify(["assertion", parties.connection, assertion.id]),
      expires: assertion.valid_until,
    },
    // What the provider says as the name of the person wins over an attribute that is called so.
    sources: {
      assertion: { ...assertionSource, ...(name_id && { NameID: [name_id.value] }) } satisfies JsonObject,
    },
  };
}

function subjectOf(
  { attributes, name_id, unread, issuer }: Assertion,
  settings: Settings,
  ours: string,
): string {
  if (settings.identifier_source === "attribute") {
    const [value, ...more] = attributes[settings.identifier_attribute ?? ""] ?? [];
    if (!value && unread.attributes)
      throw encryptedAlone("the identifier attribute is missing, and an attribute");
    if (!value || more.length > 0)
      throw new SamlError("subject", "the identifier attribute has no value or several");
    return value;
  }
  if (!name_id?.value && unread.name) throw encryptedAlone("the NameID");
  if (!name_id?.value) throw new SamlError("subject", "the assertion has no NameID");
  const wanted = NAME_ID_FORMATS[settings.subject_name_id_format];
  const fits =
    wanted === NAME_ID_FORMATS.unspecified
      ? name_id.format !== NAME_ID_FORMATS.transient
      : name_id.format === wanted;
  if (!fits) throw new SamlError("subject", "the NameID has another format than the connection's");
  return qualified(name_id, issuer, ours);
}

/** The operator reads what to do about it. */
function encryptedAlone(what: string): SamlError {
  return new SamlError(
    "subject",
    `${what} alone is encrypted, which is not read: let the provider encrypt the assertion`,
  );
}

/** SAML Core §8.3.7: a name is unique within its qualifiers, which are the two parties unless they are said. */
function qualified(
  { value, name_qualifier, sp_name_qualifier }: NameId,
  issuer: string,
  ours: string,
): string {
  const foreign = (name_qualifier ?? issuer) !== issuer || (sp_name_qualifier ?? ours) !== ours;
  return foreign ? JSON.stringify([value, name_qualifier ?? "", sp_name_qualifier ?? ""]) : value;
}
