/** Scripts: an operator's own JavaScript at a point of the sign-in, with the versions that were before. */
import * as z from "zod";
import { RecordId } from "./ids.ts";
import { isLoopback, isPublic } from "./public-url.ts";

/** Used as `context.secrets.NAME`. */
const SecretId = RecordId.regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "must be usable as secrets.NAME");

/** `api.example.com`, or with a port. An address of this machine is reached in development only. */
const Host = z
  .string()
  .max(255)
  .refine((host) => {
    const text = `https://${host}`;
    const url = URL.canParse(text) ? new URL(text) : undefined;
    return url?.host === host && (isPublic(url) || isLoopback(url));
  }, "must be a public host in lower case, like api.example.com");

const TestInput = z.strictObject({
  name: z.string().min(1).max(100),
  /** The context that the script gets, as JSON. */
  input: z.string().max(65_536),
});

/** Seconds that debug logging may be on at a time: what a script is given are data of people. */
export const LONGEST_DEBUGGING = 3_600;

export const Script = z.strictObject({
  id: RecordId,
  name: z.string().min(1).max(100),
  body: z.string().max(65_536),
  /** When it throws, takes too long or answers what it may not: the sign-in fails, or goes on without it. */
  on_error: z.enum(["fail", "continue"]).default("fail"),
  /** Hosts that it may call; none means no network. */
  hosts: z.array(Host).max(20).default([]),
  /** Secrets of the workspace that it gets. */
  secrets: z.array(SecretId).max(20).default([]),
  /** Until then (seconds since 1970) its executions are recorded. */
  debug_until: z.int().min(0).default(0),
  test_inputs: z.array(TestInput).max(10).default([]),
});
export type Script = z.infer<typeof Script>;

/** A value that scripts get and nobody reads. */
export const Secret = z.strictObject({
  id: SecretId,
  description: z.string().max(200).default(""),
  /** Long enough that it can be blanked wherever it shows up by mistake. */
  secret: z.string().min(8, "must have at least 8 characters").max(5_000),
});
export type Secret = z.infer<typeof Secret>;
