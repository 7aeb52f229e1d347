/** Settings of a workspace: one authorization server. Times are seconds. */
import * as z from "zod";
import { RecordId } from "./ids.ts";
import { PublicUrl } from "./public-url.ts";
import { Theme } from "./theme.ts";
import { Origin, WebUrl } from "./url.ts";

const Seconds = (fallback: number, least: number, most: number) =>
  z.int().min(least).max(most).default(fallback);

const DAY = 86_400;

/** Where the platform can be made to keep objects. */
const JURISDICTIONS = ["eu", "us", "fedramp", "fedramp-high"] as const;
export type Jurisdiction = (typeof JURISDICTIONS)[number];

export const WorkspaceSettings = z.strictObject({
  name: z.string().min(1).max(100),
  /** A domain of its own: then it is the issuer, and nothing else answers there. */
  origin: Origin.optional(),
  /** Where everything about its people is kept and decided. Fixed when the workspace is made. */
  jurisdiction: z.enum(JURISDICTIONS).optional(),
  logo_uri: WebUrl.optional(),
  /** RFC 9068 tokens, or handles that only we can read. */
  access_token_strategy: z.enum(["jwt", "opaque"]).default("jwt"),
  access_token_lifetime: Seconds(3_600, 60, DAY),
  id_token_lifetime: Seconds(3_600, 60, DAY),
  /** From the sign-in, whatever the rotations. */
  refresh_token_lifetime: Seconds(30 * DAY, 60, 365 * DAY),
  /** From the last sign-in. */
  session_lifetime: Seconds(DAY, 300, 30 * DAY),
  /** Without use. */
  session_idle_lifetime: Seconds(DAY, 300, 30 * DAY),
  /** Off: claims about the person come from userinfo only, as certification profiles prefer. */
  claims_in_id_token: z.boolean().default(true),
  /** Script that says which identity providers somebody may choose from. */
  allowed_idp_ids_script: RecordId.optional(),
  /** Script that adds claims to every token. */
  token_minting_script: RecordId.optional(),
  theme: Theme.optional(),
  /** The chooser asks for an e-mail address, and its domain decides where people go. */
  idp_discovery: z.strictObject({ enabled: z.boolean().default(false) }).prefault({}),
  /** Until when sign-ins record the values in their lineage (seconds since 1970); at most a day from when it is set. */
  lineage_values_until: z.int().min(0).default(0),
  /** Tokens, codes and sessions from before this time (seconds since 1970) are void. */
  not_before: z.int().min(0).default(0),
  /** Where audit events and alerts are sent on to, each batch signed. */
  audit_webhook: z.strictObject({ url: PublicUrl }).optional(),
  /** What they are signed with. Made when it is left out, shown once; sealed where it is stored. */
  audit_webhook_secret: z.string().max(500).optional(),
});
export type WorkspaceSettings = z.infer<typeof WorkspaceSettings>;
