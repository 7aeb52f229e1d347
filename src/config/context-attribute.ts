/** The schema of the authentication context: what a workspace knows of a person, whoever their provider is. */
import * as z from "zod";
import { DataType } from "./data-type.ts";
import { RESERVED_CLAIMS } from "./reserved-claims.ts";

/** Set by the protocol and not by a mapping, but a claim may carry them under another name. */
const PROTOCOL = ["sub", "scp", "idp_sub"];

/** `address.country` is a member of the object `address`. The operator chooses the name, so it needs no escaping. */
const Name = z
  .string()
  .max(128)
  .regex(
    /^[A-Za-z0-9_:-]+(\.[A-Za-z0-9_:-]+){0,7}$/,
    "names of A-Z, a-z, 0-9, _, : and -, with dots between them",
  )
  .refine((name) => !name.split(".").includes("__proto__"), "__proto__ is no name")
  .refine((name) => !isProtocol(name) || PROTOCOL.includes(name), "this attribute is set by the protocol");

export const ContextAttribute = z.strictObject({
  name: Name,
  display_name: z.string().max(100).default(""),
  type: DataType.default("string"),
});
export type ContextAttribute = z.infer<typeof ContextAttribute>;

/** Whether the protocol sets what begins with this name (design §5.5). */
export function isProtocol(name: string): boolean {
  return RESERVED_CLAIMS.has(name.split(".")[0] ?? "");
}

/** Whether a path leads to an attribute, into it, or to an object that holds it. */
export function covers({ name, type }: Pick<ContextAttribute, "name" | "type">, path: string): boolean {
  if (path === name || name.startsWith(`${path}.`)) return true;
  return path.startsWith(`${name}.`) && ["object", "object_array", "any"].includes(type);
}

type Row = [name: string, type: DataType, display: string];

const STANDARD: readonly Row[] = [
  ["sub", "string", "Subject"],
  ["scp", "string_array", "List of scopes"],
  ["idp_sub", "string", "IDP subject"],
  ["groups", "string_array", "List of groups that the user belongs to"],
  ["email", "string", "Email"],
  ["email_verified", "bool", "Email verified"],
  ["phone_number", "string", "Phone"],
  ["phone_number_verified", "bool", "Phone verified"],
  ["address.formatted", "string", "Full mailing address"],
  ["address.street_address", "string", "Full street address"],
  ["address.locality", "string", "City or locality"],
  ["address.region", "string", "State, province or region"],
  ["address.country", "string", "Country"],
  ["address.postal_code", "string", "Postal code"],
  ["name", "string", "Name"],
  ["given_name", "string", "Given name"],
  ["middle_name", "string", "Middle name"],
  ["family_name", "string", "Family name"],
  ["nickname", "string", "Nickname"],
  ["preferred_username", "string", "Primary username"],
  ["profile", "string", "URL of the profile page"],
  ["picture", "string", "URL of the picture"],
  ["website", "string", "URL of the web page"],
  ["gender", "string", "Gender"],
  ["birthdate", "string", "Birthdate"],
  ["zoneinfo", "string", "Time zone"],
  ["locale", "string", "Locale"],
  ["updated_at", "number", "Last update"],
];

/** What a new workspace starts with. */
export const STANDARD_SCHEMA: readonly ContextAttribute[] = STANDARD.map(([name, type, display_name]) => ({
  name,
  display_name,
  type,
}));
