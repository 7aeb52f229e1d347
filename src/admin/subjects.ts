/** People of a workspace, found through its directory; and what each object holds on them. */
import { DIRECTORY_SHARDS, directoryShard, shardOf, subjectObject } from "../store/shards.ts";
import type { AppContext } from "../http/context.ts";
import { readConfiguration } from "../store/configuration.ts";
import type { Filter } from "../store/directory.ts";
import { clock } from "../store/rows.ts";
import type { PersonRow } from "../store/subject/rows.ts";
import type { About } from "../store/subject/about.ts";
import { lookupHash } from "../steps/subject.ts";
import { objectsOf, workspaceOf } from "./exchange.ts";
import { pageOf, sizeOf } from "./page.ts";
import { Problem } from "./problem.ts";

export async function listSubjects(c: AppContext): Promise<Response> {
  const limit = sizeOf(c);
  const found = await findSubjects(c, limit + 1);
  const items = found.map(({ subject, person }) => {
    return { subject, ...shown(person), clients: [...person.clients] };
  });
  return c.json(pageOf(items, limit, found[limit - 1]?.subject));
}

/** Sixteen shards are asked at once; `email` and `login` are looked for by their keyed hash. @throws Problem 400 */
export async function findSubjects(c: AppContext, most: number) {
  const workspace = workspaceOf(c);
  const after = c.req.query("after") ?? "";
  const filter = await filterOf(c, workspace);
  const shards = Array.from({ length: DIRECTORY_SHARDS }, (_, index) => shardOf(workspace, index));
  const pages = await Promise.all(
    shards.map((shard) => objectsOf(c).DIRECTORY.getByName(shard).list(most, after, filter)),
  );
  return pages
    .flat()
    .toSorted((a, b) => (a.subject < b.subject ? -1 : 1))
    .slice(0, most);
}

export async function showSubject(c: AppContext): Promise<Response> {
  const { object, subject } = await objectOf(c);
  const { person, identities, ...rest } = await object.overview();
  if (!person) throw new Problem(404, "there is no such person");
  return c.json({
    subject,
    ...shown(person),
    identities: identities.map(({ link: _, ...identity }) => identity),
    ...rest,
  });
}

/** The keyed hashes are for finding, not for showing. */
function shown({ connection, issuer, first_seen, last_seen }: PersonRow) {
  return { connection, issuer, first_seen, last_seen };
}

export async function eraseSubject(c: AppContext): Promise<Response> {
  const { object, about, directory } = await objectOf(c);
  const erased_at = await object.erase(about);
  // The row goes at once: whoever erases a person looks whether they are gone.
  await directory.remove(about.subject, erased_at);
  return c.body(null, 204);
}

export async function endSession(c: AppContext): Promise<Response> {
  const { object, about } = await objectOf(c);
  return done(c, (await object.signOut(about, c.req.param("id") ?? "")).as === "ended");
}

/** Of all browsers at once: the next authorization goes to the provider. Sessions, grants and consents stay. */
export async function forgetContexts(c: AppContext): Promise<Response> {
  const { object, about } = await objectOf(c);
  await object.forget(about);
  return c.body(null, 204);
}

export async function endGrant(c: AppContext): Promise<Response> {
  const { object, about } = await objectOf(c);
  return done(c, await object.endGrant(about, c.req.param("id") ?? ""));
}

export async function withdrawConsent(c: AppContext): Promise<Response> {
  const { object, about } = await objectOf(c);
  return done(c, await object.withdraw(about, c.req.param("id") ?? ""));
}

/** What the person linked: the identity is a subject of its own again, and what came by it ends. */
export async function unlinkIdentity(c: AppContext): Promise<Response> {
  const { object, about } = await objectOf(c);
  return done(c, await object.unlink(about, c.req.param("id") ?? ""));
}

function done(c: AppContext, found: boolean): Response {
  if (!found) throw new Problem(404, "there is nothing here");
  return c.body(null, 204);
}

/** @throws Problem 404 for whom the directory does not have: a made-up subject wakes no object */
export async function objectOf(c: AppContext) {
  const workspace = workspaceOf(c);
  const subject = c.req.param("subject") ?? "";
  const directory = objectsOf(c).DIRECTORY.getByName(directoryShard(workspace, subject));
  if (!/^[0-9a-f]{64}$/.test(subject) || !(await directory.has(subject)))
    throw new Problem(404, "there is no such person");
  const { operator, request_id } = c.var;
  const about: About = { workspace, subject, request_id, by: operator.by };
  return {
    object: objectsOf(c).SUBJECT.getByName(subjectObject(workspace, subject)),
    about,
    subject,
    directory,
  };
}

async function filterOf(c: AppContext, workspace: string): Promise<Filter> {
  const { email, login, client_id, connection, subject } = c.req.query();
  const document = await readConfiguration(c.env, clock).workspace(workspace);
  const broker = document && { keyring: c.var.deployment.keyring, workspace: document };
  const hashes: string[] = [];
  if (broker && email) hashes.push(await lookupHash(broker, "email", email));
  if (broker && login) hashes.push(await lookupHash(broker, "login", login));
  return {
    hashes,
    ...(client_id && { client_id }),
    ...(connection && { connection }),
    ...(subject && { subject }),
  };
}
