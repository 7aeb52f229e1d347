/** Attributes of a connection (what it can deliver) and mappings (attribute → context attribute). */
import * as z from "zod";
import type { Json } from "../flow.ts";
import { DataType } from "./data-type.ts";
import { Path } from "./path.ts";

export const SOURCES = ["id_token", "access_token", "userinfo", "assertion"] as const;
export type Source = (typeof SOURCES)[number];

export const Attribute = z.strictObject({
  source: z.enum(SOURCES),
  /** Claim name as a path. */
  name: Path,
  display_name: z.string().max(100).default(""),
  type: DataType.default("string"),
});
export type Attribute = z.infer<typeof Attribute>;

/** What mappings call an attribute: `id_token.custom:department`. */
export function attributeKey({ source, name }: Readonly<Record<"source" | "name", string>>): string {
  return `${source}.${name}`;
}

/** Everything there is, or the top level. */
const Everything = z.literal(".");

export const Mapping = z
  .strictObject({
    /** `dynamic` copies an attribute, `static` writes a constant. */
    mode: z.enum(["dynamic", "static"]).default("dynamic"),
    /** `{source}.{path}`, for example `id_token.custom:department`; `.` for every attribute under its own name. */
    source: z.union([Everything, Path]).optional(),
    static: z.custom<Json>().optional(),
    /** Path in the authentication context; `.` for its top level. */
    target: z.union([Everything, Path]),
    type: DataType.default("any"),
    /** Convert values of other types as far as `convert.ts` allows; otherwise they are left out. */
    allow_weak_decoding: z.boolean().default(false),
  })
  .superRefine(({ mode, source, static: constant }, context) => {
    const fault = (member: string, message: string) =>
      context.addIssue({ code: "custom", path: [member], message });
    if (mode === "dynamic" && source === undefined) fault("source", "a dynamic mapping needs a source");
    if (mode === "dynamic" && constant !== undefined) fault("static", "only a static mapping has a constant");
    if (mode === "static" && source !== undefined) fault("source", "a static mapping has no source");
    if (mode === "static" && (constant === undefined || constant === null))
      fault("static", "a static mapping needs a constant");
  });
export type Mapping = z.infer<typeof Mapping>;

/** A built-in one, complete as the schema makes it: a test judges it, and not every isolate when it starts. */
export function attribute(
  source: Source,
  name: string,
  display_name: string,
  type: DataType = "string",
): Attribute {
  return { source, name, display_name, type };
}

/** The same of a mapping. */
export function mapping(source: string, target: string, type: DataType): Mapping {
  return { mode: "dynamic", source, target, type, allow_weak_decoding: false };
}

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
  rows.map(([name, type, display_name]) => attribute("id_token", name, display_name, type));

const STANDARD_ATTRIBUTES: readonly Attribute[] = attributes(STANDARD);
export const COGNITO_ATTRIBUTES: readonly Attribute[] = [...STANDARD_ATTRIBUTES, ...attributes(COGNITO)];
const STANDARD_MAPPINGS: readonly Mapping[] = STANDARD.map(([name, type]) =>
  mapping(`id_token.${name}`, name, type),
);
export const OIDC_ATTRIBUTES = STANDARD_ATTRIBUTES;
export const OIDC_MAPPINGS = STANDARD_MAPPINGS;
export const COGNITO_MAPPINGS: readonly Mapping[] = [
  ...STANDARD_MAPPINGS,
  mapping("id_token.cognito:groups", "groups", "string_array"),
];
