/** The ways in which a person signs in: one is added by proving it, too, and one that was added is removed. */
import type { Broker } from "../broker.ts";
import type { ConnectionSummary } from "../config/connection.ts";
import { mayBeOne } from "../config/linking-rule.ts";
import type { AppContext } from "../http/context.ts";
import { dropSession } from "../http/cookies.ts";
import { frame } from "../http/frame.ts";
import { PageFault } from "../http/page-fault.ts";
import { send } from "../http/send.ts";
import { ProveAgain } from "../pages/prove-again.tsx";
import { SITTING } from "../steps/offer-link.ts";
import { ownPage } from "../steps/own-page.ts";
import { proceed } from "../steps/proceed.ts";
import type { Overview } from "../store/subject/overview.ts";
import { signInUrl } from "./sign-in-url.ts";
import { mustBeSignedIn } from "./signed-in.ts";

/** Connections that the person can add today. */
export async function addable(
  broker: Broker,
  { person, identities }: Overview,
): Promise<ConnectionSummary[]> {
  const mine = [...(person ? [person] : []), ...identities].map(({ connection }) => connection);
  return (await broker.connections()).filter(
    ({ id, disabled }) =>
      !disabled &&
      !mine.includes(id) &&
      mine.length > 0 &&
      mayBeOne(broker.workspace.linking_rules, [...mine, id], broker.now()),
  );
}

/** Off to the other provider. Who did not just prove who they are does so first: a browser that was left open is no proof. */
export async function addIdentity(c: AppContext): Promise<Response> {
  const { broker } = c.var;
  const { subject, session, visit } = await mustBeSignedIn(c);
  const { issuer } = broker;
  const found = (await addable(broker, visit.overview)).find(({ id }) => id === c.req.param("connection"));
  if (!found) throw new PageFault("connection_off", "no linking rule lets this account have that connection");
  if (visit.auth_time === undefined || visit.auth_time + SITTING < broker.now())
    return c.html(
      ProveAgain({
        frame: frame(c),
        connection: { name: found.name },
        again: signInUrl(issuer, { prompt: "login", idp_hint: visit.connection }),
        stay: `${issuer}/me`,
      }),
    );
  const request = { ...ownPage(broker), scope: ["openid"], prompt: ["login"] as const };
  const own = { subject, id: session, connection: visit.connection };
  const next = await proceed(broker, { at: "prove", request, connection: found.id, session: own });
  return send(c, next, { client: { name: broker.workspace.settings.name } });
}

/** The identity is a subject of its own again, and what came by it ends. */
export async function removeIdentity(c: AppContext): Promise<Response> {
  const { object, about, visit } = await mustBeSignedIn(c);
  const connection = c.req.param("connection") ?? "";
  await object.unlink(about, connection);
  if (visit.through && visit.connection === connection) dropSession(c);
  return c.redirect(`${c.var.broker.issuer}/me`, 303);
}
