/** Attributes of a connection (what it can deliver) and mappings (attribute → context attribute). */
import * as z from "zod";
import { DataType } from "./data-type.ts";
import { Path } from "./path.ts";

export const SOURCES = ["id_token", "access_token", "userinfo"] as const;
export type Source = (typeof SOURCES)[number];

export const Attribute = z.strictObject({
  source: z.enum(SOURCES),
  /** Claim name as a path. */
  name: Path,
  display_name: z.string().max(100).default(""),
  type: DataType.default("string"),
});
export type Attribute = z.infer<typeof Attribute>;

export const Mapping = z.strictObject({
  /** `{source}.{path}`, for example `id_token.custom:department`. */
  source: Path,
  /** Path in the authentication context. */
  target: Path,
  type: DataType.default("any"),
});
export type Mapping = z.infer<typeof Mapping>;

type Row = [name: string, type: DataType, display: string];

/** OpenID Connect Core §5.1. */
const STANDARD: readonly Row[] = [
  ["name", "string", "Name"],
  ["given_name", "string", "Given name"],
  ["middle_name", "string", "Middle name"],
  ["family_name", "string", "Family name"],
  ["nickname", "string", "Nickname"],
  ["preferred_username", "string", "Preferred username"],
  ["profile", "string", "Profile page"],
  ["picture", "string", "Picture"],
  ["website", "string", "Website"],
  ["gender", "string", "Gender"],
  ["birthdate", "string", "Birthdate"],
  ["zoneinfo", "string", "Time zone"],
  ["locale", "string", "Locale"],
  ["updated_at", "number", "Last update"],
  ["email", "string", "E-mail address"],
  ["email_verified", "bool", "E-mail address verified"],
  ["phone_number", "string", "Phone number"],
  ["phone_number_verified", "bool", "Phone number verified"],
  ["address.formatted", "string", "Postal address"],
  ["address.street_address", "string", "Street"],
  ["address.locality", "string", "City"],
  ["address.region", "string", "Region"],
  ["address.country", "string", "Country"],
  ["address.postal_code", "string", "Postal code"],
];

const COGNITO: readonly Row[] = [
  ["cognito:groups", "string_array", "Cognito groups"],
  ["cognito:username", "string", "Cognito username"],
  ["identities", "object_array", "Identities at providers behind the pool"],
];

const attributes = (rows: readonly Row[]) =>
  rows.map(([name, type, display_name]) => Attribute.parse({ source: "id_token", name, type, display_name }));

const mapping = ([name, type]: Row, target = name) =>
  Mapping.parse({ source: `id_token.${name}`, target, type });

const STANDARD_ATTRIBUTES: readonly Attribute[] = attributes(STANDARD);
export const COGNITO_ATTRIBUTES: readonly Attribute[] = [...STANDARD_ATTRIBUTES, ...attributes(COGNITO)];
const STANDARD_MAPPINGS: readonly Mapping[] = STANDARD.map((row) => mapping(row));
export const OIDC_ATTRIBUTES = STANDARD_ATTRIBUTES;
export const OIDC_MAPPINGS = STANDARD_MAPPINGS;
export const COGNITO_MAPPINGS: readonly Mapping[] = [
  ...STANDARD_MAPPINGS,
  mapping(["cognito:groups", "string_array", ""], "groups"),
];
