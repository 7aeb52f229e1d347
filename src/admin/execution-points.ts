/** Which script runs where. The names are members of connections, clients and settings; this is the view across them. */
import * as z from "zod";
import { ClientId } from "../config/ids.ts";
import type { JsonObject } from "../flow.ts";
import type { AppContext } from "../http/context.ts";
import { type Point, POINTS } from "../scripts/points.ts";
import { issuesOf } from "../store/workspace/issues.ts";
import { authority, readObject, termsOf } from "./exchange.ts";
import { Problem } from "./problem.ts";
import { write } from "./records.ts";

/** Records of one kind that are looked through. */
const MOST = 10_000;

export const ExecutionPoints = z.strictObject({
  execution_points: z
    .array(
      z.strictObject({
        type: z.enum(Object.keys(POINTS) as [Point, ...Point[]]),
        /** A connection, a client, or the workspace. */
        target_fk: ClientId,
        /** Empty takes the script off. */
        script_id: z.string().max(64).default(""),
      }),
    )
    .max(100),
});

/** `GET …/script-execution-points`: where a script is assigned, and what each point gives and takes. */
export async function listExecutionPoints(c: AppContext): Promise<Response> {
  const points = Object.entries(POINTS) as [Point, (typeof POINTS)[Point]][];
  const rows = await Promise.all(
    points.map(async ([type, { target, member }]) => {
      const records = await authority(c).list(target, MOST);
      return records.flatMap(({ id, body }) => {
        const script_id = (JSON.parse(body) as JsonObject)[member];
        return script_id === undefined ? [] : [{ type, target_fk: id, script_id }];
      });
    }),
  );
  const types = points.map(([type, { input, output }]) => [
    type,
    { input: z.toJSONSchema(input), output: z.toJSONSchema(output) },
  ]);
  return c.json({ execution_points: rows.flat(), types: Object.fromEntries(types) });
}

/** `PUT`: assigns and takes off, one after the other; what is not named stays. */
export async function putExecutionPoints(c: AppContext): Promise<Response> {
  const sent = ExecutionPoints.safeParse(await readObject(c));
  if (!sent.success)
    throw new Problem(422, "the execution points are not valid", { errors: issuesOf(sent.error) });
  const { by, request_id } = await termsOf(c);
  for (const { type, target_fk, script_id } of sent.data.execution_points) {
    const { target, member } = POINTS[type];
    const found = await authority(c).get(target, target_fk);
    if (!found) throw new Problem(404, "there is no such target");
    const { [member]: _, ...rest } = JSON.parse(found.body) as JsonObject;
    const record = script_id ? { ...rest, [member]: script_id } : rest;
    await write(c, target, target_fk, record, { by, request_id, expected: found.version });
  }
  return listExecutionPoints(c);
}
