/** Two accounts that a person proved, in one sitting and one session: the page names both, and they say yes. */
import type { AppContext } from "../http/context.ts";
import { dropPending, dropSession, pending } from "../http/cookies.ts";
import { form } from "../http/form.ts";
import { frame } from "../http/frame.ts";
import { PageFault } from "../http/page-fault.ts";
import { Link, type LinkProps } from "../pages/link.tsx";
import { LinkEnded } from "../pages/link-ended.tsx";
import { link, type LinkPlan, planLink, standingOf, type Stays } from "../steps/link.ts";
import { SITTING } from "../steps/offer-link.ts";
import { openVisitor, sealVisitor } from "../steps/visitor.ts";
import { shown } from "./apps.ts";
import { mustBeSignedIn } from "./signed-in.ts";

/** Names both accounts, and asks. */
export async function askLink(c: AppContext): Promise<Response> {
  const considered = await consider(c);
  if (considered.plan.as === "refused") return refuse(c, considered, considered.plan.reason);
  return c.html(Link(await described(c, considered, considered.plan)));
}

/** What the person said. Where nothing was chosen that had to be, the page asks again. */
export async function answerLink(c: AppContext): Promise<Response> {
  const { broker } = c.var;
  const considered = await consider(c);
  const { plan, me, handle, mine, other } = considered;
  if (plan.as === "refused") return refuse(c, considered, plan.reason);
  const chosen = (await form(c)).get("stays");
  const stays = plan.as === "joined" ? plan.stays : plan.stays.find((one) => one === chosen);
  if (!stays) return c.html(Link({ ...(await described(c, considered, plan)), undecided: true }));
  const [kept, added] = stays === "this" ? [mine, other] : [other, mine];
  const { subject, connection, issuer, email_hash, login_hash, name } = added;
  const visitor = await sealVisitor(broker, kept.subject, name);
  const proven = {
    subject,
    connection,
    issuer,
    link: handle,
    visitor,
    ...(email_hash !== undefined && { email_hash }),
    ...(login_hash !== undefined && { login_hash }),
  };
  const refusal = await link(broker, kept.subject, proven, plan.as === "choice");
  if (refusal) return refuse(c, considered, refusal);
  dropPending(c, handle);
  if (stays === "this") return c.redirect(`${broker.issuer}/me`, 303);
  if (me.subject === added.subject) dropSession(c);
  return ended(c, "closed");
}

/** @throws PageFault where this is not the session that began, or the sitting is over */
async function consider(c: AppContext) {
  const { broker } = c.var;
  const me = await mustBeSignedIn(c);
  const handle = c.req.param("handle") ?? "";
  const waiting = await pending(c, handle, "linking", "");
  if (!waiting || waiting.proven_at + SITTING < broker.now())
    throw new PageFault("expired", "this browser has no such accounts to link, or it took too long");
  // Another person at the same browser, or the same in a later session, proved nothing here.
  if (waiting.session.subject !== me.subject || waiting.session.id !== me.session)
    throw new PageFault("other_browser", "this was begun in another session");
  const { identity } = waiting;
  const { person } = me.visit.overview;
  const [own, others] = await Promise.all([
    me.object.standing(),
    standingOf(broker, identity.subject, identity.connection),
  ]);
  const { name } = await openVisitor(broker, me.subject, me.visit.visitors[me.session] ?? "");
  if (!person) throw new PageFault("signed_out", "the account is gone");
  const mine = { ...person, ...own, subject: me.subject, ...(name !== undefined && { name }) };
  const other = { ...identity, ...others };
  const off = (await broker.connections()).find(({ id }) => id === identity.connection)?.disabled ?? true;
  const plan: LinkPlan = off
    ? { as: "refused", reason: "no_rule" }
    : planLink(mine, other, broker.workspace.linking_rules, broker.now());
  return { me, handle, plan, mine, other };
}
type Considered = Awaited<ReturnType<typeof consider>>;

async function described(
  c: AppContext,
  { handle, mine, other }: Considered,
  plan: Exclude<LinkPlan, { as: "refused" }>,
): Promise<LinkProps> {
  const { broker } = c.var;
  const connections = await broker.connections();
  const account = async ({ connection, clients, name }: Considered["mine"] | Considered["other"]) => ({
    connection: connections.find(({ id }) => id === connection)?.name ?? connection,
    apps: await Promise.all(clients.map(async (id) => (await shown(broker, id)).name)),
    ...(name !== undefined && { name }),
  });
  const stays: readonly Stays[] = plan.as === "joined" ? [plan.stays] : plan.stays;
  return {
    frame: frame(c),
    action: `${broker.issuer}/me/link/${handle}`,
    leave: `${broker.issuer}/me`,
    accounts: { this: await account(mine), other: await account(other) },
    stays,
    closes: plan.as === "choice",
  };
}

type Reason = Parameters<typeof LinkEnded>[0]["because"];

async function refuse(
  c: AppContext,
  { me, other }: Considered,
  reason: Exclude<Reason, "closed">,
): Promise<Response> {
  await me.object.linkRefused(me.about, other.connection, reason);
  return ended(c, reason);
}

function ended(c: AppContext, because: Reason): Response | Promise<Response> {
  const back = `${c.var.broker.issuer}/me`;
  return c.html(LinkEnded({ frame: frame(c), because, back }), because === "closed" ? 200 : 403);
}
