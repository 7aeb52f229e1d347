/** Configuration: the form that the connection was made with, its advanced settings, and the check of what it says. */
import type { Child } from "hono/jsx";
import { When } from "../../../ui/when.tsx";
import type { Refused } from "../call.ts";
import { conflict, isConflict } from "../conflict.tsx";
import { heldOf, wrong } from "../edit.tsx";
import { Form, Shown } from "../form/form.tsx";
import { recordOf, type Typed, typedOf } from "../form/typed.ts";
import { text } from "../text.ts";
import { connectionFields } from "./fields.ts";
import { check, CheckButton, Findings } from "./findings.tsx";
import type { Opened, Sheet, Tab } from "./tab.ts";

export const configuration: Tab = {
  path: "",
  tab: "Configuration",
  get: async (opened) => sheet(opened),
  async post(opened, typed) {
    const { desk, id, record, href } = opened;
    const fields = connectionFields(text(record, "method"));
    const written = recordOf(fields, typed, record);
    try {
      if (typed.get("action") === "check")
        return sheet(opened, typed, [], <Findings findings={await check(desk, id, written)} />);
      await desk.write("PUT", `connections/${encodeURIComponent(id)}`, written, {
        "if-match": typed.get("etag") || "*",
      });
      return { to: href(""), said: "saved" };
    } catch (error) {
      if (isConflict(error)) return conflict(desk, fields, typed, { body: record, etag: opened.etag }, []);
      return { ...sheet(opened, typed, wrong(error)), status: 422 };
    }
  },
};

function sheet(
  { desk, record, etag, href }: Opened,
  typed?: Typed,
  errors: Refused["errors"] = [],
  found?: Child,
): Sheet {
  const fields = connectionFields(text(record, "method"));
  const writes = desk.may("connections", "write");
  return {
    body: (
      <>
        {found}
        <div class="sheet">
          <Shown
            id="redirect_url"
            label="Redirect URL"
            value={text(record, "redirect_url")}
            note="The provider must know it as a callback URL of our app client."
          />
          {record["certificates_expire_at"] !== undefined && (
            <p id="certificates_expire_at">
              The provider's last certificate ends on{" "}
              <When at={Number(record["certificates_expire_at"])} locale={desk.locale} day />.
            </p>
          )}
        </div>
        <Form
          fields={fields}
          typed={typed ?? typedOf(fields, record)}
          errors={errors}
          etag={typed?.get("etag") ?? etag}
          held={heldOf(record)}
          {...(writes && { save: "Save", buttons: <CheckButton /> })}
        />
        {writes && (
          <p class="danger-zone actions">
            <a class="button danger" id="end" href={href("/end")}>
              Sign its people out
            </a>
            <a class="button danger" id="delete" href={href("/delete")}>
              Delete connection
            </a>
          </p>
        )}
      </>
    ),
  };
}
