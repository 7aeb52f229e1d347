/** A connection's attributes and mappings, made ready once a version of the configuration and not once a sign-in. */
import { listName } from "../audit/yielded.ts";
import { attributeKey, type Attribute as Configured, type Mapping } from "../config/attribute.ts";
import { type ContextAttribute, isProtocol } from "../config/context-attribute.ts";
import type { DataType } from "../config/data-type.ts";
import { parsePath } from "../config/path.ts";
import type { Connection } from "../connectors/index.ts";
import type { Json } from "../flow.ts";
import type { Mapped, Origin, Read } from "../lineage.ts";

type Source = Configured["source"];

/** Where one attribute is found. */
export interface Reading {
  readonly key: string;
  readonly source: Source;
  readonly names: readonly string[];
  readonly type: DataType;
  readonly origin: Origin;
  /** What the lineage says where it is there as configured. */
  readonly told: Read;
}

/** One value on its way to one place. */
export interface Move {
  readonly from: { readonly attribute: string } | { readonly constant: Json; readonly origin: Origin };
  readonly target: string;
  /** What the lineage says where it goes as configured. */
  readonly told: Mapped;
  /** The target's type in the schema; absent where the schema lacks it. */
  readonly accepts: DataType | undefined;
  readonly type: DataType;
  readonly weak: boolean;
  /** Its mapping's place in the list, from 0 on. */
  readonly mapping: number;
}

/** A move whose targets are known only when the object is there: its members go to the top level. */
export interface Spread extends Pick<Move, "type" | "weak" | "mapping"> {
  readonly attribute: string;
}

export interface Pipeline {
  readonly readings: readonly Reading[];
  readonly steps: readonly (Move | Spread)[];
  /** Name → type. */
  readonly schema: ReadonlyMap<string, DataType>;
  /** What events call this list of mappings. */
  readonly name: string;
}

interface Compiled {
  readonly attributes: unknown;
  readonly schema: unknown;
  readonly pipeline: Pipeline;
}
/** By the mappings of the version that the isolate remembers: gone with it. */
const compiled = new WeakMap<readonly Mapping[], Compiled>();

/** Made once for each version of the connection and of the schema that the isolate remembers. */
export function pipelineOf(connection: Connection, schema: readonly ContextAttribute[]): Pipeline {
  const { attributes, mappings } = connection;
  const known = compiled.get(mappings);
  if (known?.attributes === attributes && known.schema === schema) return known.pipeline;
  const pipeline = compile(connection, typesOf(schema));
  compiled.set(mappings, { attributes, schema, pipeline });
  return pipeline;
}

const types = new WeakMap<readonly ContextAttribute[], ReadonlyMap<string, DataType>>();

/** Name → type of what the context may hold by other hands than the protocol's. */
export function typesOf(schema: readonly ContextAttribute[]): ReadonlyMap<string, DataType> {
  const known = types.get(schema);
  if (known) return known;
  const free = schema.filter(({ name }) => !isProtocol(name));
  const made = new Map(free.map(({ name, type }) => [name, type]));
  types.set(schema, made);
  return made;
}

function compile({ id, attributes, mappings }: Connection, schema: ReadonlyMap<string, DataType>): Pipeline {
  const readings = attributes.map(({ source, name, type }) => {
    const key = attributeKey({ source, name });
    const origin = { from: "provider", connection: id, source: key } as const;
    return { key, source, names: parsePath(name), type, origin, told: { name: key, type } };
  });
  const steps = mappings.flatMap((mapping, index) => stepsOf(mapping, index, attributes, id, schema));
  return { readings, steps, schema, name: listName(mappings) };
}

function stepsOf(
  { source, target, type, allow_weak_decoding: weak, static: constant }: Mapping,
  mapping: number,
  attributes: readonly Configured[],
  connection: string,
  schema: ReadonlyMap<string, DataType>,
): (Move | Spread)[] {
  const common = { type, weak, mapping };
  const to = (name: string, from?: string) => {
    const told = { ...(from !== undefined && { source: from }), target: name };
    return { ...common, target: name, told, accepts: schema.get(name) };
  };
  if (source === undefined) {
    const value = constant as Json;
    const from = { constant: value, origin: { from: "constant", connection } as const };
    return [{ from, ...to(target) }];
  }
  if (source === ".") {
    const prefix = target === "." ? "" : `${target}.`;
    return attributes.map((attribute) => {
      const key = attributeKey(attribute);
      return { from: { attribute: key }, ...to(`${prefix}${attribute.name}`, key) };
    });
  }
  return target === "."
    ? [{ attribute: source, ...common }]
    : [{ from: { attribute: source }, ...to(target, source) }];
}
