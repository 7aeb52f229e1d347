/** What a workspace needs beside its configuration to be itself again: without the salt every `sub` would be another. */
import * as z from "zod";
import { SIGNING_ALGORITHMS } from "./algorithms.ts";

const Seconds = z.int().min(0);
/** As `crypto/seal.ts` writes it; opens only under the deployment key, and only in the workspace it was made in. */
const SealedText = z
  .string()
  .max(10_000)
  .regex(/^[a-z0-9]{1,8}\.[0-9a-z]{1,8}\.[A-Za-z0-9_-]+$/, "is not a sealed value");

export const Backup = z.strictObject({
  version: z.literal(1),
  workspace: z.string().max(40),
  /** When the backup was made: keys that came later are not in it. */
  created_at: Seconds,
  salt: SealedText,
  keys: z
    .array(
      z.strictObject({
        kid: z.string().regex(/^[A-Za-z0-9_-]{43}$/, "must be the thumbprint of a key"),
        alg: z.enum(SIGNING_ALGORITHMS),
        /** The public half follows from it, so it is not taken from the file. */
        private_jwk: SealedText,
        created_at: Seconds,
        use_from: Seconds,
        revoked_at: Seconds.optional(),
      }),
    )
    .max(1_000),
});
export type Backup = z.infer<typeof Backup>;
