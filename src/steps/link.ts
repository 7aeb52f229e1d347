/** Two accounts that one person proved to be theirs → one. */
import type { Broker } from "../broker.ts";
import { type LinkingRule, mayBeOne } from "../config/linking-rule.ts";
import type { Seconds } from "../flow.ts";
import type { LinkRefusal, Proven, Standing } from "../store/subject/link.ts";

/** The account of the session, or the one that was proven beside it. */
export type Stays = "this" | "other";

export type LinkPlan =
  /** Apps know at most one of them: it stays, and nothing is lost. */
  | { readonly as: "joined"; readonly stays: Stays }
  /** Apps know both: the person says which is closed. */
  | { readonly as: "choice"; readonly stays: readonly Stays[] }
  | { readonly as: "refused"; readonly reason: LinkRefusal | "linked" };

interface Account extends Standing {
  readonly subject: string;
  /** Of its first identity. */
  readonly connection: string;
}

/** What an identity's own account is. A pointer that does not hold any more, but whose release is still on its way, goes first. */
export async function standingOf(broker: Broker, subject: string, connection: string): Promise<Standing> {
  const object = broker.subject(subject);
  const standing = await object.standing();
  const { linked_to } = standing;
  if (!linked_to) return standing;
  const { link } = linked_to;
  const [main, about] = [broker.subject(linked_to.subject), broker.about(linked_to.subject)];
  const rules = broker.workspace.linking_rules ?? [];
  if (await main.holds(about, connection, { identity: subject, link }, rules)) return standing;
  await object.linkSays({ to: "subject", about: broker.about(subject), link, says: "released" });
  return object.standing();
}

/** An account with linked identities cannot be closed: they would have to be proven as well. */
export function planLink(
  mine: Account,
  other: Account,
  rules: readonly LinkingRule[] | undefined,
  now: Seconds,
): LinkPlan {
  const refused = (reason: LinkRefusal | "linked") => ({ as: "refused", reason }) as const;
  if (other.linked_to) return refused(other.linked_to.subject === mine.subject ? "linked" : "elsewhere");
  const connections = [mine, other].flatMap(({ connection, identities }) => [connection, ...identities]);
  if (new Set(connections).size < connections.length) return refused("taken");
  if (!mayBeOne(rules, connections, now)) return refused("no_rule");
  const closed = { this: other, other: mine };
  const stays = (["this", "other"] as const).filter((one) => closed[one].identities.length === 0);
  const free = stays.find((one) => closed[one].clients.length === 0);
  if (free) return { as: "joined", stays: free };
  return stays.length > 0 ? { as: "choice", stays } : refused("has_identities");
}

/**
 * In three steps of two objects. Where it stops after the first nothing has happened; after the second the object that
 * gave way takes the third.
 * @param stays the subject that is left
 * @param proven its `link` is the proof's: what was linked by it and removed is not linked by it again
 * @param asked whether the person chose to close an account that apps know
 */
export async function link(
  broker: Broker,
  stays: string,
  proven: Proven,
  asked: boolean,
): Promise<LinkRefusal | undefined> {
  const { workspace } = broker;
  const main = broker.subject(stays);
  const adopted = await main.adopt(proven, workspace.linking_rules ?? []);
  if (adopted.as === "refused") return adopted.reason;
  const to = { subject: stays, link: adopted.link };
  const closed = broker.subject(proven.subject);
  const gone = await closed.giveWay(broker.about(proven.subject), to, asked);
  if (gone.as === "refused") return gone.reason;
  await main.linkSays({ to: "subject", about: broker.about(stays), link: adopted.link, says: "gave way" });
  return undefined;
}
