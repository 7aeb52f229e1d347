/** Beside the records of scripts: run one, and what each was before. */
import { TestRun } from "../config/script-test.ts";
import { randomId } from "../crypto/handle.ts";
import type { JsonObject } from "../flow.ts";
import { makeBroker } from "../http/broker.ts";
import type { AppContext } from "../http/context.ts";
import { blank } from "../scripts/blank.ts";
import { readConfiguration } from "../store/configuration.ts";
import { clock } from "../store/rows.ts";
import { issuesOf } from "../store/workspace/issues.ts";
import { authority, readObject, termsOf, workspaceOf } from "./exchange.ts";
import { Problem } from "./problem.ts";
import { NEEDS_LOADER, write } from "./records.ts";

/** `POST …/scripts/test`: nobody's sign-in is touched; secrets are blanked in the output too. */
export async function testScript(c: AppContext): Promise<Response> {
  const sent = TestRun.safeParse(await readObject(c));
  if (!sent.success) throw new Problem(422, "the test is not valid", { errors: issuesOf(sent.error) });
  const { body, hosts, secrets: names, input } = sent.data;
  const workspace = workspaceOf(c);
  const configuration = readConfiguration(c.env, clock);
  const document = await configuration.workspace(workspace);
  const broker = document && makeBroker(c, document, configuration);
  if (!broker?.scripts) throw new Problem(422, NEEDS_LOADER);
  const secrets = await broker.secrets(names);
  // An isolate of its own, thrown away: a trial leaves nothing for the next one.
  const id = `test/${randomId()}`;
  const code = { workspace, id, body, hosts, secrets: names };
  const { as, output, error, console, duration } = await broker.scripts.run(
    code,
    input as JsonObject,
    secrets,
  );
  return c.json({
    id,
    as,
    input,
    ...(output !== undefined && { output: blank(output, secrets) }),
    ...(error && { error }),
    console,
    duration,
  });
}

/** `GET …/scripts/{id}/versions`: who wrote what when, the latest first. */
export async function listVersions(c: AppContext): Promise<Response> {
  const kept = await authority(c).history("scripts", c.req.param("id") ?? "");
  if (kept.length === 0) throw new Problem(404, "there is no such record");
  const items = kept.map(({ version, at, by, body }) => ({
    version,
    at,
    by,
    script: JSON.parse(body) as JsonObject,
  }));
  return c.json({ items });
}

/** `POST …/scripts/{id}/versions/{version}/restore`: writes an earlier version again, as a new one. */
export async function restoreVersion(c: AppContext): Promise<Response> {
  const id = c.req.param("id") ?? "";
  const version = Number(c.req.param("version"));
  const kept = await authority(c).history("scripts", id);
  const found = kept.find((one) => one.version === version);
  if (!found) throw new Problem(404, "there is no such version");
  return write(c, "scripts", id, JSON.parse(found.body) as JsonObject, await termsOf(c));
}
