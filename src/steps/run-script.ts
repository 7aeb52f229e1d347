/** A script of the workspace at an execution point: what it said, or the end of the sign-in. */
import type { ScriptExecuted } from "../audit/event.ts";
import type { Broker } from "../broker.ts";
import type { Script } from "../config/script.ts";
import type { JsonObject } from "../flow.ts";
import { randomId } from "../crypto/handle.ts";
import { blank } from "../scripts/blank.ts";
import { OAuthError } from "../oauth/error.ts";
import type { Execution } from "../scripts/execution.ts";
import { type Input, type Output, type Point, POINTS } from "../scripts/points.ts";

export interface Said<P extends Point> {
  /** Absent when it returned nothing, or failed and the sign-in goes on without it. */
  readonly output?: Output<P>;
  /** Members of its answer that mean nothing here. */
  readonly dropped: readonly string[];
  /** For the audit, which is told by the caller together with its own decision. */
  readonly event: ScriptExecuted;
}

/** @throws OAuthError when the script failed and no other way was chosen; the audit was told then */
export async function runScript<P extends Point>(
  broker: Broker,
  point: P,
  id: string,
  input: Input<P>,
): Promise<Said<P>> {
  const script = await broker.script(id);
  // An operator's decision that cannot be carried out is not one to leave out.
  if (!script || !broker.scripts) {
    const reason = script ? "this deployment has no Worker Loader" : "there is no such script";
    throw ended(broker, {
      type: "script_executed",
      script: id,
      point,
      outcome: "failed",
      duration: 0,
      reason,
    });
  }
  const secrets = await broker.secrets(script.secrets);
  const execution = await broker.scripts.run(
    { workspace: broker.workspace.id, id, body: script.body, hosts: script.hosts, secrets: script.secrets },
    input as unknown as JsonObject,
    secrets,
  );
  if (script.debug_until > broker.now()) {
    const shown = blank(JSON.parse(JSON.stringify({ ...execution, input })) as JsonObject, secrets);
    broker.recorded(id, { id: randomId(), at: broker.now(), point, ...shown });
  }
  const judged = judge(point, execution);
  const about = { type: "script_executed", script: id, point, duration: execution.duration } as const;
  if ("reason" in judged)
    return without(broker, script, { ...about, outcome: "failed", reason: judged.reason });
  return { ...judged, event: { ...about, outcome: "succeeded" } };
}

function without<P extends Point>(broker: Broker, script: Script, event: ScriptExecuted): Said<P> {
  if (script.on_error === "fail") throw ended(broker, event);
  return { dropped: [], event: { ...event, outcome: "continued" } };
}

function ended(broker: Broker, event: ScriptExecuted): OAuthError {
  broker.executed(event);
  return new OAuthError("server_error", "a script that this service runs at sign-in failed", {
    reason: `script ${event.script}: ${event.reason ?? ""}`,
  });
}

type Judged<P extends Point> =
  | { readonly output?: Output<P>; readonly dropped: readonly string[] }
  | { readonly reason: string };

/** Of the language, and `TimeoutError`. A script may call its errors as it likes: by a person, or by a secret. */
const NAMES: ReadonlySet<string> = new Set(
  "Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError TimeoutError".split(
    " ",
  ),
);

/** The reason goes into the audit, so it is in words that are ours: a message could name a person. */
function judge<P extends Point>(point: P, { output, error }: Execution): Judged<P> {
  if (error) {
    const name = NAMES.has(error.name) ? error.name : "Error";
    return { reason: error.line ? `${name} in line ${error.line}` : name };
  }
  if (output === undefined || output === null) return { dropped: [] };
  const parsed = POINTS[point].output.safeParse(output);
  if (!parsed.success) {
    const [path] = parsed.error.issues.map((issue) => issue.path.slice(0, 1).join("."));
    return { reason: path ? `its ${path} is of a wrong type` : "what it returned is of a wrong type" };
  }
  const dropped = Object.keys(output).filter((name) => !Object.hasOwn(POINTS[point].output.shape, name));
  return {
    output: parsed.data as Output<P>,
    dropped: dropped.map((name) => name.slice(0, 128)).slice(0, 100),
  };
}
