/** The identifiers that an operator chooses. They are part of URLs and of `sub`, and never change. */
import * as z from "zod";

/** First path segments that are not workspaces. */
const RESERVED = new Set(["admin", "api", "assets", "callback", "healthz", "portal", "system"]);

/** A workspace may be called `demo`: its pages are under `/demo/`, and nothing else answers there. */
export const WorkspaceId = z
  .string()
  .regex(/^[a-z0-9-]{2,40}$/, "2 to 40 of a-z, 0-9 and -")
  .refine((id) => !RESERVED.has(id), "this name is reserved");

/** Connections, scopes' APIs and claims: short enough for a URL that is copied by hand. */
export const RecordId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, "1 to 64 of A-Z, a-z, 0-9, _ and -");

/** RFC 6749 §2.2: unique at the authorization server; without characters that need escaping in Basic. */
export const ClientId = z
  .string()
  .regex(/^[A-Za-z0-9._~-]{1,128}$/, "1 to 128 of A-Z, a-z, 0-9, . _ ~ and -")
  // RFC 9700 §4.15: a client's own token has its id as `sub`, which must not be taken for a person's.
  .refine((id) => !/^[0-9a-f]{64}$/.test(id), "must not look like the subject of a person");

/** RFC 6749 §3.3 scope-token: names stand beside each other with a space between them, and on the page that asks. */
export const SCOPE_TOKEN = /^[\x21\x23-\x5B\x5D-\x7E]{1,128}$/;

/** With `.*` at its end it is dynamic (`oauth/dynamic-scope.ts`). */
export const ScopeName = z
  .string()
  .regex(SCOPE_TOKEN, "1 to 128 printable characters without a space")
  .refine(
    (name) => !name.includes("*") || (/[^.]\.\*$/.test(name) && name.indexOf("*") === name.length - 1),
    "a * is the last part, as in accounts.read.*",
  );
