/** Account linking: connections whose identities may be one person's. Without a rule no two ever are. */
import * as z from "zod";
import type { Seconds } from "../flow.ts";
import { RecordId } from "./ids.ts";

export const LinkingRule = z.strictObject({
  id: RecordId,
  /** Any two of them may be linked by a person who proves both. */
  connections: z
    .array(RecordId)
    .min(2)
    .max(20)
    .refine((ids) => new Set(ids).size === ids.length, "names a connection twice"),
  /**
   * Links from before this time (seconds since 1970) are void. Set when the rule is made, and made again: what rested on
   * a rule that was withdrawn does not come back with it.
   */
  not_before: z.int().min(0).default(0),
});
export type LinkingRule = z.infer<typeof LinkingRule>;

/**
 * @param rules of the workspace; none, where it is not said
 * @param linked_at when the link in question was made, or is being made
 */
export function mayBeOne(
  rules: readonly LinkingRule[] = [],
  connections: readonly string[],
  linked_at: Seconds,
): boolean {
  return rules.some(
    (rule) => linked_at >= rule.not_before && connections.every((id) => rule.connections.includes(id)),
  );
}

/** A sign-in that came by a linked identity ends with what allowed the link. */
export function stands(
  {
    connection,
    through,
  }: {
    readonly connection: string;
    readonly through?: { readonly home: string; readonly linked_at: Seconds };
  },
  rules: readonly LinkingRule[] | undefined,
): boolean {
  return through === undefined || mayBeOne(rules, [connection, through.home], through.linked_at);
}
