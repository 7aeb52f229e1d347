/** One connection → what it delivers, and which attribute of the context each mapping fills. */
import { attributeKey, type Attribute, type Mapping } from "../../config/attribute.ts";
import { type ContextAttribute, isProtocol } from "../../config/context-attribute.ts";
import type { DataType } from "../../config/data-type.ts";
import type { Connection } from "../../connectors/index.ts";
import { ANY_ATTRIBUTE, type DeadEnd, type Edge, type Graph, idOf, type Node } from "./node.ts";

export function connectionOf(connection: Connection, schema: readonly ContextAttribute[]): Graph {
  const { id, attributes, mappings, disabled } = connection;
  const types = new Map(schema.filter(({ name }) => !isProtocol(name)).map(({ name, type }) => [name, type]));
  // An attribute that is listed twice is read twice and is one.
  const known: Known = new Map(attributes.map((attribute) => [attributeKey(attribute), attribute]));
  const mapped = counted(mappings.flatMap((mapping, index) => edgesOf(id, known, mapping, index, types)));
  const taken = new Set(mapped.map(({ from }) => from));
  const off = disabled && ({ disabled: true } as const);
  const own = { connection: id, ...off };
  const constants = mappings.flatMap((mapping, index) => constantOf(own, mapping, index));
  const additions = additionsOf(connection, own);
  const sources = new Set(attributes.map(({ source }) => source));
  return {
    nodes: [
      ...[...sources].map((source) => sourceOf(own, source)),
      ...(constants.length > 0 ? [sourceOf(own, "constant")] : []),
      ...additions,
      ...[...known].map((one) => attributeOf(own, one, taken, hasUserinfo(connection))),
      ...constants,
    ],
    edges: [
      ...[...known].map(([key, { source }]) => read(id, source, key)),
      ...constants.map(({ id: to }) => ({ from: idOf.source(id, "constant"), to, as: "read" as const })),
      ...mapped,
      ...additions.map(({ id: from }) => ({ from, to: ANY_ATTRIBUTE, as: "set" as const })),
    ],
  };
}

type Own = Pick<Node, "connection" | "disabled">;
/** Attributes by their keys. */
type Known = ReadonlyMap<string, Attribute>;

function sourceOf(own: Own, name: string): Node {
  return { id: idOf.source(own.connection ?? "", name), column: "source", name, ...own };
}

function attributeOf(
  own: Own,
  [key, attribute]: readonly [string, Attribute],
  taken: ReadonlySet<string>,
  userinfo: boolean,
): Node {
  const id = idOf.attribute(own.connection ?? "", key);
  const dead_ends: DeadEnd[] = [
    ...(taken.has(id) ? [] : ["not_mapped" as const]),
    ...(attribute.source === "userinfo" && !userinfo ? ["userinfo_off" as const] : []),
  ];
  const { display_name, type } = attribute;
  return {
    id,
    column: "attribute",
    name: key,
    ...(display_name && { display_name }),
    type,
    ...own,
    ...(dead_ends.length > 0 && { dead_ends }),
  };
}

const read = (connection: string, source: string, key: string): Edge => ({
  from: idOf.source(connection, source),
  to: idOf.attribute(connection, key),
  as: "read",
});

/** Characters of a constant that are shown. */
const SHOWN = 60;

function constantOf(own: Own, { mode, static: constant }: Mapping, index: number): Node[] {
  if (mode !== "static") return [];
  const written = JSON.stringify(constant);
  const name = written.length > SHOWN ? `${written.slice(0, SHOWN)}…` : written;
  return [
    { id: idOf.attribute(own.connection ?? "", `constant.${index}`), column: "attribute", name, ...own },
  ];
}

/** Script and app may set anything that the schema has; what they set is known only when they ran. */
function additionsOf({ post_authn_ctx_script, post_authn_app_id }: Connection, own: Own): Node[] {
  const given = [
    ["script", post_authn_ctx_script],
    ["app", post_authn_app_id],
  ] as const;
  return given.flatMap(([kind, name]): Node[] =>
    name === undefined
      ? []
      : [
          {
            id: idOf.source(own.connection ?? "", `${kind}.${name}`),
            column: "source",
            name: `${kind}: ${name}`,
            ...own,
          },
        ],
  );
}

/** Kinds without such a switch read it, or have none. */
function hasUserinfo({ settings }: Connection): boolean {
  return !("get_user_info" in settings) || settings.get_user_info;
}

type Types = ReadonlyMap<string, DataType>;

function edgesOf(
  id: string,
  known: Known,
  { mode, source = "", target, type, allow_weak_decoding: weak }: Mapping,
  mapping: number,
  types: Types,
): Edge[] {
  const converts = weak ? ({ converts: true } as const) : {};
  const common = { as: "mapped", mapping, ...converts } as const;
  const edge = (key: string, name: string, delivers: DataType): Edge => {
    const accepts = types.get(name) ?? "any";
    const fits = canFit(delivers, type, accepts, weak);
    const to = idOf.context(name);
    return { from: idOf.attribute(id, key), to, ...common, ...(!fits && { dead_ends: ["never_fits"] }) };
  };
  if (mode === "static") return types.has(target) ? [edge(`constant.${mapping}`, target, "any")] : [];
  const one = known.get(source);
  const moved: (readonly [string, Attribute])[] = source === "." ? [...known] : one ? [[source, one]] : [];
  return moved.flatMap(([key, attribute]) => {
    // The members of an object, each to the place of its name.
    if (source !== "." && target === ".")
      return [{ from: idOf.attribute(id, key), to: ANY_ATTRIBUTE, ...common }];
    const prefix = target === "." ? "" : `${target}.`;
    const name = source === "." ? `${prefix}${attribute.name}` : target;
    return types.has(name) ? [edge(key, name, attribute.type)] : [];
  });
}

/** Whether any value of what is delivered gets through the mapping into the place. */
function canFit(delivers: DataType, mapping: DataType, accepts: DataType, weak: boolean): boolean {
  const alike = (one: DataType, other: DataType) => one === "any" || other === "any" || one === other;
  const arrives = mapping === "any" ? delivers : mapping;
  return (weak || alike(delivers, mapping)) && alike(arrives, accepts);
}

/** With several to one target each says so: the last that yields a value wins. */
function counted(edges: readonly Edge[]): Edge[] {
  const targets = Map.groupBy(edges, ({ to }) => to);
  return edges.map((edge) => {
    const among = edge.to === ANY_ATTRIBUTE ? 1 : (targets.get(edge.to)?.length ?? 1);
    return among > 1 ? { ...edge, among } : edge;
  });
}
