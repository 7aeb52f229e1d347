/** The editor: a plain text area and, with the console's script, the same with colours. */
import type { ApiArea } from "../../../config/api-scopes.ts";
import type { Json, JsonObject } from "../../../flow.ts";
import { Refused } from "../call.ts";
import { conflict, isConflict } from "../conflict.tsx";
import type { Desk } from "../desk.ts";
import { wrong, wrongOrTaken } from "../edit.tsx";
import type { Field } from "../form/field.ts";
import { Form } from "../form/form.tsx";
import { recordOf, type Typed, typedOf } from "../form/typed.ts";
import type { Gone, View } from "../page.ts";
import { text } from "../text.ts";
import { Areas, inputsOf } from "./areas.tsx";
import { recorded } from "./debug.tsx";
import { scriptFields } from "./fields.ts";
import { RanView } from "./ran.tsx";
import { TEMPLATES } from "./templates.ts";

const TRAIL = [{ words: "Scripts", path: "/scripts" }];
type Errors = Refused["errors"];

export const create = {
  async get(desk: Desk): Promise<View> {
    const template = TEMPLATES.find(({ id }) => id === desk.param("template")) ?? TEMPLATES[0];
    const { name = "", body = "", input = {}, hosts = [], secrets = [] } = template ?? {};
    const fields = await scriptFields(desk);
    const typed = typedOf(fields, {
      name: template?.id === "empty" ? "" : name,
      hosts: [...hosts],
      secrets: [...secrets],
    });
    typed.set("body", body);
    typed.set("input", JSON.stringify(input, null, 2));
    // Saved with the script: the run of tomorrow begins with what fits it.
    typed.set("input_name", "Example");
    return page(desk, fields, typed);
  },
  async post(desk: Desk, typed: Typed): Promise<View | Gone> {
    const fields = await scriptFields(desk);
    if (typed.get("action") !== "save")
      return page(desk, fields, typed, {}, await tried(desk, fields, typed));
    const record = written(fields, typed);
    const id = text(record, "id");
    try {
      if (!id) return page(desk, fields, typed, {}, { errors: [{ path: "id", message: "is missing" }] });
      await desk.write("PUT", url(id), record, { "if-none-match": "*" });
      return { to: desk.href(`/scripts/${encodeURIComponent(id)}`), said: "created" };
    } catch (error) {
      return page(desk, fields, typed, {}, { errors: wrongOrTaken(error, "id") });
    }
  },
};

export const edit = {
  async get(desk: Desk): Promise<View> {
    const { body: record, etag = "" } = await desk.read(url(desk.param("id")));
    const fields = stored(await scriptFields(desk));
    const typed = typedOf(fields, record);
    const inputs = inputsOf(record);
    const chosen = inputs.find(({ name }) => name === desk.param("input")) ?? inputs[0];
    typed.set("body", text(record, "body"));
    const wanted = desk.param("recorded");
    const execution = wanted && (await recorded(desk)).executions.find((one) => one.id === wanted);
    if (execution) {
      typed.set("input", JSON.stringify(execution.input, null, 2));
      typed.set("etag", etag);
      return page(desk, fields, typed, record);
    }
    typed.set("input", chosen?.input ?? JSON.stringify(TEMPLATES[1]?.input ?? {}, null, 2));
    typed.set("input_name", chosen?.name ?? "");
    typed.set("etag", etag);
    return page(desk, fields, typed, record);
  },
  async post(desk: Desk, typed: Typed): Promise<View | Gone> {
    const id = desk.param("id");
    const fields = stored(await scriptFields(desk));
    const now = await desk.read(url(id));
    const { body: before } = now;
    if (typed.get("action") === "run")
      return page(desk, fields, typed, before, await tried(desk, fields, typed));
    try {
      await desk.write("PUT", url(id), written(fields, typed, before), {
        "if-match": typed.get("etag") || "*",
      });
      return { to: desk.href(`/scripts/${encodeURIComponent(id)}`), said: "saved" };
    } catch (error) {
      if (isConflict(error)) return conflict(desk, [...fields, BODY], typed, now, TRAIL);
      return page(desk, fields, typed, before, { errors: wrong(error) });
    }
  },
};

/** Written by an editor of its own, and compared like any field. */
const BODY: Field = { path: "body", label: "Script", control: { as: "text" }, required: true };
const url = (id: string) => `scripts/${encodeURIComponent(id)}`;
const stored = (fields: readonly Field[]) => fields.filter(({ fixed }) => !fixed);
const lines = (typed: Typed, name: string) => (typed.get(name) ?? "").replaceAll("\r\n", "\n");

