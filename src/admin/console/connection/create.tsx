/** Create Connection: choose a template, Next, fill the form, Save. Id and redirect URL are there before the first Save. */
import type { Child } from "hono/jsx";
import { callbackPath } from "../../../connectors/index.ts";
import { presetOf } from "../../../connectors/templates/preset.ts";
import { TEMPLATES } from "../../../connectors/templates/index.ts";
import type { Template } from "../../../connectors/templates/template.ts";
import { RecordId } from "../../../config/ids.ts";
import { randomId } from "../../../crypto/handle.ts";
import type { JsonObject } from "../../../flow.ts";
import type { FieldError } from "../call.ts";
import type { Desk } from "../desk.ts";
import { wrongOrTaken } from "../edit.tsx";
import { Form, Shown } from "../form/form.tsx";
import { recordOf, type Typed, typedOf } from "../form/typed.ts";
import type { Gone, View } from "../page.ts";
import { issuerOf } from "../issuer.ts";
import { refusedView } from "../refused.tsx";
import { check, CheckButton, Findings } from "./findings.tsx";
import { answersOf, asked, blamed, createFields } from "./questions.ts";

const SECRET = "credentials.client_secret";
const TRAIL = [{ words: "Identity Providers", path: "/identity-providers" }];

/** The first step. Next is a link's worth: it makes nothing, so it may be gone back from. */
export async function templates(desk: Desk): Promise<View | Gone> {
  const chosen = desk.param("template");
  if (TEMPLATES.some(({ id }) => id === chosen))
    return { to: `${desk.href(`/identity-providers/create/${chosen}`)}?id=${freshId(chosen)}` };
  return {
    title: "Create Connection",
    trail: TRAIL,
    body: (
      <form method="get" class="sheet">
        <fieldset>
          <legend class="lead">
            Select a template. It fills in what can be known, and says what to do there.
          </legend>
          <div class="templates">
            {TEMPLATES.map(({ id, name, summary }, index) => (
              <label class="template" for={`template-${id}`}>
                <input type="radio" id={`template-${id}`} name="template" value={id} checked={index === 0} />
                <span>
                  <span class="template-name">{name}</span>
                  <span class="quiet">{summary}</span>
                </span>
              </label>
            ))}
          </div>
        </fieldset>
        <p class="actions">
          <button class="button primary" id="next">
            Next
          </button>
        </p>
      </form>
    ),
  };
}

export const create = {
  async get(desk: Desk): Promise<View | Gone> {
    const template = templateOf(desk);
    if (!template) return refusedView(404, "There is no such template.");
    const { id = "" } = desk.c.req.query();
    if (!RecordId.safeParse(id).success) return { to: `${desk.c.req.path}?id=${freshId(template.id)}` };
    const typed = typedOf(createFields(template), { settings: presetOf(template, {}) });
    typed.set("id", id);
    return form(desk, template, typed);
  },

  async post(desk: Desk, typed: Typed): Promise<View | Gone> {
    const template = templateOf(desk);
    if (!template) return refusedView(404, "There is no such template.");
    const id = (typed.get("id") ?? "").trim();
    if (!RecordId.safeParse(id).success)
      return form(desk, template, typed, [{ path: "id", message: "1 to 64 of A-Z, a-z, 0-9, _ and -" }]);
    if (typed.get("action") === "rename") return form(desk, template, typed);
    try {
      if (typed.get("action") === "check") {
        const findings = await check(desk, id, connectionOf(template, typed));
        return await form(desk, template, typed, [], <Findings findings={findings} />);
      }
      await desk.write("PUT", `connections/${id}`, connectionOf(template, typed), { "if-none-match": "*" });
      return { to: desk.href(`/identity-providers/${id}`), said: "created" };
    } catch (error) {
      return form(desk, template, typed, blamed(template, wrongOrTaken(error, "id")));
    }
  },
};

/** What is sent: the template's settings and answers, and over them what the form has. */
function connectionOf(template: Template, typed: Typed): JsonObject {
  const { method, attributes, mappings } = template;
  const preset = {
    method,
    settings: presetOf(template, answersOf(template, typed)),
    ...(attributes && { attributes: attributes.map((one) => ({ ...one })) }),
    ...(mappings && { mappings: mappings.map((one) => ({ ...one })) }),
  };
  const fields = createFields(template).filter(({ path }) => path !== "id" && !asked(path));
  return recordOf(fields, typed, preset);
}

async function form(
  desk: Desk,
  template: Template,
  typed: Typed,
  errors: readonly FieldError[] = [],
  found?: Child,
): Promise<View> {
  const id = (typed.get("id") ?? "").trim();
  const redirectUrl = `${await issuerOf(desk)}${callbackPath(template.method, id)}`;
  const fields = createFields(template);
  // Beside the secret, as the how-to has it; a kind without one has it below the name.
  const beside = fields.some(({ path }) => path === SECRET) ? SECRET : "name";
  return {
    title: `Create Connection: ${template.name}`,
    trail: [...TRAIL, { words: "Create Connection", path: "/identity-providers/create" }],
    status: errors.length > 0 ? 422 : 200,
    body: (
      <>
        {found}
        <section class="box" aria-labelledby="at-provider">
          <h2 id="at-provider">At {template.name}</h2>
          <ol class="next numbered">
            {template.steps.map((step) => (
              <li>
                <span>{step.replace("{redirect_url}", "the Redirect URL below")}</span>
              </li>
            ))}
          </ol>
        </section>
        <Form
          fields={fields}
          typed={typed}
          errors={errors}
          save="Save"
          buttons={
            <>
              <CheckButton />
              <button class="button" id="rename" name="action" value="rename">
                Show the Redirect URL of another ID
              </button>
            </>
          }
          after={{
            [beside]: (
              <Shown
                id="redirect_url"
                label="Redirect URL"
                value={redirectUrl}
                note="Enter it at the provider as callback URL. It follows from the connection's ID, and never changes."
              />
            ),
          }}
        />
      </>
    ),
  };
}

function templateOf(desk: Desk): Template | undefined {
  return TEMPLATES.find(({ id }) => id === desk.param("template"));
}

/** Short enough to be read aloud, long enough not to be there yet. */
function freshId(template: string): string {
  return `${template}-${randomId()
    .replace(/[^a-z0-9]/g, "")
    .slice(0, 5)}`;
}
