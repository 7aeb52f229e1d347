/** The first page: the workspaces that this operator may see, and the way to make one. */
import { List } from "../../../ui/list.tsx";
import type { Refused } from "../call.ts";
import type { Desk } from "../desk.ts";
import { wrongOrTaken } from "../edit.tsx";
import { type Field, fieldsOf } from "../form/field.ts";
import { Form } from "../form/form.tsx";
import { recordOf, type Typed } from "../form/typed.ts";
import { Keys, More, Search } from "../listing.tsx";
import { mayEnter, named } from "../named.ts";
import type { Gone, View } from "../page.ts";
import { schemaOf } from "../schema.ts";

/** Its id is in the address, so that the schema of the settings does not have it. */
const ID: Field = {
  path: "id",
  label: "ID",
  help: "Part of every address, the issuer's first: 2 to 40 of a-z, 0-9 and -. It never changes.",
  placeholder: "acme",
  control: { as: "text" },
  required: true,
};

function fields(): Field[] {
  const [name, ...rest] = fieldsOf(schemaOf("settings"), {
    name: {
      label: "Name",
      help: "People read it on every page, for example the name of your company.",
    },
    jurisdiction: {
      label: "Jurisdiction",
      help: "Where everything about its people is kept and decided. It never changes; without one that is near them.",
      advanced: true,
    },
  });
  return [...(name ? [name] : []), ID, ...rest];
}

export const workspaces = {
  get: (desk: Desk): Promise<View> => page(desk),

  async post(desk: Desk, typed: Typed): Promise<View | Gone> {
    const id = (typed.get("id") ?? "").trim();
    if (!/^[a-z0-9-]{2,40}$/.test(id))
      return page(desk, typed, [{ path: "id", message: "2 to 40 of a-z, 0-9 and -" }]);
    try {
      const { id: _, ...body } = recordOf(fields(), typed);
      await desk.call("PUT", `workspaces/${id}`, body, { "if-none-match": "*" });
      return { to: `/admin/workspaces/${id}/getting-started`, said: "created" };
    } catch (error) {
      return page(desk, typed, wrongOrTaken(error, "id"));
    }
  },
};

/** An empty deployment opens on its first step. */
async function page(
  desk: Desk,
  typed: Typed = new URLSearchParams(),
  errors: Refused["errors"] = [],
): Promise<View> {
  const [search, after] = [desk.param("search"), desk.param("after")];
  const { items, next } = await listed(desk, search, after);
  const isEmpty = !search && !after && next === undefined && items.every(({ id }) => id === "system");
  const form = desk.may("workspaces", "write") && (
    <Form fields={fields()} typed={typed} errors={errors} save="Create workspace" />
  );
  return {
    title: isEmpty ? "Getting started" : "Workspaces",
    status: errors.length > 0 ? 422 : 200,
    body: (
      <>
        {isEmpty && form && (
          <p class="lead">
            First a workspace: one place where apps send people to sign in, with an issuer, keys and providers
            of its own.
          </p>
        )}
        {isEmpty && form}
        {(search !== "" || after !== "" || next !== undefined) && (
          <div class="head">
            <Search search={search} />
          </div>
        )}
        {!isEmpty && items.length === 0 && <p class="empty">No workspace has that in its ID.</p>}
        {items.length > 0 && (
          <List
            label="Workspaces"
            columns={["Name", "Issuer"]}
            rows={items.map(({ id, issuer }) => ({
              id,
              name: id,
              href: `/admin/workspaces/${id}`,
              cells: [<code>{issuer}</code>],
            }))}
          />
        )}
        <More next={next} query={{ search }} />
        {!isEmpty && form && (
          <details id="new-workspace" class="advanced" open={errors.length > 0}>
            <summary>Create workspace</summary>
            {form}
          </details>
        )}
        <Keys />
      </>
    ),
  };
}

interface Listed {
  readonly items: readonly { readonly id: string; readonly issuer: string }[];
  readonly next: string | undefined;
}

/** Who may not list workspaces is shown those that they were given by name. */
async function listed(desk: Desk, search: string, after: string): Promise<Listed> {
  const { origin } = desk.c.var.deployment;
  if (!desk.may("workspaces", "read"))
    return {
      items: named(desk).map((id) => ({ id, issuer: `${origin}/${id}` })),
      next: undefined,
    };
  const query = new URLSearchParams({ limit: "50", ...(search && { search }), ...(after && { after }) });
  const path = `workspaces?${query.toString()}`;
  const { items, next } = (await desk.call<{ items: Listed["items"]; next?: string }>("GET", path)).body;
  return { items: items.filter(({ id }) => mayEnter(desk, id)), next };
}
