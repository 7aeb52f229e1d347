/** APIs of a workspace: resource servers that access tokens are for (RFC 8707). */
import * as z from "zod";
import { SIGNING_ALGORITHMS } from "./algorithms.ts";
import { ClientId, RecordId, ScopeName } from "./ids.ts";
import { ResourceUri } from "./url.ts";

export const Api = z.strictObject({
  id: RecordId,
  /** What clients name in `resource` and what becomes `aud`. */
  identifier: ResourceUri,
  name: z.string().min(1).max(100),
  /** Scopes that mean something to this API. None: all that were granted. */
  scopes: z.array(ScopeName).max(200).default([]),
  access_token_lifetime: z.int().min(60).max(86_400).optional(),
  access_token_signing_alg: z.enum(SIGNING_ALGORITHMS).optional(),
  /** Clients that may introspect tokens issued for this API (RFC 7662 §2.1). */
  introspection_clients: z.array(ClientId).max(50).default([]),
});
export type Api = z.infer<typeof Api>;