/** An input with a name is saved with the script. */
function written(fields: readonly Field[], typed: Typed, before: JsonObject = {}): JsonObject {
  const name = (typed.get("input_name") ?? "").trim();
  const others = inputsOf(before).filter((input) => input.name !== name);
  const inputs = name ? [{ name, input: lines(typed, "input") }, ...others] : others;
  return { ...recordOf(fields, typed, before), body: lines(typed, "body"), test_inputs: inputs };
}

interface Tried {
  readonly ran?: JsonObject;
  readonly errors?: Errors;
}

/** As it is in the form, saved or not. */
async function tried(desk: Desk, fields: readonly Field[], typed: Typed): Promise<Tried> {
  const { hosts = [], secrets = [] } = recordOf(fields, typed);
  let input: Json;
  try {
    input = JSON.parse(lines(typed, "input") || "{}") as Json;
  } catch {
    return { errors: [{ path: "input", message: "is not JSON" }] };
  }
  try {
    const sent = { body: lines(typed, "body"), hosts, secrets, input };
    return { ran: (await desk.write("POST", "scripts/test", sent)).body };
  } catch (error) {
    if (error instanceof Refused && error.errors.length === 0)
      return { errors: [{ path: "body", message: error.message }] };
    return { errors: wrong(error) };
  }
}

function page(
  desk: Desk,
  fields: readonly Field[],
  typed: Typed,
  record: JsonObject = {},
  { ran, errors = [] }: Tried = {},
): View {
  const id = text(record, "id");
  const writes = desk.may("scripts", "write");
  return {
    title: id ? text(record, "name") : "Create script",
    trail: TRAIL,
    status: errors.length > 0 ? 422 : 200,
    body: (
      <>
        {id ? <Assigned desk={desk} /> : <Templates desk={desk} />}
        {ran && <RanView ran={ran} />}
        <Form
          fields={fields}
          typed={typed}
          errors={errors}
          {...(id && { etag: typed.get("etag") ?? "" })}
          after={{
            name: (
              <Areas
                typed={typed}
                errors={errors}
                inputs={inputsOf(record)}
                href={desk.href(`/scripts/${encodeURIComponent(id)}`)}
              />
            ),
            ...(writes && {
              secrets: (
                <p class="field-note">
                  <a id="to-secrets-create" href={desk.href("/secrets/create")}>
                    Create a secret
                  </a>
                </p>
              ),
            }),
          }}
          {...(writes && { save: id ? "Save" : "Create" })}
          {...(writes && {
            buttons: (
              <button class="button" id="run" name="action" value="run">
                Run
              </button>
            ),
          })}
        />
        {id && (
          <p class="actions">
            <a
              class="button small"
              id="versions"
              href={desk.href(`/scripts/${encodeURIComponent(id)}/versions`)}
            >
              Versions
            </a>
            {desk.may("subjects", "read") && (
              <a class="button small" id="debug" href={desk.href(`/scripts/${encodeURIComponent(id)}/debug`)}>
                Debug
              </a>
            )}
            {writes && (
              <a
                class="button small danger"
                id="delete"
                href={desk.href(`/scripts/${encodeURIComponent(id)}/delete`)}
              >
                Delete script
              </a>
            )}
          </p>
        )}
      </>
    ),
  };
}

/** A script that nothing names never runs. */
function Assigned({ desk }: { desk: Desk }) {
  const at = (area: ApiArea, path: string, words: string) =>
    desk.may(area, "read") ? (
      <a id={`to${path.replaceAll("/", "-")}`} href={desk.href(path)}>
        {words}
      </a>
    ) : (
      words
    );
  return (
    <p class="lead">
      It runs where it is chosen: after people signed in, on the Extensions page of an{" "}
      {at("connections", "/identity-providers", "identity provider")}; for the choice of providers and for
      every token, in the advanced {at("workspaces", "/settings", "settings")}; for the tokens of one
      application, on the page of that {at("clients", "/applications", "application")}.
    </p>
  );
}

function Templates({ desk }: { desk: Desk }) {
  const chosen = TEMPLATES.find(({ id }) => id === desk.param("template")) ?? TEMPLATES[0];
  return (
    <>
      <nav aria-label="Templates">
        <ul class="actions" id="templates">
          {TEMPLATES.map(({ id, name }) => (
            <li>
              <a
                class="button small"
                id={`template-${id}`}
                href={desk.href(`/scripts/create?template=${id}`)}
                aria-current={id === chosen?.id ? "true" : undefined}
              >
                {name}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {chosen && <p class="lead">{`${chosen.name}. ${chosen.note}`}</p>}
    </>
  );
}
