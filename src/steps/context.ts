/** Attributes → AuthenticationContext, by the connection's mappings. Two mappings to one target: the last that yields a value wins. */
import { convert } from "../config/convert.ts";
import { fits, kindOf } from "../config/data-type.ts";
import { bytesOf, measure } from "../config/measure.ts";
import type { Attribute, Attributes, AuthenticationContext, JsonObject, Measured } from "../flow.ts";
import type { LeftOut, Mapped, Origin } from "../lineage.ts";
import type { Move, Pipeline, Spread } from "./pipeline.ts";

/** Bytes (design §5.11). */
export const LARGEST_CONTEXT = 65_536;

export interface ContextBuilt {
  readonly context: AuthenticationContext;
  readonly mapped: readonly Mapped[];
  /** Places of mappings that gave a value, one that a later one replaced among them. */
  readonly yielded: ReadonlySet<number>;
}

interface Entry {
  readonly attribute: Attribute;
  readonly size: number;
  /** Where in `mapped` it is told of. */
  readonly at: number;
}

/** What does not fit a place is left out, and `mapped` says why. */
export function buildContext({ steps, schema }: Pipeline, attributes: Attributes): ContextBuilt {
  const entries = new Map<string, Entry>();
  const mapped: Mapped[] = [];
  const yielded = new Set<number>();
  let total = 0;
  for (const step of steps)
    if ("target" in step) place(step);
    else for (const move of spread(step)) place(move);
  const context: Record<string, Attribute> = {};
  // Names of the schema, of which none is `__proto__`.
  for (const [target, { attribute }] of entries) context[target] = attribute;
  return { context, mapped, yielded };

  function place(move: Move): void {
    const { target, told } = move;
    const found = valueOf(move, attributes);
    if (typeof found === "string") return void mapped.push({ ...told, left_out: found });
    yielded.add(move.mapping);
    const { value, lineage, size: bytes, conversion } = found;
    const size = bytes + target.length + 4;
    const before = entries.get(target);
    const then = total + size - (before?.size ?? 0);
    if (then > LARGEST_CONTEXT) return void mapped.push({ ...told, left_out: "context_full" });
    total = then;
    const loser = before && mapped[before.at];
    if (loser) mapped[before.at] = { ...loser, left_out: "replaced" };
    entries.set(target, { attribute: { value, lineage }, size, at: mapped.length });
    mapped.push(conversion === undefined ? told : { ...told, conversion });
  }

  /** The members of an object, each to the place of its name. */
  function spread({ attribute, ...how }: Spread): Move[] {
    const found = attributes.get(attribute);
    const members = found && fits("object", found.value) ? Object.entries(found.value as JsonObject) : [];
    if (members.length === 0) {
      mapped.push({ source: attribute, target: ".", left_out: found ? "wrong_type" : "missing" });
      return [];
    }
    const [origin = { from: "protocol" as const }] = found?.lineage ?? [];
    return members.map(([name, constant]) => {
      return {
        from: { constant, origin },
        target: name,
        told: { source: attribute, target: name },
        accepts: schema.get(name),
        ...how,
      };
    });
  }
}

type Yielded = Measured & { readonly conversion?: string };

function valueOf(move: Move, attributes: Attributes): Yielded | LeftOut {
  if (move.accepts === undefined) return "not_in_schema";
  const found = "attribute" in move.from ? attributes.get(move.from.attribute) : measured(move.from);
  if (found === undefined) return "missing";
  if (typeof found === "string") return found;
  const { value, lineage } = found;
  const converted = move.weak ? convert(move.type, value) : { value };
  if (!converted || !fits(move.type, converted.value) || !fits(move.accepts, converted.value))
    return "wrong_type";
  if (converted.value === value) return found;
  const size = measure(converted.value);
  if (typeof size === "string") return size;
  const conversion = `${kindOf(value)} → ${move.type}`;
  return {
    value: converted.value,
    lineage: [...lineage, { from: "conversion", as: conversion }],
    size,
    conversion,
  };
}

function measured({ constant, origin }: { constant: Yielded["value"]; origin: Origin }): Measured | LeftOut {
  if (constant === null) return "null";
  const size = measure(constant);
  return typeof size === "string" ? size : { value: constant, lineage: [origin], size };
}

/** What a context takes of the 64 KB. */
export function sizeOf(context: AuthenticationContext): number {
  const sizes = Object.entries(context).map(
    ([name, { value }]) => bytesOf(JSON.stringify(value)) + name.length + 4,
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
