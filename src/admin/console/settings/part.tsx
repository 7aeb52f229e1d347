/** A part of the settings in a form of its own: what it does not name stays as it is. */
import type { Child } from "hono/jsx";
import type { JsonObject } from "../../../flow.ts";
import { type Answer, Refused } from "../call.ts";
import { conflict, isConflict } from "../conflict.tsx";
import type { Desk } from "../desk.ts";
import { wrong } from "../edit.tsx";
import { type Choices, fieldsOf, type FormWords } from "../form/field.ts";
import { Form } from "../form/form.tsx";
import { recordOf, type Typed, typedOf } from "../form/typed.ts";
import type { Page, View } from "../page.ts";
import { schemaOf } from "../schema.ts";
import { text } from "../text.ts";
import { SETTINGS, Tabs, TRAIL } from "./tabs.tsx";

interface Part {
  /** Below the settings; empty for the first page, which is in the navigation. */
  readonly path: string;
  readonly title: string;
  readonly words: FormWords;
  /** Values that there are in this workspace. */
  readonly choices?: (desk: Desk) => Promise<Choices>;
  /** Stands above the form. */
  readonly above?: (desk: Desk, settings: JsonObject) => Child;
  /** Stands after the field of a path. */
  readonly after?: (typed: Typed) => Readonly<Record<string, Child>>;
  /** Stands below the form. */
  readonly below?: (desk: Desk, settings: JsonObject) => Child;
  /** Secrets that are there, by path. */
  readonly held?: (settings: JsonObject) => readonly string[];
  /** Instead of the page with "Saved.", for what the API shows once. */
  readonly saved?: (desk: Desk, answer: JsonObject) => View | undefined;
}

export function settingsPart(part: Part): Page {
  const { path, title, words, choices, above, after, below, held, saved } = part;
  const trail = path ? TRAIL : [];
  const fieldsFor = async (desk: Desk) =>
    fieldsOf(schemaOf("settings"), words, (await choices?.(desk)) ?? {});

  async function form(desk: Desk, typed?: Typed, errors: Refused["errors"] = []): Promise<View> {
    const fields = await fieldsFor(desk);
    const { body, etag = "" } = await desk.read("");
    const shown = typed ?? typedOf(fields, body);
    return {
      title,
      trail,
      status: errors.length > 0 ? 422 : 200,
      body: (
        <>
          <Tabs desk={desk} current={path} />
          {above?.(desk, body)}
          <Form
            fields={fields}
            typed={shown}
            errors={errors}
            etag={typed?.get("etag") ?? etag}
            held={held?.(body) ?? []}
            after={after?.(shown) ?? {}}
            {...(desk.may("workspaces", "write") && { save: "Save" })}
          />
          {below?.(desk, body)}
        </>
      ),
    };
  }

  return {
    path: SETTINGS + path,
    area: "workspaces",
    ...(path === "" && { navigation: title }),
    get: (desk) => form(desk),
    async post(desk, typed) {
      const fields = await fieldsFor(desk);
      const stored: Answer = await desk.read("");
      try {
        const { body } = await desk.write("PUT", "", recordOf(fields, typed, stored.body), {
          "if-match": typed.get("etag") || "*",
        });
        return saved?.(desk, body) ?? { to: desk.href(SETTINGS + path), said: "saved" };
      } catch (error) {
        if (isConflict(error)) return conflict(desk, fields, typed, stored, trail);
        return form(desk, typed, placed(error, desk, typed, stored.body));
      }
    },
  };
}

/** A domain is for operators of all workspaces: who may write the rest is told at the field. */
function placed(error: unknown, desk: Desk, typed: Typed, stored: JsonObject): Refused["errors"] {
  const wants = (typed.get("origin") ?? text(stored, "origin")) !== text(stored, "origin");
  if (error instanceof Refused && error.status === 403 && wants && desk.may("workspaces", "write"))
    return [{ path: "origin", message: error.message }];
  return wrong(error);
}
