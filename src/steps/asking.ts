/** What the client and the workspace's scopes say about asking the person. */
import type { Client } from "../config/client.ts";
import type { Prompt } from "../flow.ts";
import type { AskingSince } from "../oauth/consent.ts";
import { isDynamic } from "../oauth/dynamic-scope.ts";
import type { WorkspaceDocument } from "../store/published.ts";

export function asking(
  { scopes }: WorkspaceDocument,
  client: Client,
  prompt: readonly Prompt[],
): AskingSince {
  return {
    trusted: client.trusted,
    scopes: special(scopes).map(({ name, implicit_grant, transient, not_before }) => ({
      name,
      implicit_grant,
      transient,
      not_before,
    })),
    since: client.not_before,
    again: prompt.includes("consent"),
  };
}

/** Those that are not simply asked once for ever, and those that a special one must not stand for. */
function special(scopes: WorkspaceDocument["scopes"]): WorkspaceDocument["scopes"] {
  const marked = scopes.filter((scope) => scope.implicit_grant || scope.transient || scope.not_before > 0);
  const dynamic = marked.filter(({ name }) => isDynamic(name));
  const under = (name: string) => dynamic.some((one) => name.startsWith(one.name.slice(0, -1)));
  return scopes.filter((scope) => marked.includes(scope) || under(scope.name));
}
