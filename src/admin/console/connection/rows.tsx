/** A list inside a connection, shown as a table with a form to add to it: attributes and mappings are such lists. */
import type { Child } from "hono/jsx";
import type { JsonObject } from "../../../flow.ts";
import { List } from "../../../ui/list.tsx";
import type { FieldError } from "../call.ts";
import { conflict, isConflict } from "../conflict.tsx";
import { wrong } from "../edit.tsx";
import type { Field } from "../form/field.ts";
import { Form } from "../form/form.tsx";
import { recordOf, type Typed } from "../form/typed.ts";
import type { Assignment } from "./assignment.tsx";
import { removal } from "./remove-row.tsx";
import { type Member, rowsOf } from "./rows-of.ts";
import type { Opened, Tab } from "./tab.ts";

export interface Rows {
  /** Member of the connection, and the path of its tab. */
  readonly member: Member;
  readonly tab: string;
  readonly lead: string;
  /** `attribute`, as in "Add attribute". */
  readonly one: string;
  readonly save: string;
  /** Members that tell one row from another. */
  readonly key: readonly string[];
  /** What is typed to remove a row. */
  readonly name: (row: JsonObject) => string;
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
      ...(foot && {
        post: (opened, typed) => foot.assigns.save(opened, typed, (form) => below(table(spec, opened), form)),
      }),
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
    removal(spec, page),
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
    const { desk, href } = opened;
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
        <List
          label={tab}
          columns={[...Object.keys(columns), ...(writes ? ["Change"] : [])]}
          rows={rowsOf(opened, member).map((row, index) => {
            const [name, ...cells] = Object.values(columns).map((column) => column(row));
            const number = index + 1;
            return {
              id: `${number}`,
              at: `${one}-${number}`,
              name,
              cells: writes ? [...cells, remove(number, href(`${path}/${number}/remove`))] : cells,
            };
          })}
        />
      </>
    );
  }
}

function remove(number: number, href: string) {
  return (
    <a class="button small" id={`remove-${number}`} href={href}>
      Remove
    </a>
  );
}

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

async function change({ desk, id, etag }: Opened, member: Member, rows: JsonObject[], typed: Typed) {
  const headers = { "if-match": typed.get("etag") || etag };
  await desk.write("PATCH", `connections/${encodeURIComponent(id)}`, { [member]: rows }, headers);
}

/** `attributes.27.name` of the connection is `name` of the form. */
function inForm({ path, message }: FieldError, row: string): FieldError {
  return { path: path.startsWith(`${row}.`) ? path.slice(row.length + 1) : path, message };
}
