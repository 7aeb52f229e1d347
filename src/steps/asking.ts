/** What the client and the workspace's scopes say about asking the person. */
import type { Client } from "../config/client.ts";
import type { Prompt } from "../flow.ts";
import type { AskingSince } from "../oauth/consent.ts";
import type { WorkspaceDocument } from "../store/published.ts";

export function asking(
  { scopes }: WorkspaceDocument,
  client: Client,
  prompt: readonly Prompt[],
): AskingSince {
  return {
    trusted: client.trusted,
    free: scopes.filter((scope) => scope.implicit_grant).map((scope) => scope.name),
    transient: scopes.filter((scope) => scope.transient).map((scope) => scope.name),
    since: client.not_before,
    again: prompt.includes("consent"),
  };
}
