/** Post-authentication applications: where a person goes between the provider and their app. */
import * as z from "zod";
import { ClientId, RecordId } from "./ids.ts";
import { WebUrl } from "./url.ts";

/** The scope of the workspace `system` that lets an application read and answer the sign-ins that wait for it. */
export const MANAGE_POST_AUTHN = "manage_post_authn";

export const CustomApp = z.strictObject({
  id: RecordId,
  name: z.string().min(1).max(100),
  type: z.literal("post-authn").default("post-authn"),
  /** Gets `login_id` and `login_state`. */
  url: WebUrl.refine((text) => !text.includes("#"), "must have no fragment"),
  /** Its client in the workspace `system`, made with it. */
  client_id: ClientId,
});
export type CustomApp = z.infer<typeof CustomApp>;

/** An application's client says whose it is: no two share one. */
export function appClientId(workspace: string, id: string): string {
  return `post-authn.${workspace}.${id}`;
}
