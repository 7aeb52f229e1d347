/** Data Lineage: which values become which claims for which applications, as a picture; and two forms that lead a value on. */
import type { FieldError } from "../call.ts";
import type { Desk } from "../desk.ts";
import { Form } from "../form/form.tsx";
import type { Typed } from "../form/typed.ts";
import { Chosen, mayRelease } from "../lineage/chosen.tsx";
import { DeadEnds } from "../lineage/dead-ends.tsx";
import { Filters } from "../lineage/filters.tsx";
import { LeftOut, Similar } from "../lineage/left-out.tsx";
import { map, mapFields } from "../lineage/map.ts";
import { isThere, type Meant, meant } from "../lineage/meant.ts";
import { Picture } from "../lineage/picture.tsx";
import { release, releaseFields } from "../lineage/release.ts";
import { type Asked, fewer, shownOf } from "../lineage/view.ts";
import { type Graph, idOf } from "../../lineage/node.ts";
import { joined, narrowed } from "../../lineage/graph.ts";
import type { Gone, Page, View } from "../page.ts";

const PATH = "/data-lineage";

/** As the API answers it. */
type Whole = Graph & { readonly more?: readonly string[] };

export const dataLineage: Page = {
  path: PATH,
  area: "workspaces",
  also: ["connections", "clients"],
  navigation: "Data Lineage",
  get,
  async post(desk, typed) {
    const graph = await read(desk);
    const isRelease = typed.get("action") === "release";
    const errors = await (isRelease ? release : map)(desk, graph, typed);
    if (errors.length > 0) return view(desk, graph, typed, errors);
    const node = isRelease ? idOf.context(typed.get("context") ?? "") : (typed.get("attribute") ?? "");
    return { to: desk.href(addressOf({ ...askedOf(desk), node, edge: "" })), said: "saved" };
  },
};

async function get(desk: Desk): Promise<View | Gone> {
  const [asked, graph] = [askedOf(desk), await read(desk)];
  const others = graph.more && (await meant(desk, graph, asked));
  const [only, ...rest] = others?.records ?? [];
  if (others && only && rest.length === 0)
    return { to: desk.href(addressOf({ ...asked, [others.name]: only.id })) };
  return view(desk, graph, undefined, [], others);
}

/** All that is drawn, and what is asked for wherever it stands among thousands. */
async function read(desk: Desk): Promise<Whole> {
  const { connection, client } = askedOf(desk);
  const { body: whole } = await desk.read<Whole>("lineage");
  const { more } = whole;
  if (!more) return whole;
  // Each by itself: the way of a value from the one to the other may not be there yet.
  const asked: Record<string, string>[] = [
    ...(isThere(whole, "connection", connection) ? [] : [{ connection }]),
    ...(isThere(whole, "client", client) ? [] : [{ client_id: client }]),
  ];
  const own = await Promise.all(
    asked.map((one) => desk.read<Graph>(`lineage?${new URLSearchParams(one).toString()}`)),
  );
  return { ...own.map(({ body }) => body).reduce(joined, whole), more };
}

function askedOf(desk: Desk): Asked {
  const is = (name: string) => desk.param(name) === "on";
  return {
    connection: desk.param("connection"),
    client: desk.param("client"),
    node: desk.param("node"),
    edge: desk.param("edge"),
    flows: is("flows"),
    only: is("only"),
    unfolded: is("unfolded"),
  };
}

/** The page as it is asked for, below the workspace. */
const addressOf = (asked: Asked) => `${PATH}?${queryOf(asked)}`;

function queryOf(asked: Asked): string {
  const given = Object.entries(asked).filter(([, value]) => value !== "" && value !== false);
  return new URLSearchParams(
    given.map(([name, value]) => [name, value === true ? "on" : String(value)]),
  ).toString();
}

