/** Feature flags: of the deployment in `system`, of a workspace in its own records. Off unless switched on. */
import * as z from "zod";

const FEATURES = ["custom_apps"] as const;

export const Feature = z.strictObject({
  flag: z.enum(FEATURES),
  enabled: z.boolean(),
});
export type Feature = z.infer<typeof Feature>;
