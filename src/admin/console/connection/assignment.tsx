/** What people go through after they signed in at a connection: one form and one way to save it, on every page that has it. */
import type { Child } from "hono/jsx";
import type { Refused } from "../call.ts";
import { choicesOf } from "../choices.ts";
import { conflict, isConflict } from "../conflict.tsx";
import { wrong } from "../edit.tsx";
import { type Field, fieldsOf } from "../form/field.ts";
import { Form } from "../form/form.tsx";
import { recordOf, type Typed, typedOf } from "../form/typed.ts";
import type { Gone, View } from "../page.ts";
import type { Opened, Sheet } from "./tab.ts";

const EXTENSIONS = {
  post_authn_ctx_script: {
    label: "Post Authentication script",
    help: "Runs each time somebody signed in here, and may change the authentication context.",
    record: "scripts",
    create: { path: "/scripts/create", words: "Write a new script" },
  },
  post_authn_app_id: {
    label: "Post Authentication application",
    help: "People go through it after they signed in here, before they are asked for consent.",
    record: "custom-apps",
    create: { path: "/custom-apps/create", words: "Register a new application" },
  },
} as const;
type Extension = keyof typeof EXTENSIONS;

export interface Assignment {
  /** @returns undefined where the operator may not see what there is to choose from */
  form(opened: Opened, typed?: Typed, errors?: Refused["errors"]): Promise<Child | undefined>;
  /** @param again the page around the form, for what was typed and is wrong */
  save(opened: Opened, typed: Typed, again: (form: Child) => Child): Promise<Sheet | View | Gone>;
}

/**
 * @param members of the connection that are chosen here; the others stay as they are
 * @param path of the tab that has the form
 */
export function assignment(members: readonly Extension[], path: string): Assignment {
  return {
    async form({ desk, record, etag }, typed, errors = []) {
      const fields = await fieldsFor(desk);
      if (fields.length === 0) return undefined;
      return (
        <Form
          fields={fields}
          typed={typed ?? typedOf(fields, record)}
          errors={errors}
          etag={typed?.get("etag") ?? etag}
          after={Object.fromEntries(members.map((member) => [member, created(desk, member)]))}
          {...(desk.may("connections", "write") && { save: "Save" })}
        />
      );
    },
    async save(opened, typed, again) {
      const { desk, id, record, etag, href } = opened;
      const fields = await fieldsFor(desk);
      const headers = { "if-match": typed.get("etag") || etag };
      try {
        await desk.write(
          "PUT",
          `connections/${encodeURIComponent(id)}`,
          recordOf(fields, typed, record),
          headers,
        );
        return { to: href(path), said: "saved" };
      } catch (error) {
        if (isConflict(error)) return conflict(desk, fields, typed, { body: record, etag }, []);
        return { body: again(await this.form(opened, typed, wrong(error))), status: 422 };
      }
    },
  };

  async function fieldsFor(desk: Opened["desk"]): Promise<Field[]> {
    if (!desk.may("scripts", "read")) return [];
    const records = Object.fromEntries(members.map((member) => [member, EXTENSIONS[member].record]));
    const words = Object.fromEntries(members.map((member) => [member, EXTENSIONS[member]]));
    return fieldsOf({}, words, await choicesOf(desk, records, "choice"));
  }
}

function created(desk: Opened["desk"], member: Extension) {
  const { path, words } = EXTENSIONS[member].create;
  if (!desk.may("scripts", "write")) return <></>;
  return (
    <p class="field-note">
      <a href={desk.href(path)} id={`to${path.replaceAll("/", "-")}`}>
        {words}
      </a>
    </p>
  );
}
