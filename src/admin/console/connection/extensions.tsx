/** Extensions: the script that runs after people signed in here, and the application that they go through. */
import { choicesOf } from "../choices.ts";
import { conflict } from "../conflict.tsx";
import type { Desk } from "../desk.ts";
import { wrong } from "../edit.tsx";
import { type Field, fieldsOf } from "../form/field.ts";
import { Form } from "../form/form.tsx";
import { recordOf, type Typed, typedOf } from "../form/typed.ts";
import { Refused } from "../call.ts";
import type { Opened, Sheet, Tab } from "./tab.ts";

const WORDS = {
  post_authn_ctx_script: {
    label: "Post Authentication script",
    help: "Runs each time somebody signed in here, and may change the authentication context.",
  },
  post_authn_app_id: {
    label: "Post Authentication application",
    help: "People go through it after they signed in here, before they are asked for consent.",
  },
} as const;

export const extensions: Tab = {
  path: "/extensions",
  tab: "Extensions",
  get: async (opened) => sheet(opened),
  async post(opened, typed) {
    const { desk, id, record, href } = opened;
    const fields = await extensionFields(desk);
    try {
      await desk.write("PUT", `connections/${encodeURIComponent(id)}`, recordOf(fields, typed, record), {
        "if-match": typed.get("etag") || "*",
      });
      return { to: href("/extensions"), said: "saved" };
    } catch (error) {
      if (error instanceof Refused && error.status === 412)
        return conflict(desk, fields, typed, { body: record, etag: opened.etag }, []);
      return { ...(await sheet(opened, typed, wrong(error))), status: 422 };
    }
  },
};

/** One choice of the scripts and of the applications that there are. */
async function extensionFields(desk: Desk): Promise<Field[]> {
  const one = async (record: "scripts" | "custom-apps") => {
    return { ...(await choicesOf(desk, record)), as: "choice" } as const;
  };
  const seen = desk.may("scripts", "read");
  return fieldsOf({}, WORDS, {
    ...(seen && { post_authn_ctx_script: await one("scripts"), post_authn_app_id: await one("custom-apps") }),
  });
}

async function sheet(
  { desk, record, etag }: Opened,
  typed?: Typed,
  errors: Refused["errors"] = [],
): Promise<Sheet> {
  const fields = await extensionFields(desk);
  const link = (field: keyof typeof WORDS, path: string, words: string) => {
    return {
      [field]: (
        <p class="field-note">
          <a href={desk.href(path)} id={`to${path.replaceAll("/", "-")}`}>
            {words}
          </a>
        </p>
      ),
    };
  };
  return {
    body: (
      <Form
        fields={fields}
        typed={typed ?? typedOf(fields, record)}
        errors={errors}
        etag={typed?.get("etag") ?? etag}
        after={{
          ...link("post_authn_ctx_script", "/scripts/create", "Write a new script"),
          ...link("post_authn_app_id", "/custom-apps/create", "Register a new application"),
        }}
        {...(desk.may("connections", "write") && { save: "Save" })}
      />
    ),
  };
}
