/** Connections: one configured identity provider. What is particular to a kind is in `connectors/`. */
import * as z from "zod";
import { Attribute, Mapping } from "./attribute.ts";
import { DiscoverySettings } from "./discovery.ts";
import { RecordId } from "./ids.ts";
import { WebUrl } from "./url.ts";

/** What every kind has. A kind adds `method`, `settings`, `credentials` and defaults (`connectors/index.ts`). */
export const ConnectionBase = z.strictObject({
  id: RecordId,
  name: z.string().min(1).max(100),
  /** The ready template that it was made from, by which the console finds its words. It decides nothing. */
  template: RecordId.optional(),
  disabled: z.boolean().default(false),
  /** Not on the chooser, but usable by `idp_hint` and by its domains. */
  hidden: z.boolean().default(false),
  display_order: z.int().min(0).max(10_000).default(0),
  logo_uri: WebUrl.optional(),
  discovery_settings: DiscoverySettings.prefault({}),
  attributes: z.array(Attribute).max(1_000),
  mappings: z.array(Mapping).max(1_000),
  /** Replaces the provider's `amr`; empty leaves it (RFC 8176 values). */
  static_amr: z.array(z.string().min(1).max(50)).max(10).default([]),
  /** Script that may change the context of everybody who signs in here. */
  post_authn_ctx_script: RecordId.optional(),
  /** Post-authentication application that everybody who signs in here goes through. */
  post_authn_app_id: RecordId.optional(),
  config: z
    .strictObject({
      /** Whoever signs out here signs out at the provider as well. */
      sign_out_upstream: z.boolean().default(false),
      /** Authentication context caching: later requests of the same browser need no trip to the provider. */
      enable_stateful_ctx: z.boolean().default(false),
      /** Seconds that the cached context may be used. */
      stateful_ctx_duration: z.int().min(60).max(2_592_000).default(3_600),
    })
    .prefault({}),
  /** Sign-ins and grants from before this time (seconds since 1970) are void. */
  not_before: z.int().min(0).default(0),
  /** When the provider stops to accept our credentials (seconds since 1970): there are alerts before. */
  credentials_expire_at: z.int().min(0).optional(),
});
export type ConnectionBase = z.infer<typeof ConnectionBase>;

/** What the chooser needs of a connection: the one list that a workspace publishes. */
export interface ConnectionSummary {
  readonly id: string;
  readonly name: string;
  readonly method: string;
  readonly logo_uri?: string;
  readonly disabled: boolean;
  readonly hidden: boolean;
  readonly display_order: number;
  /** Absent while it has no domains. */
  readonly discovery?: DiscoverySettings;
  /** Grants from before this time are void, for refresh to ask before it decides. */
  readonly not_before: number;
}
