/** Consents across people: the directory says whom to ask, and their objects what they agreed to. */
import type { AppContext } from "../http/context.ts";
import { scopeStands } from "../oauth/consent.ts";
import { readConfiguration } from "../store/configuration.ts";
import { clock } from "../store/rows.ts";
import { subjectObject } from "../store/shards.ts";
import { objectsOf, workspaceOf } from "./exchange.ts";
import { sizeOf } from "./page.ts";
import { Problem } from "./problem.ts";
import { findSubjects } from "./subjects.ts";

/** Objects that one page wakes: each is a call, and a Worker may make only so many. */
const MOST_PEOPLE = 50;

/** A page is of people; whoever agreed to nothing is passed over, so that a page may be short and still have a next one. */
export async function listConsents(c: AppContext): Promise<Response> {
  const workspace = workspaceOf(c);
  const limit = sizeOf(c);
  if (limit > MOST_PEOPLE) throw new Problem(400, `limit must be a number from 1 to ${MOST_PEOPLE}`);
  const found = await findSubjects(c, limit + 1);
  const people = found.slice(0, limit);
  const wanted = c.req.query("client_id");
  const sinceOf = floors(c, workspace);
  const configured = (await readConfiguration(c.env, clock).workspace(workspace))?.scopes ?? [];
  const items = await Promise.all(
    people.map(async ({ subject }) => {
      const object = objectsOf(c).SUBJECT.getByName(subjectObject(workspace, subject));
      const consents = (await object.overview()).consents.filter(
        ({ client_id }) => !wanted || client_id === wanted,
      );
      return Promise.all(
        consents.map(async ({ client_id, connection, scopes }) => {
          const since = await sinceOf(client_id);
          const valid = Object.entries(scopes).filter(
            ([name, given]) => given >= since && scopeStands(configured, name, given),
          );
          return { subject, client_id, connection, scopes: Object.fromEntries(valid) };
        }),
      );
    }),
  );
  const next = found.length > limit ? people.at(-1)?.subject : undefined;
  return c.json({
    items: items.flat().filter(({ scopes }) => Object.keys(scopes).length > 0),
    ...(next !== undefined && { next }),
  });
}

/** From when on what was agreed to still holds: the client's `not_before`. A client that is gone has nothing that holds. */
function floors(c: AppContext, workspace: string): (client_id: string) => Promise<number> {
  const configuration = readConfiguration(c.env, clock);
  const asked = new Map<string, Promise<number>>();
  const ask = async (id: string) => (await configuration.client(workspace, id))?.not_before ?? Infinity;
  return (client_id) => {
    const since = asked.get(client_id) ?? ask(client_id);
    asked.set(client_id, since);
    return since;
  };
}
