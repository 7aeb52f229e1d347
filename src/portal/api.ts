/** What is a person's, for programs that they gave an access token: each call needs a scope of its own. */
import { Hono } from "hono";
import { answersJson } from "../http/answers-json.ts";
import { bearer, unauthorized } from "../http/bearer.ts";
import type { App, AppContext } from "../http/context.ts";
import { readOwnToken } from "../tokens/own-token.ts";
import { appsOf } from "./apps.ts";
import { exportMine } from "./export.ts";
import { eraseMe, mine, type Mine } from "./mine.ts";
import { sessionsOf } from "./sessions.ts";

type Handler = (c: AppContext, me: Mine) => Promise<Response>;

const needs = (scope: string, handler: Handler) => async (c: AppContext) => {
  const token = await bearer(c);
  if (token === undefined) return unauthorized(c);
  const { claims } = await readOwnToken(c.var.broker, token, scope);
  return handler(c, mine(c, claims.sub));
};

export const personApi = new Hono<App>();
for (const path of ["/clients/*", "/sessions/*", "/identities/*", "/data"]) personApi.use(path, answersJson);

personApi.get("/clients", needs("list_clients_with_access", listClients));
personApi.delete("/clients/:client", needs("revoke_client_access", revokeClient));
personApi.get("/sessions", needs("view_sessions", listSessions));
personApi.delete("/sessions", needs("manage_sessions", endSessions));
personApi.delete("/sessions/:session", needs("manage_sessions", endOne));
personApi.get("/identities", needs("view_identities", listIdentities));
personApi.delete("/identities/:connection", needs("manage_identities", removeOne));
personApi.get("/data", needs("export_my_data", exportData));
personApi.delete("/data", needs("erase_my_data", eraseData));

async function listClients(c: AppContext, { object }: Mine): Promise<Response> {
  return c.json({ clients: await appsOf(c.var.broker, await object.overview()) });
}

async function revokeClient(c: AppContext, { object, about }: Mine): Promise<Response> {
  return done(c, await object.withdraw(about, c.req.param("client") ?? ""));
}

async function listSessions(c: AppContext, { subject, object }: Mine): Promise<Response> {
  const [overview, visitors] = await Promise.all([object.overview(), object.visitors()]);
  return c.json({ sessions: await sessionsOf(c.var.broker, subject, { overview, visitors }) });
}

async function endOne(c: AppContext, { object, about }: Mine): Promise<Response> {
  return done(c, (await object.signOut(about, c.req.param("session") ?? "")).as === "ended");
}

async function endSessions(c: AppContext, { object, about }: Mine): Promise<Response> {
  await object.signOutAll(about);
  return c.body(null, 204);
}

async function listIdentities(c: AppContext, { object }: Mine): Promise<Response> {
  const { person, identities } = await object.overview();
  return c.json({
    identities: [
      ...(person ? [{ connection: person.connection, issuer: person.issuer }] : []),
      ...identities.map(({ connection, issuer, linked_at }) => ({ connection, issuer, linked_at })),
    ],
  });
}

/** Linking takes the person, at both providers; a program can only take it back. */
async function removeOne(c: AppContext, { object, about }: Mine): Promise<Response> {
  return done(c, await object.unlink(about, c.req.param("connection") ?? ""));
}

async function exportData(c: AppContext, me: Mine): Promise<Response> {
  return c.json(await exportMine(c, me));
}

async function eraseData(c: AppContext, me: Mine): Promise<Response> {
  await eraseMe(c, me);
  return c.body(null, 204);
}

function done(c: AppContext, found: boolean): Response | Promise<Response> {
  return found ? c.body(null, 204) : c.notFound();
}
