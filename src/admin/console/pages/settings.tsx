/** Settings of the workspace: its name, and how long things last. */
import { Refused } from "../call.ts";
import { conflict } from "../conflict.tsx";
import type { Desk } from "../desk.ts";
import { wrong } from "../edit.tsx";
import { fieldsOf, type FormWords } from "../form/field.ts";
import { Form, Shown } from "../form/form.tsx";
import { recordOf, type Typed, typedOf } from "../form/typed.ts";
import type { Page, View } from "../page.ts";
import { schemaOf } from "../schema.ts";
import { text } from "../text.ts";

const WORDS: FormWords = {
  name: { label: "Name", help: "People read it on every page." },
  logo_uri: { label: "Logo", help: "An https address of a picture." },
  access_token_strategy: {
    label: "Access tokens",
    help: "jwt: APIs read them by themselves. opaque: APIs ask here.",
  },
  access_token_lifetime: { label: "Lifetime of access tokens", help: "Seconds." },
  id_token_lifetime: { label: "Lifetime of ID tokens", help: "Seconds." },
  refresh_token_lifetime: { label: "Lifetime of refresh tokens", help: "Seconds from the sign-in." },
  session_lifetime: { label: "Lifetime of sessions", help: "Seconds from the last sign-in." },
  claims_in_id_token: { label: "Claims about the person in the ID token", help: "Off: at userinfo only." },
};

export const settings: Page = {
  path: "/settings",
  area: "workspaces",
  navigation: "Settings",
  get: async (desk) => form(desk),
  async post(desk, typed) {
    const fields = fieldsOf(schemaOf("settings"), WORDS);
    const stored = await desk.read("");
    try {
      await desk.write("PUT", "", recordOf(fields, typed, stored.body), {
        "if-match": typed.get("etag") || "*",
      });
      return { to: desk.href("/settings"), said: "saved" };
    } catch (error) {
      if (error instanceof Refused && error.status === 412) return conflict(desk, fields, typed, stored, []);
      return form(desk, typed, wrong(error));
    }
  },
};

async function form(desk: Desk, typed?: Typed, errors: Refused["errors"] = []): Promise<View> {
  const fields = fieldsOf(schemaOf("settings"), WORDS);
  const { body, etag = "" } = await desk.read("");
  return {
    title: "Settings",
    status: errors.length > 0 ? 422 : 200,
    body: (
      <>
        <div class="sheet">
          <Shown
            id="issuer"
            label="Issuer"
            value={text(body, "issuer")}
            note="What apps are configured with."
          />
        </div>
        <Form
          fields={fields}
          typed={typed ?? typedOf(fields, body)}
          errors={errors}
          etag={typed?.get("etag") ?? etag}
          {...(desk.may("workspaces", "write") && { save: "Save" })}
        />
      </>
    ),
  };
}
