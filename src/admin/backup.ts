/** Backup and restore of what the configuration does not say: the salt behind every `sub`, and the signing keys. */
import { Backup } from "../config/backup.ts";
import type { AppContext } from "../http/context.ts";
import { expectChange, readConfiguration } from "../store/configuration.ts";
import { clock } from "../store/rows.ts";
import { auditShard, DIRECTORY_SHARDS, shardOf } from "../store/shards.ts";
import { authority, objectsOf, readObject, termsOf, workspaceOf } from "./exchange.ts";
import { Problem } from "./problem.ts";

const DAY = 86_400;
/** Days after which a workspace is not fresh any more, whatever happened in it. */
const FRESH_DAYS = 31;

export async function readBackup(c: AppContext): Promise<Response> {
  const { by, request_id } = await termsOf(c);
  const backup = await authority(c).backup({ by, request_id });
  if (!backup) throw new Problem(404, "there is nothing here");
  return c.json(backup);
}

/** Only into a workspace that nobody has signed in to: a new salt would make everybody somebody else. */
export async function restoreBackup(c: AppContext): Promise<Response> {
  const id = workspaceOf(c);
  const parsed = Backup.safeParse(await readObject(c));
  if (!parsed.success)
    throw invalid(parsed.error.issues.map(({ path, message }) => ({ path: path.join("."), message })));
  if (parsed.data.workspace !== id)
    throw invalid([{ path: "workspace", message: "is another workspace; a backup fits its own only" }]);
  if (await isUsed(c, id))
    throw new Problem(409, "the workspace is in use; a backup goes into a workspace without people");
  const { by, request_id } = await termsOf(c);
  const restored = await authority(c).restore(parsed.data, { by, request_id });
  if (restored.as === "unreadable")
    throw invalid([
      { path: restored.path, message: "cannot be opened with the DEPLOYMENT_KEY of this deployment" },
    ]);
  expectChange(id);
  return c.json({ workspace: id, keys: restored.keys });
}

/** A person reaches directory and audit from their outbox, within half a minute of the sign-in. */
async function isUsed(c: AppContext, id: string): Promise<boolean> {
  const shards = Array.from({ length: DIRECTORY_SHARDS }, (_, index) => shardOf(id, index));
  const people = await Promise.all(
    shards.map((shard) => objectsOf(c).DIRECTORY.getByName(shard).list(1, "", {})),
  );
  if (people.some((found) => found.length > 0)) return true;
  const now = clock();
  const made = (await readConfiguration(c.env, clock).workspace(id))?.created_at ?? 0;
  if (made < now - FRESH_DAYS * DAY) return true;
  // Whoever was erased since has signed in, too.
  const days = Array.from({ length: Math.floor(now / DAY) - Math.floor(made / DAY) + 1 }, (_, day) => day);
  const signIns = await Promise.all(
    days.map((day) =>
      objectsOf(c)
        .AUDIT.getByName(auditShard(id, now - day * DAY))
        .list(1, "", { type: "sign_in" }),
    ),
  );
  return signIns.some((found) => found.length > 0);
}

function invalid(errors: readonly { path: string; message: string }[]): Problem {
  return new Problem(422, "the backup is not valid", { errors });
}
