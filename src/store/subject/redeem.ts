/** Spends a code. It is taken before it is judged, so only one of many can win and a wrong guess costs it. */
import { judgeCode, type CodeMismatch, type Presented } from "../../oauth/code.ts";
import { clock } from "../rows.ts";
import type { About } from "./about.ts";
import { noteRelease } from "./lineage.ts";
import type { Person } from "./person.ts";
import type { GrantRow } from "./rows.ts";

export type Redeemed =
  | { readonly as: "redeemed"; readonly grant: GrantRow }
  | { readonly as: "refused"; readonly reason: CodeMismatch | "spent" | "gone" };

/** From here on the app has tokens that name the session. */
function join({ rows }: Person, id: string, client_id: string): void {
  const session = rows.get("session", id);
  if (!session || session.clients.includes(client_id)) return;
  rows.update("session", id, { ...session, clients: [...session.clients, client_id] });
}

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
  person.record(about, { type: "code_redeemed", grant: id, client_id });
  noteRelease(person, spent);
  return { as: "redeemed", grant: spent };
}
