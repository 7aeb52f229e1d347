/** A form of a record: its fields, what is wrong with each, and what was typed. */
import type { Child } from "hono/jsx";
import { Copy } from "../../../ui/copy.tsx";
import { Notice } from "../../../ui/notice.tsx";
import type { FieldError } from "../call.ts";
import { Input } from "./input.tsx";
import type { Field } from "./field.ts";
import type { Typed } from "./typed.ts";

interface Props {
  readonly fields: readonly Field[];
  readonly typed: Typed;
  readonly errors?: readonly FieldError[];
  /** Version of the record that the form was drawn from. */
  readonly etag?: string;
  /** Secrets that the record has, by path. */
  readonly held?: readonly string[];
  /** Without it the form is only read. */
  readonly save?: string;
  /** Id and value of the button that saves, where a page has several forms. */
  readonly action?: string;
  /** Where it is sent, if not to the page's own address. */
  readonly to?: string;
  /** Stands after the field of this path: what belongs beside it, such as a value to copy. */
  readonly after?: Readonly<Record<string, Child>>;
  /** Further buttons, beside the one that saves. */
  readonly buttons?: Child;
}

export function Form({
  fields,
  typed,
  errors = [],
  etag,
  held = [],
  save,
  after = {},
  buttons,
  ...rest
}: Props) {
  const { action = "save", to } = rest;
  const placed = place(fields, errors);
  const inputs = (some: readonly Field[]) =>
    some.map((field) => (
      <>
        <Input
          field={field}
          typed={typed}
          errors={placed.at.get(field.path) ?? []}
          held={held.includes(field.path)}
          disabled={save === undefined}
        />
        {after[field.path]}
      </>
    ));
  const [usual, advanced] = [fields.filter((one) => !one.advanced), fields.filter((one) => one.advanced)];
  const isWrong = advanced.some(({ path }) => placed.at.has(path));
  return (
    <form method="post" action={to} class="sheet" novalidate>
      {errors.length > 0 && (
        <Notice
          title="This was not saved."
          detail={[
            placed.at.size > 0
              ? "Look at what is marked below; nothing that you typed is lost."
              : "Nothing that you typed is lost:",
            // Of the record as a whole where it has no path.
            ...placed.elsewhere.map(({ path, message }) => (path ? `${path}: ${message}` : message)),
          ].join(" ")}
        />
      )}
      {etag !== undefined && <input type="hidden" id="etag" name="etag" value={etag} />}
      {inputs(usual)}
      {advanced.length > 0 && (
        <details id="advanced" class="advanced" open={isWrong}>
          <summary>Advanced settings</summary>
          <div class="sheet">{inputs(advanced)}</div>
        </details>
      )}
      {(save !== undefined || buttons) && (
        <p class="actions">
          {save !== undefined && (
            <button class="button primary" id={action} name="action" value={action}>
              {save}
            </button>
          )}
          {buttons}
        </p>
      )}
    </form>
  );
}

/** An error belongs to the field whose path it begins with, the longest first; what is left has no field here. */
function place(fields: readonly Field[], errors: readonly FieldError[]) {
  const at = new Map<string, string[]>();
  const elsewhere: FieldError[] = [];
  for (const error of errors) {
    const [field] = fields
      .filter(({ path }) => error.path === path || error.path.startsWith(`${path}.`))
      .toSorted((a, b) => b.path.length - a.path.length);
    if (field) at.set(field.path, [...(at.get(field.path) ?? []), told(error, field)]);
    else elsewhere.push(error);
  }
  return { at, elsewhere };
}

/** Which of several lines it is. */
function told({ path, message }: FieldError, field: Field): string {
  const [, line] = /^\.(\d+)/.exec(path.slice(field.path.length)) ?? [];
  return line === undefined ? message : `Line ${Number(line) + 1}: ${message}`;
}

/** A value that the form does not send: to be copied into another console. */
export function Shown({
  id,
  label,
  value,
  note,
}: {
  id: string;
  label: string;
  value: string;
  note?: string;
}) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <Copy id={id} value={value} label={label} />
      {note && (
        <p class="field-note" id={`${id}-note`}>
          {note}
        </p>
      )}
    </div>
  );
}
