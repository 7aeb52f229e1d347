/** Two operators saved at once: both versions, field by field, and the decision of whoever came second. */
import { type Answer, Refused } from "./call.ts";
import type { Desk } from "./desk.ts";
import type { Field } from "./form/field.ts";
import { type Typed, typedOf } from "./form/typed.ts";
import type { Crumb, View } from "./page.ts";

/** Somebody else saved since the form was drawn. */
export const isConflict = (error: unknown): boolean => error instanceof Refused && error.status === 412;

/** @param now the record as it is stored */
export function conflict(
  desk: Desk,
  fields: readonly Field[],
  typed: Typed,
  now: Answer,
  trail: readonly Crumb[],
): View {
  const stored = typedOf(fields, now.body);
  const differing = fields.filter(
    ({ path, control }) =>
      control.as !== "secret" && joined(typed.getAll(path)) !== joined(stored.getAll(path)),
  );
  const kept = [...typed].filter(([name]) => name !== "etag" && name !== "action");
  return {
    title: "Somebody else saved in between",
    trail,
    status: 412,
    body: (
      <form method="post" class="sheet">
        <p>Nothing was overwritten. This is what you typed, and what is stored now, where the two differ.</p>
        <div class="scroll" tabindex={0} role="region" aria-label="Both versions">
          <table class="list">
            <thead>
              <tr>
                <th scope="col">Field</th>
                <th scope="col">You typed</th>
                <th scope="col">Stored now</th>
              </tr>
            </thead>
            <tbody>
              {differing.map(({ path, label }) => (
                <tr>
                  <th scope="row">{label}</th>
                  <td>{shown(typed.getAll(path))}</td>
                  <td>{shown(stored.getAll(path))}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        {kept.map(([name, value], index) => (
          <input type="hidden" id={`kept-${index}`} name={name} value={value} />
        ))}
        <input type="hidden" id="etag" name="etag" value={now.etag ?? ""} />
        <p class="actions">
          <button class="button primary" id="overwrite" name="action" value="save">
            Save what I typed
          </button>
          <a class="button" id="discard" href={desk.c.req.path}>
            Keep what is stored
          </a>
        </p>
      </form>
    ),
  };
}

/** A form sends its lines with CRLF, whatever they were. */
function joined(values: readonly string[]): string {
  return values.join("\n").replaceAll("\r\n", "\n");
}

function shown(values: readonly string[]) {
  const text = values.map((value) => (value === "on" ? "yes" : value)).join(", ") || "—";
  if (text.includes("\n")) return <pre class="code">{text}</pre>;
  return <bdi>{text}</bdi>;
}
