/** The first page: the workspaces that this operator may see. */
import type { JsonObject } from "../../../flow.ts";
import { List } from "../../../ui/list.tsx";
import type { Desk } from "../desk.ts";
import { Keys, More } from "../listing.tsx";
import type { View } from "../page.ts";

export const workspaces = {
  async get(desk: Desk): Promise<View> {
    const [search, after] = [desk.param("search"), desk.param("after")];
    const { items, next } = await listed(desk, search, after);
    return {
      title: "Workspaces",
      body: (
        <>
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
          <More next={next} query={{ search }} />
          <Keys />
        </>
      ),
    };
  },
};

interface Listed {
  readonly items: readonly { readonly id: string; readonly issuer: string }[];
  readonly next: string | undefined;
}

/** Who may not list workspaces is shown those that they were given by name. */
async function listed(desk: Desk, search: string, after: string): Promise<Listed> {
  const { origin } = desk.c.var.deployment;
  if (!desk.may("workspaces", "read"))
    return {
      items: desk.workspaces.filter((id) => id !== "*").map((id) => ({ id, issuer: `${origin}/${id}` })),
      next: undefined,
    };
  const query = new URLSearchParams({ limit: "50", ...(search && { search }), ...(after && { after }) });
  const { body } = await desk.call("GET", `workspaces?${query.toString()}`);
  const { items, next } = body as unknown as { items: Listed["items"] & JsonObject[]; next?: string };
  return { items, next };
}
