/** The pages of one kind of record: a list, a form to make one, a form to change it, and what deleting it breaks. */
import type { Child } from "hono/jsx";
import type { ApiArea } from "../../config/api-scopes.ts";
import type { JsonObject } from "../../flow.ts";
import { RECORDS, type RecordName } from "../../store/workspace/records.ts";
import type { Desk } from "./desk.ts";
import { confirmation, confirmed } from "./confirm.tsx";
import type { Choices, FormWords } from "./form/field.ts";
import { edit } from "./edit.tsx";
import { listing } from "./listing.tsx";
import type { Crumb, Page } from "./page.ts";
import { Refused } from "./call.ts";

export interface RecordPages {
  readonly record: RecordName;
  readonly area: ApiArea;
  /** Below the workspace: `/claims`. */
  readonly path: string;
  /** Where the list stands in the navigation; absent for lists that another page shows. */
  readonly navigation?: string;
  readonly title: string;
  /** `claim`, as in "Create claim". */
  readonly one: string;
  readonly lead: string;
  readonly system?: true;
  readonly words: FormWords;
  /** What a person calls a record. */
  readonly name: (record: JsonObject) => string;
  readonly columns: Readonly<Record<string, (record: JsonObject, desk: Desk) => Child>>;
  /** Values that there are in this workspace. */
  readonly choices?: (desk: Desk) => Promise<Choices>;
  /** What ends with it, in sentences. */
  readonly breaks: (record: JsonObject) => readonly string[];
  /** Stands above the list. */
  readonly above?: (desk: Desk) => Promise<Child>;
  /** Stands below the form of a stored record. */
  readonly more?: (desk: Desk, record: JsonObject, held: readonly string[]) => Child;
  /** What a new form begins with. */
  readonly fresh?: JsonObject;
}

export function recordPages(spec: RecordPages): readonly Page[] {
  const { record, area, path, navigation, title, one, system } = spec;
  const common = { area, ...(system && { system }) };
  const member = RECORDS[record].id ?? "id";
  const up: Crumb = { words: title, path };
  const at = (id: string) => `${path}/${encodeURIComponent(id)}`;
  const idOf = (desk: Desk) => desk.param("id");

  return [
    {
      ...common,
      path,
      ...(navigation && { navigation }),
      get: async (desk) =>
        listing(desk, {
          ...spec,
          member,
          above: await spec.above?.(desk),
          create: desk.may(area, "write")
            ? { href: desk.href(`${path}/create`), words: `Create ${one}` }
            : undefined,
        }),
    },
    {
      ...common,
      path: `${path}/create`,
      verb: "write",
      get: async (desk) => (await edit(desk, spec, member, up)).fresh(),
      post: async (desk, typed) => (await edit(desk, spec, member, up)).create(typed, at),
    },
    {
      ...common,
      path: `${path}/:id`,
      get: async (desk) => (await edit(desk, spec, member, up)).show(idOf(desk)),
      post: async (desk, typed) => (await edit(desk, spec, member, up)).save(idOf(desk), typed, at),
    },
    {
      ...common,
      path: `${path}/:id/delete`,
      verb: "write",
      async get(desk) {
        const { body } = await desk.read(`${record}/${encodeURIComponent(idOf(desk))}`);
        return confirmation({
          title: `Delete ${one}`,
          trail: [up, { words: spec.name(body), path: at(idOf(desk)) }],
          breaks: spec.breaks(body),
          name: spec.name(body),
          button: `Delete ${one}`,
          back: desk.href(at(idOf(desk))),
        });
      },
      async post(desk, typed) {
        const { body, etag } = await desk.read(`${record}/${encodeURIComponent(idOf(desk))}`);
        const asked = {
          title: `Delete ${one}`,
          trail: [up, { words: spec.name(body), path: at(idOf(desk)) }],
          breaks: spec.breaks(body),
          name: spec.name(body),
          button: `Delete ${one}`,
          back: desk.href(at(idOf(desk))),
        };
        if (!confirmed(typed, spec.name(body))) return confirmation({ ...asked, wrong: typed });
        try {
          await desk.write("DELETE", `${record}/${encodeURIComponent(idOf(desk))}`, undefined, {
            ...(etag && { "if-match": etag }),
          });
        } catch (error) {
          if (!(error instanceof Refused) || error.status !== 409) throw error;
          return confirmation({ ...asked, usedBy: error.usedBy });
        }
        return { to: desk.href(path), said: "deleted" };
      },
    },
  ];
}
