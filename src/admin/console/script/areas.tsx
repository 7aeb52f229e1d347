/** The text of a script and the input of its run on trial. */
import type { JsonObject } from "../../../flow.ts";
import type { Refused } from "../call.ts";
import type { Typed } from "../form/typed.ts";

type Input = { readonly name: string; readonly input: string };

/** Saved with the script. */
export const inputsOf = (record: JsonObject) => (record["test_inputs"] ?? []) as Input[];

interface AreasProps {
  readonly typed: Typed;
  readonly errors: Refused["errors"];
  readonly inputs: readonly Input[];
  readonly href: string;
}

/** @param href of the script, where its saved inputs are chosen */
export function Areas({ typed, errors, inputs, href }: AreasProps) {
  const wrongAt = (path: string) =>
    errors.filter((error) => error.path === path).map(({ message }) => message);
  return (
    <>
      <Area id="body" label="Script" rows={16} typed={typed} wrong={wrongAt("body")}>
        What it keeps outside of the function may still be there for the next person who signs in: keep
        nothing of a person there.
      </Area>
      <Area id="input" label="Input of the run" rows={8} typed={typed} wrong={wrongAt("input")}>
        The context as JSON. {inputs.length > 0 ? "Saved: " : ""}
        {inputs.map(({ name }) => (
          <>
            <a href={`${href}?input=${encodeURIComponent(name)}`}>{name}</a>{" "}
          </>
        ))}
      </Area>
      <div class="field">
        <label for="input_name">
          Save this input as <span class="optional">(optional)</span>
        </label>
        <input
          id="input_name"
          name="input_name"
          maxlength={100}
          autocomplete="off"
          value={typed.get("input_name") ?? ""}
        />
      </div>
    </>
  );
}

interface AreaProps {
  readonly id: string;
  readonly label: string;
  readonly rows: number;
  readonly typed: Typed;
  readonly wrong: readonly string[];
  readonly children?: unknown;
}

function Area({ id, label, rows, typed, wrong: faults, children }: AreaProps) {
  return (
    <div class={faults.length > 0 ? "field wrong" : "field"}>
      <label for={id}>{label}</label>
      <textarea
        class="code"
        data-code=""
        id={id}
        name={id}
        rows={rows}
        spellcheck={false}
        autocomplete="off"
        aria-describedby={`${id}-note`}
        aria-invalid={faults.length > 0 ? "true" : undefined}
      >
        {typed.get(id) ?? ""}
      </textarea>
      <p class="field-note" id={`${id}-note`}>
        {children}
      </p>
      {faults.map((fault) => (
        <p class="field-error">{fault}</p>
      ))}
    </div>
  );
}
