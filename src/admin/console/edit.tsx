/** One record in a form: shown, made, saved; and what two operators see who save at once. */
import type { JsonObject } from "../../flow.ts";
import { Notice } from "../../ui/notice.tsx";
import { Refused } from "./call.ts";
import { conflict, isConflict } from "./conflict.tsx";
import type { Desk } from "./desk.ts";
import { fieldsOf } from "./form/field.ts";
import { Form, Shown } from "./form/form.tsx";
import { recordOf, type Typed, typedOf } from "./form/typed.ts";
import type { Crumb, Gone, View } from "./page.ts";
import type { RecordPages } from "./records.tsx";
import { schemaOf } from "./schema.ts";
import { text, written } from "./text.ts";

type Saved = Promise<View | Gone>;

export async function edit(desk: Desk, spec: RecordPages, member: string, up: Crumb) {
  const { record, area, one, path } = spec;
  const choices = (await spec.choices?.(desk)) ?? {};
  const all = fieldsOf(schemaOf(record), spec.words, choices);
  const stored = all.filter(({ fixed }) => !fixed);
  const writes = desk.may(area, "write");
  const url = (id: string) => `${record}/${encodeURIComponent(id)}`;

  const fresh = (typed: Typed, errors: Refused["errors"] = []): View => ({
    title: `Create ${one}`,
    trail: [up],
    status: errors.length > 0 ? 422 : 200,
    body: <Form fields={all} typed={typed} errors={errors} save="Create" />,
  });

  async function show(id: string, typed?: Typed, errors: Refused["errors"] = []): Promise<View> {
    const { body, etag } = await desk.read(url(id));
    // One that a record cannot be without is there, whether the API names it or not.
    const needed = stored.filter((field) => field.control.as === "secret" && field.required);
    const held = [...heldOf(body), ...needed.map((field) => field.path)];
    return {
      title: spec.name(body),
      trail: [up],
      status: errors.length > 0 ? 422 : 200,
      body: (
        <>
          <Form
            fields={stored}
            typed={typed ?? typedOf(stored, body)}
            errors={errors}
            etag={typed?.get("etag") ?? etag ?? ""}
            held={held}
            {...(writes && { save: "Save" })}
          />
          {spec.more?.(desk, body, held)}
          {writes && (
            <p class="danger-zone">
              <a
                class="button danger"
                id="delete"
                href={desk.href(`${path}/${encodeURIComponent(id)}/delete`)}
              >
                Delete {one}
              </a>
            </p>
          )}
        </>
      ),
    };
  }

  return {
    fresh: () => fresh(typedOf(all, spec.fresh ?? {})),
    show: (id: string) => show(id),

    async create(typed: Typed, at: (id: string) => string): Saved {
      const body = recordOf(all, typed);
      const id = text(body, member);
      if (!id) return fresh(typed, [{ path: member, message: "is missing" }]);
      try {
        const made = await desk.write("PUT", url(id), body, { "if-none-match": "*" });
        const revealed = revealedOf(made.body, record);
        if (revealed) return shownOnce(desk, one, up, at(id), revealed);
        return { to: desk.href(at(id)), said: "created" };
      } catch (error) {
        return fresh(typed, wrongOrTaken(error, member));
      }
    },

    async save(id: string, typed: Typed, at: (id: string) => string): Saved {
      const etag = typed.get("etag") ?? "";
      try {
        const { body } = await desk.read(url(id));
        await desk.write("PUT", url(id), recordOf(stored, typed, body), { "if-match": etag || "*" });
        return { to: desk.href(at(id)), said: "saved" };
      } catch (error) {
        if (isConflict(error))
          return conflict(desk, stored, typed, await desk.read(url(id)), [up, { words: id, path: at(id) }]);
        return show(id, typed, wrong(error));
      }
    },
  };
}

/** What is wrong at which field; whatever else failed goes on. */
export function wrong(error: unknown): Refused["errors"] {
  if (error instanceof Refused && error.status === 422)
    return error.errors.length > 0 ? error.errors : [{ path: "", message: error.message }];
  throw error;
}

/** The same of a record that is made. @param member that holds its id */
export function wrongOrTaken(error: unknown, member: string): Refused["errors"] {
  if (isConflict(error))
    return [{ path: member, message: "is taken: there is a record with this id already" }];
  return wrong(error);
}

/** Secrets that a record has, by path: `credentials_set: ["client_secret"]`, or `client_secret_hash_set`. */
export function heldOf(record: JsonObject): string[] {
  return Object.entries(record).flatMap(([name, value]) => {
    const secret = /^(.+)_set$/.exec(name)?.[1];
    if (!secret) return [];
    return Array.isArray(value)
      ? value.map((one) => `${secret}.${written(one)}`)
      : [secret.replace(/_hash$/, "")];
  });
}

function revealedOf(body: JsonObject, record: string): string | undefined {
  // Of an application it is its client's.
  const client = record === "custom-apps" ? (body["client"] as JsonObject) : body;
  const secret = client["client_secret"];
  return ["clients", "custom-apps"].includes(record) && typeof secret === "string" ? secret : undefined;
}

const CLIENT_SECRET = {
  label: "Client secret",
  detail: "Copy it to where the app keeps its secrets now. Only a hash of it is kept here.",
} as const;

/** A secret that was made: there is no second chance to read it. */
export function shownOnce(
  desk: Desk,
  one: string,
  up: Crumb,
  path: string,
  secret: string,
  { label, detail }: { readonly label: string; readonly detail: string } = CLIENT_SECRET,
): View {
  return {
    title: `The secret of the ${one}`,
    trail: [up],
    body: (
      <div class="sheet">
        <Notice title="This is shown once." detail={detail} />
        <Shown id="client_secret" label={label} value={secret} />
        <p>
          <a class="button primary" id="go-on" href={desk.href(path)}>
            I have copied it
          </a>
        </p>
      </div>
    ),
  };
}
