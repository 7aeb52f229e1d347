/** A list of records, a page at a time, with a search and the keys that walk it. */
import type { Child } from "hono/jsx";
import type { JsonObject } from "../../flow.ts";
import { List } from "../../ui/list.tsx";
import type { Desk } from "./desk.ts";
import type { View } from "./page.ts";
import { text } from "./text.ts";

interface Listed {
  readonly record: string;
  readonly path: string;
  readonly title: string;
  readonly lead: string;
  readonly member: string;
  readonly name: (record: JsonObject) => string;
  readonly columns: Readonly<Record<string, (record: JsonObject, desk: Desk) => Child>>;
  readonly create: { readonly href: string; readonly words: string } | undefined;
  /** Stands above the list. */
  readonly above?: Child;
}

export async function listing(desk: Desk, listed: Listed): Promise<View> {
  const { record, path, title, lead, member, name, columns, create, above } = listed;
  const [search, after] = [desk.param("search"), desk.param("after")];
  const query = new URLSearchParams({ limit: "50", ...(search && { search }), ...(after && { after }) });
  const { body } = await desk.read(`${record}?${query.toString()}`);
  const items = body["items"] as JsonObject[];
  const next = body["next"];
  const isEmpty = items.length === 0 && !search && !after;
  const make = create && (
    <a class="button primary" id="create" href={create.href}>
      {create.words}
    </a>
  );
  return {
    title,
    body: (
      <>
        <p class="lead">{lead}</p>
        {above}
        {isEmpty || (
          <div class="head">
            <Search search={search} />
            {make}
          </div>
        )}
        {isEmpty && (
          <div class="empty">
            <p>There is nothing here yet.</p>
            {make}
          </div>
        )}
        {!isEmpty && items.length === 0 && (
          <div class="empty">
            <p>Nothing here fits.</p>
            <a class="button" id="all" href={desk.href(path)}>
              Show all
            </a>
          </div>
        )}
        {items.length > 0 && (
          <List
            label={title}
            columns={["Name", ...Object.keys(columns)]}
            rows={items.map((item) => ({
              id: text(item, member),
              name: name(item),
              href: desk.href(`${path}/${encodeURIComponent(text(item, member))}`),
              cells: Object.values(columns).map((cell) => cell(item, desk)),
            }))}
          />
        )}
        <More next={typeof next === "string" ? next : undefined} query={{ search }} />
        {isEmpty || <Keys create={create !== undefined} />}
      </>
    ),
  };
}

export function Search({ search }: { search: string }) {
  return (
    <form method="get" role="search">
      <input
        id="search"
        name="search"
        type="search"
        value={search}
        placeholder="Search"
        aria-label="Search"
      />
      <button class="button small" id="find">
        Search
      </button>
    </form>
  );
}

/** Where a list goes on. */
export function More({ next, query }: { next: string | undefined; query: Readonly<Record<string, string>> }) {
  if (next === undefined) return <></>;
  const kept = Object.entries(query).filter(([, value]) => value);
  const search = new URLSearchParams([...kept, ["after", next]]);
  return (
    <p>
      <a class="button" id="more" href={`?${search.toString()}`}>
        More
      </a>
    </p>
  );
}

export function Keys({ create = false }: { create?: boolean }) {
  const keys = [
    ["j", "next row"],
    ["k", "row before"],
    ["Enter", "open the row"],
    ["/", "search"],
    ...(create ? [["n", "create"]] : []),
    ["?", "show or hide this"],
  ];
  return (
    <details class="keys" id="keys">
      <summary>Keyboard shortcuts</summary>
      <dl>
        {keys.map(([key, does]) => (
          <div>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
