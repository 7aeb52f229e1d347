/** The person's answer on the consent page. Taken once, whatever the answer is. */
import type { Seconds } from "../../flow.ts";
import { clock, NEVER } from "../rows.ts";
import { makeGrant } from "./grant.ts";
import type { About } from "./about.ts";
import type { Person } from "./person.ts";

export type Consented =
  | { readonly as: "granted"; readonly grant: string }
  | { readonly as: "denied" }
  /** Answered before, too old, or not of this session. */
  | { readonly as: "gone" };

/**
 * @param chosen scopes that were left ticked; null when the person said no
 * @param not_before sign-ins from before this time are void
 */
export function consent(
  person: Person,
  about: About,
  login: string,
  session: string,
  chosen: readonly string[] | null,
  not_before: Seconds,
): Consented {
  const waiting = person.rows.get("login", login);
  if (waiting?.present.session !== session || waiting.present.signed_in_at < not_before)
    return { as: "gone" };
  person.rows.delete("login", login);
  if (!person.rows.get("session", session)) return { as: "gone" };
  const { present, request, asked, lasting } = waiting;
  const { client_id } = request;
  const refused = asked.filter((name) => name !== "openid" && !chosen?.includes(name));
  const scope = request.scope.filter((name) => !refused.includes(name));
  if (chosen === null || scope.length === 0) {
    person.record(about, { type: "consent_denied", client_id });
    return { as: "denied" };
  }
  remember(person, client_id, present.connection, lasting, refused);
  person.record(about, {
    type: "consent_given",
    client_id,
    scope: asked.filter((name) => !refused.includes(name)),
  });
  return { as: "granted", grant: makeGrant(person, about, present, { ...request, scope }) };
}

/** What was asked again and unticked is withdrawn. */
function remember(
  person: Person,
  client_id: string,
  connection: string,
  lasting: readonly string[],
  refused: readonly string[],
): void {
  const before = person.rows.get("consent", client_id)?.scopes ?? {};
  const now = clock();
  const scopes: Record<string, Seconds> = { ...before };
  for (const name of lasting) scopes[name] = now;
  for (const name of refused) delete scopes[name];
  if (Object.keys(scopes).length === 0) person.rows.delete("consent", client_id);
  else person.rows.put("consent", client_id, { scopes, connection }, NEVER);
}
