/** Backup: what no file of the configuration holds, the salt behind every `sub` and the signing keys; and its way back. */
import { isObject } from "../../../config/json.ts";
import type { JsonObject } from "../../../flow.ts";
import { Refused } from "../call.ts";
import type { Desk } from "../desk.ts";
import type { Field } from "../form/field.ts";
import { Form } from "../form/form.tsx";
import type { Typed } from "../form/typed.ts";
import type { Page, View } from "../page.ts";
import { SETTINGS, Tabs, TRAIL } from "./tabs.tsx";

const PATH = "/backup";

const FIELD: Field = {
  path: "backup",
  label: "Backup",
  help: "As it was shown. It fits the workspace of its own id, where nobody has signed in, under the same deployment key.",
  control: { as: "json" },
  required: true,
};

export const backup: Page = {
  path: SETTINGS + PATH,
  area: "workspaces",
  verb: "write",
  writes: ["keys"],
  get: async (desk) => page(desk),
  async post(desk, typed) {
    if (typed.get("action") === "show") return page(desk, undefined, (await desk.read("backup")).body);
    const sent = jsonOf(typed.get("backup") ?? "");
    if (!sent)
      return page(desk, typed, undefined, [{ path: "backup", message: "is not the JSON of a backup" }]);
    try {
      await desk.write("PUT", "backup", sent);
      return { to: desk.href(SETTINGS + PATH), said: "saved" };
    } catch (error) {
      if (!(error instanceof Refused) || ![409, 422].includes(error.status)) throw error;
      const errors = error.errors.map(({ path, message }) => ({
        path: "backup",
        message: `${path} ${message}`,
      }));
      const said = [{ path: "backup", message: error.message }];
      return page(desk, typed, undefined, errors.length > 0 ? errors : said);
    }
  },
};

function page(desk: Desk, typed?: Typed, shown?: JsonObject, errors: Refused["errors"] = []): View {
  return {
    title: "Backup",
    trail: TRAIL,
    status: errors.length > 0 ? 422 : 200,
    body: (
      <>
        <Tabs desk={desk} current={PATH} />
        <p class="lead">
          What no file of the configuration holds: the salt behind every sub, and the signing keys. Keep it
          beside the file of the workspace and the deployment key elsewhere, without which nothing in it can
          be read. Signing keys rotate: make a new backup every month.
        </p>
        {shown && (
          <div class="sheet">
            <div class="field">
              <label for="made">The backup</label>
              <textarea id="made" name="made" rows={12} readonly spellcheck={false}>
                {JSON.stringify(shown, null, 2)}
              </textarea>
            </div>
          </div>
        )}
        {!shown && (
          <form method="post">
            <button class="button primary" id="show" name="action" value="show">
              Make a backup
            </button>
          </form>
        )}
        <details class="advanced" id="restoring" open={typed !== undefined}>
          <summary>Restore a backup</summary>
          <Form
            fields={[FIELD]}
            typed={typed ?? new URLSearchParams()}
            errors={errors}
            save="Restore"
            action="restore"
          />
        </details>
      </>
    ),
  };
}

function jsonOf(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
