/** A list inside a connection, shown as a table with a form to add to it: attributes and mappings are such lists. */
import type { Child } from "hono/jsx";
import type { JsonObject } from "../../../flow.ts";
import { List } from "../../../ui/list.tsx";
import { type FieldError, Refused } from "../call.ts";
import { conflict } from "../conflict.tsx";
import { wrong } from "../edit.tsx";
import type { Field } from "../form/field.ts";
import { Form } from "../form/form.tsx";
import { recordOf, type Typed } from "../form/typed.ts";
import type { Assignment } from "./assignment.tsx";
import type { Opened, Tab } from "./tab.ts";

export interface Rows {
  /** Member of the connection, and the path of its tab. */
  readonly member: "attributes" | "mappings";
  readonly tab: string;
  readonly lead: string;
  /** `attribute`, as in "Add attribute". */
  readonly one: string;
  readonly save: string;
  /** Members that tell one row from another. */
  readonly key: readonly string[];
  readonly columns: Readonly<Record<string, (row: JsonObject) => Child>>;
  readonly fields: (opened: Opened) => Promise<readonly Field[]>;
  /** Stands above the table, for what should be known of these rows. */
  readonly note?: (opened: Opened) => Child;
  /** Stands below the form. */
  readonly aside: (opened: Opened) => Child;
  /** Stands below the table, with a form of its own. */
  readonly foot?: { readonly title: string; readonly assigns: Assignment };
}

export function rowTabs(spec: Rows): readonly Tab[] {
  const { member, tab, one, foot } = spec;
  const path = `/${member}`;
  return [
    {
      path,
      tab,
      get: async (opened) => ({ body: await page(opened) }),
      async post(opened, typed) {
        if (foot && !typed.has("remove"))
          return foot.assigns.save(opened, typed, (form) => below(table(spec, opened), form));
        const rows = rowsOf(opened, member);
        const kept = rows.filter((_, at) => String(at) !== typed.get("remove"));
        if (kept.length === rows.length) return { body: await page(opened), status: 422, notice: NO_ROW };
        try {
          await change(opened, member, kept, typed);
          return { to: opened.href(path), said: "saved" };
        } catch (error) {
          // The row at this place may be another one by now.
          if (isConflict(error)) return { body: await page(opened), status: 412, notice: NOT_REMOVED };
          return { body: await page(opened, wrong(error)), status: 422 };
        }
      },
    },
    {
      path: `${path}/add`,
      of: path,
      verb: "write",
      get: async (opened) => ({ body: await form(spec, opened, new URLSearchParams()) }),
      async post(opened, typed) {
        const fields = await spec.fields(opened);
        const missing = fields.filter(({ path: name, required }) => required && !typed.get(name)?.trim());
        if (missing.length > 0) {
          const errors = missing.map(({ path: name }) => ({ path: name, message: "is missing" }));
          return { body: await form(spec, opened, typed, errors), status: 422 };
        }
        const rows = rowsOf(opened, member);
        const added = recordOf(fields, typed);
        const isSame = (row: JsonObject) => spec.key.every((name) => row[name] === added[name]);
        // Two rows of one key would be two answers to one question: what is sent takes the place of the other.
        const others = rows.filter((row) => !isSame(row));
        try {
          await change(opened, member, [...others, added], typed);
          return { to: opened.href(path), said: "saved" };
        } catch (error) {
          if (isConflict(error)) {
            const stored = { body: rows.find(isSame) ?? {}, etag: opened.etag };
            return conflict(opened.desk, fields, typed, stored, []);
          }
          const errors = wrong(error).map((one) => inForm(one, `${member}.${others.length}`));
          return { body: await form(spec, opened, typed, errors), status: 422 };
        }
      },
    },
  ];

  async function page(opened: Opened, errors: readonly FieldError[] = []) {
    return below(table(spec, opened, errors), await foot?.assigns.form(opened));
  }

  function below(rows: Child, form: Child | undefined) {
    if (!foot || !form) return rows;
    return (
      <>
        {rows}
        <h2>{foot.title}</h2>
        {form}
      </>
    );
  }

  function table({ lead, columns, note }: Rows, opened: Opened, errors: readonly FieldError[] = []) {
    const { desk, href, etag } = opened;
    const writes = desk.may("connections", "write");
    return (
      <>
        <p class="lead">{lead}</p>
        {note?.(opened)}
        {errors.map(({ path: where, message }) => (
          <p class="field-error" role="alert">
            {where}: {message}
          </p>
        ))}
        {writes && (
          <p>
            <a class="button primary" id="add" href={href(`${path}/add`)}>
              Add {one}
            </a>
          </p>
        )}
        <form method="post">
          <input type="hidden" id="rows-etag" name="etag" value={etag} />
          <List
            label={tab}
            columns={[...Object.keys(columns), ...(writes ? ["Change"] : [])]}
            rows={rowsOf(opened, member).map((row, index) => {
              const [name, ...cells] = Object.values(columns).map((column) => column(row));
              return {
                id: `${index + 1}`,
                at: `${one}-${index + 1}`,
                name,
                cells: writes ? [...cells, remove(index)] : cells,
              };
            })}
          />
        </form>
      </>
    );
  }
}

function remove(index: number) {
  return (
    <button class="button small" id={`remove-${index}`} name="remove" value={String(index)}>
      Remove
    </button>
  );
}

const NO_ROW = {
  title: "There is no such row.",
  detail: "Nothing was removed.",
} as const;

const NOT_REMOVED = {
  title: "Somebody else saved in between.",
  detail: "Nothing was removed: this is what is stored now.",
} as const;

const isConflict = (error: unknown) => error instanceof Refused && error.status === 412;

async function form(spec: Rows, opened: Opened, typed: Typed, errors: readonly FieldError[] = []) {
  return (
    <>
      <h2>Add {spec.one}</h2>
      <Form
        fields={await spec.fields(opened)}
        typed={typed}
        errors={errors}
        etag={typed.get("etag") ?? opened.etag}
        save={spec.save}
      />
      {spec.aside(opened)}
    </>
  );
}

export function rowsOf({ record }: Opened, member: Rows["member"]): JsonObject[] {
  return (record[member] ?? []) as JsonObject[];
}

async function change({ desk, id, etag }: Opened, member: Rows["member"], rows: JsonObject[], typed: Typed) {
  const headers = { "if-match": typed.get("etag") || etag };
  await desk.write("PATCH", `connections/${encodeURIComponent(id)}`, { [member]: rows }, headers);
}

/** `attributes.27.name` of the connection is `name` of the form. */
function inForm({ path, message }: FieldError, row: string): FieldError {
  return { path: path.startsWith(`${row}.`) ? path.slice(row.length + 1) : path, message };
}
