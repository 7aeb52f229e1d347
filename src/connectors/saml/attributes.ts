/** What SAML providers usually say of a person, and where it goes: names of LDAP (as OIDs), of Microsoft, and plain ones. */
import { type Attribute, attribute, type Mapping, mapping } from "../../config/attribute.ts";
import type { DataType } from "../../config/data-type.ts";

type Row = [target: string, type: DataType, display: string, names: readonly string[]];

const WS = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims";
const MICROSOFT = "http://schemas.microsoft.com/ws/2008/06/identity/claims";

const USUAL: readonly Row[] = [
  ["name", "string", "Name", ["urn:oid:2.16.840.1.113730.3.1.241", "displayName", "name"]],
  ["given_name", "string", "Given name", ["urn:oid:2.5.4.42", `${WS}/givenname`, "givenName", "given_name"]],
  [
    "family_name",
    "string",
    "Family name",
    ["urn:oid:2.5.4.4", `${WS}/surname`, "sn", "surname", "family_name"],
  ],
  [
    "email",
    "string",
    "E-mail address",
    ["urn:oid:0.9.2342.19200300.100.1.3", `${WS}/emailaddress`, "mail", "email"],
  ],
  ["email_verified", "bool", "E-mail address verified", ["email_verified"]],
  [
    "preferred_username",
    "string",
    "Preferred username",
    ["urn:oid:0.9.2342.19200300.100.1.1", `${WS}/name`, "uid", "preferred_username"],
  ],
  ["phone_number", "string", "Phone number", ["urn:oid:2.5.4.20", "telephoneNumber", "phone_number"]],
  ["groups", "string_array", "Groups", [`${MICROSOFT}/groups`, "urn:oid:1.3.6.1.4.1.5923.1.5.1.1", "groups"]],
];

/** A dot in a name is not a step of a path. */
const path = (name: string) => name.replaceAll(".", String.raw`\.`);

export const SAML_ATTRIBUTES: readonly Attribute[] = [
  attribute("assertion", "NameID", "NameID"),
  ...USUAL.flatMap(([, type, display_name, names]) =>
    names.map((name) => attribute("assertion", path(name), display_name, type)),
  ),
];

export const SAML_MAPPINGS: readonly Mapping[] = USUAL.flatMap(([target, type, , names]) =>
  names.map((name) => mapping(`assertion.${path(name)}`, target, type)),
);
