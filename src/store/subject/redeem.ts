/** Spends a code. It is taken before it is judged, so only one of many can win and a wrong guess costs it. */
import { judgeCode, type CodeMismatch, type Presented } from "../../oauth/code.ts";
import { clock } from "../rows.ts";
import type { About } from "./about.ts";
import { noteRelease } from "./lineage.ts";
import type { Person } from "./person.ts";
import type { GrantRow } from "./rows.ts";
import { endGrant } from "./withdraw.ts";

export type Redeemed =
  | { readonly as: "redeemed"; readonly grant: GrantRow }
  | { readonly as: "refused"; readonly reason: CodeMismatch | "spent" | "gone" };

export function redeem(person: Person, about: About, id: string, presented: Presented): Redeemed {
  const grant = person.rows.get("grant", id);
  if (!grant) return { as: "refused", reason: "gone" };
  const { client_id } = grant;
  if (grant.code === "spent") {
    // RFC 6749 §4.1.2: tokens that were issued for the code are revoked.
    person.rows.delete("grant", id);
    person.record(about, { type: "code_reused", grant: id, client_id });
    return { as: "refused", reason: "spent" };
  }
  const mismatch = judgeCode(grant, presented);
  if (mismatch) {
    person.rows.delete("grant", id);
    person.record(about, { type: "code_refused", grant: id, client_id, reason: mismatch });
    return { as: "refused", reason: mismatch };
  }
  const spent: GrantRow = { ...grant, code: "spent", generation: grant.offline_for > 0 ? 1 : 0 };
  person.rows.put("grant", id, spent, clock() + grant.offline_for + grant.tokens_for);
  join(person, grant.session, client_id);
  makeRoom(person, about, client_id);
  person.record(about, { type: "code_redeemed", grant: id, client_id });
  noteRelease(person, spent);
  return { as: "redeemed", grant: spent };
}

/** From here on the app has tokens that name the session. */
function join({ rows }: Person, id: string, client_id: string): void {
  const session = rows.get("session", id);
  if (!session || session.clients.includes(client_id)) return;
  rows.update("session", id, { ...session, clients: [...session.clients, client_id] });
}

/** Grants of an app that stay once a person has four times as many of all apps: the oldest end, as with sessions. */
const MOST = 100;

function makeRoom(person: Person, about: About, client_id: string): void {
  const { rows } = person;
  if (rows.count("grant") < 4 * MOST) return;
  const spent = rows
    .list("grant")
    .filter(({ value }) => value.client_id === client_id && value.code === "spent")
    .toSorted((a, b) => b.value.created_at - a.value.created_at);
  for (const { id } of spent.slice(MOST)) endGrant(person, about, id);
}
