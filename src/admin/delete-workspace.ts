/** Deletes a workspace with everything in it. It cannot be undone, so it says what would be lost and asks for the id. */
import type { AppContext } from "../http/context.ts";
import { expectChange } from "../store/configuration.ts";
import { SYSTEM } from "../store/published.ts";
import { DIRECTORY_SHARDS, shardOf } from "../store/shards.ts";
import { authority, objectsOf, termsOf, workspaceOf } from "./exchange.ts";
import { Problem } from "./problem.ts";

/** Counted up to here; the answer is for a person who is about to decide. */
const MOST = 1_000;

/** @throws Problem 409 without `?confirm={id}`, 412 when its settings have changed since `If-Match` */
export async function deleteWorkspace(c: AppContext): Promise<Response> {
  const id = workspaceOf(c);
  if (id === SYSTEM) throw new Problem(409, "the workspace system is the deployment's own");
  if (c.req.query("confirm") !== id)
    throw new Problem(409, "deleting a workspace cannot be undone; confirm it with its id", {
      holds: await holdings(c, id),
    });
  const terms = await termsOf(c);
  const { by, request_id } = terms;
  // First what cannot be half done: the object goes on by itself from here.
  if ((await authority(c).demolish(terms)) === "stale")
    throw new Problem(412, "the workspace is not the one that you saw");
  await c.env.WORKSPACE.getByName(SYSTEM).leave(id, { by, request_id });
  expectChange(SYSTEM);
  return c.body(null, 202);
}

async function holdings(c: AppContext, id: string) {
  const { DIRECTORY } = objectsOf(c);
  const shards = Array.from({ length: DIRECTORY_SHARDS }, (_, index) =>
    DIRECTORY.getByName(shardOf(id, index)),
  );
  const people = (await Promise.all(shards.map((shard) => shard.list(MOST, "", {})))).flat();
  const [clients, connections] = await Promise.all(
    (["clients", "connections"] as const).map((kind) => authority(c).list(kind, MOST)),
  );
  return { clients: clients?.length, connections: connections?.length, people: people.length };
}
