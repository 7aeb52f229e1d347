/** Debug logging: what the script was given in real sign-ins, such as your own, to run it with that again. */
import type { JsonObject } from "../../../flow.ts";
import { When } from "../../../ui/when.tsx";
import type { Desk } from "../desk.ts";
import type { Typed } from "../form/typed.ts";
import type { Gone, View } from "../page.ts";
import { text } from "../text.ts";

export interface Recorded extends JsonObject {
  readonly id: string;
  readonly at: number;
  readonly as: string;
  readonly input: JsonObject;
}

const of = (desk: Desk) => `/scripts/${encodeURIComponent(desk.param("id"))}`;

export async function recorded(desk: Desk): Promise<{ until: number; executions: readonly Recorded[] }> {
  const path = `scripts/${encodeURIComponent(desk.param("id"))}/debug`;
  const { body } = await desk.read<{ debug_until: number; executions: Recorded[] }>(path);
  const { debug_until, executions } = body;
  return { until: debug_until, executions };
}

export async function debug(desk: Desk): Promise<View> {
  const { until, executions } = await recorded(desk);
  const on = until * 1_000 > Date.now();
  const { body: script } = await desk.read(`scripts/${encodeURIComponent(desk.param("id"))}`);
  return {
    title: "Debug",
    trail: [
      { words: "Scripts", path: "/scripts" },
      { words: text(script, "name"), path: of(desk) },
    ],
    body: (
      <>
        <p class="lead">
          While this is on, what the script is given and what it says is kept for a day: data of whoever signs
          in. Switch it on, sign in yourself, and run the script with what it was given.
        </p>
        {desk.may("scripts", "write") && (
          <form method="post">
            <button class="button primary" id="switch" name="action" value={on ? "stop" : "start"}>
              {on ? "Stop recording" : "Record for ten minutes"}
            </button>
          </form>
        )}
        {executions.length === 0 ? (
          <p class="empty">Nothing was recorded yet.</p>
        ) : (
          <ol class="sheet" id="recorded">
            {executions.map(({ id, at, as, ...rest }, index) => (
              <li>
                <h2>
                  <When at={at} locale={desk.locale} />: {as}
                </h2>
                <pre class="code" tabindex={0} aria-label={`Execution ${index + 1}`}>
                  {JSON.stringify(rest, null, 2)}
                </pre>
                <p>
                  <a
                    class="button small"
                    id={`use-${index}`}
                    href={desk.href(`${of(desk)}?recorded=${encodeURIComponent(text({ id }, "id"))}`)}
                  >
                    Run with this input
                  </a>
                </p>
              </li>
            ))}
          </ol>
        )}
      </>
    ),
  };
}

export async function switchDebug(desk: Desk, typed: Typed): Promise<Gone> {
  const path = `scripts/${encodeURIComponent(desk.param("id"))}/debug`;
  await (typed.get("action") === "start"
    ? desk.write("PUT", `${path}?duration=10m`)
    : desk.write("DELETE", path));
  return { to: desk.href(`${of(desk)}/debug`) };
}
