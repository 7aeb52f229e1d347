/** What a run on trial came to: output, error with its line, console, and how long it took. */
import type { JsonObject } from "../../../flow.ts";
import { Notice } from "../../../ui/notice.tsx";

interface Ran {
  readonly as: string;
  readonly output?: unknown;
  readonly error?: { readonly name: string; readonly message: string; readonly line?: number };
  readonly console: readonly { readonly level: string; readonly text: string }[];
  readonly duration: number;
}

export function RanView({ ran }: { ran: JsonObject }) {
  const { as, output, error, console, duration } = ran as unknown as Ran;
  const where = error?.line === undefined ? "" : ` in line ${error.line}`;
  return (
    <section class="sheet" id="ran" aria-label="Result of the run">
      <Notice
        title={as === "succeeded" ? `It ran in ${duration} ms.` : `${error?.name ?? "Error"}${where}`}
        {...(error && { detail: error.message })}
        good={as === "succeeded"}
      />
      <div class="field">
        <h2 id="output-title">Output</h2>
        <pre class="code" id="output" tabindex={0} aria-labelledby="output-title">
          {output === undefined
            ? "It returned nothing, which changes nothing."
            : JSON.stringify(output, null, 2)}
        </pre>
      </div>
      <div class="field">
        <h2 id="console-title">Console</h2>
        <pre class="code" id="console" tabindex={0} aria-labelledby="console-title">
          {console.length === 0
            ? "Nothing was written."
            : console.map(({ level, text }) => `${level}: ${text}`).join("\n")}
        </pre>
      </div>
    </section>
  );
}
