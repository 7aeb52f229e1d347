/** A person's own page of the workspace: what it is for anybody, and what only they may see and do. */
import type { AppContext } from "../http/context.ts";
import { dropSession } from "../http/cookies.ts";
import { frame } from "../http/frame.ts";
import { EraseMe } from "../pages/erase-me.tsx";
import { Portal } from "../pages/portal.tsx";
import { SignedOut } from "../pages/signed-out.tsx";
import { openVisitor } from "../steps/visitor.ts";
import { signInUrl } from "./sign-in-url.ts";
import { appsOf, shown } from "./apps.ts";
import { browserName } from "./browser-name.ts";
import { exportMine } from "./export.ts";
import { eraseMe } from "./mine.ts";
import { sessionsOf } from "./sessions.ts";
import { mustBeSignedIn, type SignedIn, signedIn } from "./signed-in.ts";
import { addable } from "./identities.ts";

/** For anybody: whoever is signed in sees what is theirs as well. */
export async function portal(c: AppContext): Promise<Response> {
  const { broker } = c.var;
  const me = await signedIn(c);
  const page = {
    frame: frame(c),
    login: `${broker.issuer}/demo/login`,
    demo: `${broker.issuer}/demo`,
    signIn: signInUrl(broker.issuer),
    failed: c.req.query("error") !== undefined,
  };
  return c.html(Portal({ ...page, ...(me && { mine: await mineOf(c, me) }) }));
}

async function mineOf(c: AppContext, { subject, session, visit }: SignedIn) {
  const { broker } = c.var;
  const { overview, visitors } = visit;
  const connections = await broker.connections();
  const nameOf = (id: string) => connections.find((connection) => connection.id === id)?.name ?? id;
  const sessions = await sessionsOf(broker, subject, { overview, visitors });
  const withdrawn = broker.workspace.settings.access_token_strategy === "opaque" ? [] : overview.withdrawn;
  const whoIs = async (sealed = "") => {
    const { name } = await openVisitor(broker, subject, sealed);
    return name === undefined ? {} : { name };
  };
  const { scopes } = broker.workspace;
  return {
    base: `${broker.issuer}/me`,
    signOut: `${broker.issuer}/sign-out`,
    ...(await whoIs(visitors[session])),
    apps: (await appsOf(broker, overview)).map((app) => ({
      ...app,
      connection: nameOf(app.connection),
      granted_scopes: app.granted_scopes.map(({ scope_name, granted_scope_name: own, is_dynamic }) => {
        const { display_name, description } = scopes.find((scope) => scope.name === scope_name) ?? {};
        const title = display_name || scope_name;
        return { name: own, display_name: is_dynamic ? `${title} (${own})` : title, description };
      }),
    })),
    withdrawn: await Promise.all(
      withdrawn.map(async ({ client_id, readable_until }) => ({
        name: (await shown(broker, client_id)).name,
        readable_until,
      })),
    ),
    ways: {
      known: await Promise.all(
        [...(overview.person ? [overview.person] : []), ...overview.identities].map(async (identity) => ({
          id: identity.connection,
          connection: nameOf(identity.connection),
          ...("link" in identity && {
            linked_at: identity.linked_at,
            ...(await whoIs(visitors[identity.link])),
          }),
        })),
      ),
      addable: (await addable(broker, overview)).map(({ id, name: called }) => ({ id, name: called })),
    },
    sessions: sessions.map(({ user_agent, connection, ...shownSession }) => ({
      ...shownSession,
      connection: nameOf(connection),
      browser: browserName(user_agent),
      here: shownSession.id === session,
    })),
  };
}

/** Withdraws all that an app was allowed, and ends its tokens. */
export async function revokeApp(c: AppContext): Promise<Response> {
  const { object, about } = await mustBeSignedIn(c);
  await object.withdraw(about, c.req.param("client") ?? "");
  return back(c);
}

/** One that is not theirs, or is over, ends nothing. */
export async function endMySession(c: AppContext): Promise<Response> {
  const { object, about, session } = await mustBeSignedIn(c);
  const id = c.req.param("session") ?? "";
  await object.signOut(about, id);
  if (id === session) dropSession(c);
  return back(c);
}

export async function endMySessions(c: AppContext): Promise<Response> {
  const { object, about } = await mustBeSignedIn(c);
  await object.signOutAll(about);
  dropSession(c);
  return back(c);
}

/** A file that the browser keeps. */
export async function downloadMine(c: AppContext): Promise<Response> {
  const me = await mustBeSignedIn(c);
  c.header("Content-Disposition", `attachment; filename="${c.var.broker.workspace.id}-data.json"`);
  return c.json(await exportMine(c, me));
}

/** Asks once more, because nothing brings it back. */
export async function askErase(c: AppContext): Promise<Response> {
  await mustBeSignedIn(c);
  const base = `${c.var.broker.issuer}/me`;
  return c.html(EraseMe({ frame: frame(c), action: `${base}/erase`, stay: base }));
}

export async function erase(c: AppContext): Promise<Response> {
  const me = await mustBeSignedIn(c);
  await eraseMe(c, me);
  dropSession(c);
  return c.html(SignedOut({ frame: frame(c), erased: true }));
}

/** Post, redirect, get: a reload does nothing twice. */
const back = (c: AppContext): Response => c.redirect(`${c.var.broker.issuer}/me`, 303);