/** @param others records that may be meant by what was typed and names none */
function view(
  desk: Desk,
  whole: Whole,
  typed?: Typed,
  errors: readonly FieldError[] = [],
  others?: Meant,
): View {
  const asked = askedOf(desk);
  const { more = [] } = whole;
  // What names nothing leaves nothing out.
  const { connection, client }: Asked = { ...asked, ...(others && { [others.name]: "" }) };
  const graph = narrowed(whole, { ...(connection && { connection }), ...(client && { client }) });
  const shown = shownOf(graph, asked);
  const href = (changed: Partial<Asked>) => desk.href(addressOf({ ...asked, ...changed }));
  // The way that is lit is the same however it was chosen; a page of another choice shows all of it again.
  const kept = queryOf({ ...asked, node: "", edge: "", only: false });
  const choose = (what: "node" | "edge", id: string) =>
    `?${kept && `${kept}&`}${what}=${encodeURIComponent(id).replaceAll("%3A", ":")}#chosen`;
  return {
    title: "Data Lineage",
    status: errors.length > 0 ? 422 : 200,
    body: (
      <>
        <p class="lead">
          Which values of an identity provider become which claims, and which applications may ask for them.
          Choose a box or a line to see its way.
        </p>
        <Filters desk={desk} graph={whole} asked={asked} more={more} />
        {others && (
          <Similar meant={others} choose={(id) => href({ [others.name]: id, node: "", edge: "" })} />
        )}
        <LeftOut left={shown.left} more={more} />
        {shown.folded > 0 && (
          <p class="field-note">
            {shown.folded} attributes stand behind their sources. Choose one identity provider or one box, or{" "}
            <a id="unfold" href={href({ unfolded: true })}>
              show every attribute
            </a>
            .
          </p>
        )}
        {shown.chosen && (
          <Chosen
            desk={desk}
            graph={whole}
            chosen={shown.chosen}
            choose={choose}
            clear={href({ node: "", edge: "", only: false })}
            only={href({ only: true })}
          />
        )}
        <p class="past">
          <a id="past-picture" href="#dead-ends">
            Skip the picture
          </a>
        </p>
        <div class="scroll wide" role="region" aria-label="Picture" tabindex={0}>
          <Picture shown={shown} choose={choose} />
        </div>
        <p class="marks">
          <span>⊘ nothing goes on here</span>
          <span>
            <code>ID</code> in the ID token
          </span>
          <span>
            <code>access</code> in the access token
          </span>
        </p>
        <DeadEnds graph={graph} choose={choose} />
        <Forms
          desk={desk}
          graph={whole}
          more={more}
          among={shown.folded > 0 ? shown.graph : fewer(narrowed(whole, connection ? { connection } : {}))}
          asked={asked}
          typed={typed}
          errors={errors}
        />
      </>
    ),
  };
}

interface FormsProps {
  readonly desk: Desk;
  readonly graph: Graph;
  /** What of it can be chosen from. */
  readonly among: Graph;
  /** Kinds of records of which there are more than the graph has. */
  readonly more: readonly string[];
  readonly asked: Asked;
  readonly typed: Typed | undefined;
  readonly errors: readonly FieldError[];
}

/** What was chosen in the picture is chosen in the forms. */
function Forms({ desk, graph, among, more, asked, typed, errors }: FormsProps) {
  const sent = typed?.get("action");
  const begun = new URLSearchParams({
    attribute: asked.node.startsWith("attribute:") ? asked.node : "",
    context: asked.node.startsWith("context:") ? asked.node.slice("context:".length) : "",
    target: asked.node.startsWith("context:") ? asked.node.slice("context:".length) : "",
    client_id: asked.node.startsWith("client:") ? asked.node.slice("client:".length) : asked.client,
    token: "id_token",
  });
  const of = (action: string) => ({
    action,
    typed: sent === action && typed ? typed : begun,
    errors: sent === action ? errors : [],
  });
  return (
    <>
      {desk.may("connections", "write") && (
        <section class="box" id="map-form" aria-labelledby="map-title">
          <h2 id="map-title">Map an attribute to the authentication context</h2>
          <Form fields={mapFields(graph, among.nodes)} save="Save mapping" {...of("map")} />
        </section>
      )}
      {mayRelease(desk) && (
        <section class="box" id="release-form" aria-labelledby="release-title">
          <h2 id="release-title">Release an attribute to an application</h2>
          <p class="quiet">
            This makes a claim and a scope of the same name, and the application may ask for that scope.
            People are asked for their consent as for any other.
          </p>
          <Form fields={releaseFields(graph, more.includes("clients"))} save="Release" {...of("release")} />
        </section>
      )}
    </>
  );
}
