/**
 * Lineage ↔ the short form of it that is kept with every sign-in. Where a value came from follows from what was mapped
 * and changed, and why there is none from the same, so both are worked out for whoever reads it. Nothing is looked up in
 * a configuration that is another one by then.
 */
import type { Claim } from "../config/claim.ts";
import type { DataType } from "../config/data-type.ts";
import type { Seconds } from "../flow.ts";
import type { Changed, ClaimSeen, LeftOut, Lineage, Mapped, Origin, Ran, Read } from "../lineage.ts";
import { firstReason } from "./first-reason.ts";

/** Lists of the same length stand for one of objects; what is rare is by its place. */
interface Brief {
  readonly form: "brief";
  readonly at: Seconds;
  readonly connection: string;
  readonly claims_in_id_token: boolean;
  readonly read: {
    readonly names: readonly string[];
    readonly types: readonly DataType[];
    readonly left_out: readonly At<LeftOut>[];
  };
  readonly mapped: {
    /** Places in `read`; a name that is not there, and null for a constant. */
    readonly sources: readonly (number | string | null)[];
    readonly targets: readonly string[];
    readonly left_out: readonly At<LeftOut>[];
    readonly conversions: readonly At<string>[];
  };
  readonly changed: readonly Changed[];
  /** Claims with a value that is no attribute of the context as it is: a part of one, or another record's. */
  readonly given: readonly At<readonly Origin[]>[];
  readonly claims: readonly Configured[];
}

type At<T> = readonly [place: number, what: T];
type Configured = readonly [
  name: string,
  type: Claim["type"],
  source_type: Claim["source_type"],
  source_path: string,
  scopes: Claim["scopes"],
  opaque: boolean,
];

/** Everything but the claims, which are the configuration's. */
export interface Run extends Pick<Lineage, "at" | "connection" | "claims_in_id_token"> {
  readonly ran: Ran;
  readonly given: Brief["given"];
}

/** As JSON. */
export function brief({ ran, given, ...about }: Run, claims: readonly Claim[]): string {
  const { names, places, ...read } = columnsOf(ran.read);
  const mapped = mappedColumns(ran.mapped, places);
  const kept: Omit<Brief, "claims"> = {
    form: "brief",
    ...about,
    read: { names, ...read },
    mapped,
    changed: ran.changed,
    given,
  };
  return `${JSON.stringify(kept).slice(0, -1)},"claims":${written(claims)}}`;
}

function columnsOf(read: Ran["read"]) {
  const [names, types, left_out, places]: [string[], DataType[], At<LeftOut>[], Map<string, number>] = [
    [],
    [],
    [],
    new Map(),
  ];
  for (const one of read) {
    places.set(one.name, names.length);
    if (one.left_out !== undefined) left_out.push([names.length, one.left_out]);
    names.push(one.name);
    types.push(one.type);
  }
  return { names, types, left_out, places };
}

function mappedColumns(mapped: Ran["mapped"], places: ReadonlyMap<string, number>): Brief["mapped"] {
  const [sources, targets]: [Brief["mapped"]["sources"][number][], string[]] = [[], []];
  const [left_out, conversions]: [At<LeftOut>[], At<string>[]] = [[], []];
  for (const { source, target, left_out: why, conversion } of mapped) {
    if (why !== undefined) left_out.push([targets.length, why]);
    if (conversion !== undefined) conversions.push([targets.length, conversion]);
    sources.push(source === undefined ? null : (places.get(source) ?? source));
    targets.push(target);
  }
  return { sources, targets, left_out, conversions };
}

/** By the claims of the version that the isolate remembers: gone with it. */
const remembered = new WeakMap<readonly Claim[], string>();

function written(claims: readonly Claim[]): string {
  const known = remembered.get(claims);
  if (known !== undefined) return known;
  const rows = claims.map(({ name, type, source_type, source_path, scopes, opaque }): Configured => [
    name,
    type,
    source_type,
    source_path,
    scopes,
    opaque,
  ]);
  const text = JSON.stringify(rows);
  remembered.set(claims, text);
  return text;
}

/** What was kept, in full. One that had no room is there as it was written. */
export function expanded(kept: Brief | Lineage): Lineage {
  if (!("form" in kept)) return kept;
  const { at, connection, claims_in_id_token, changed } = kept;
  const ran = { read: readOf(kept), mapped: mappedOf(kept), changed };
  const origins = originsOf(connection, ran);
  const given = new Map(kept.given);
  const claims = kept.claims.map(
    ([name, type, source_type, source_path, scopes, opaque], place): ClaimSeen => {
      const about = { name, type, source_type, source_path, scopes, opaque };
      const isContext = source_type === "authn_ctx";
      const found = given.get(place) ?? (isContext ? origins.get(source_path) : undefined);
      if (found) return { ...about, origins: found };
      return { ...about, origins: [], reason: isContext ? firstReason(source_path, ran) : "no_value" };
    },
  );
  return { at, connection, ...ran, claims, claims_in_id_token };
}

function readOf({ read }: Brief): Read[] {
  const left_out = new Map(read.left_out);
  return read.names.map((name, place) => ({
    name,
    type: read.types[place] ?? "any",
    ...why(left_out, place),
  }));
}

function mappedOf({ read, mapped }: Brief): Mapped[] {
  const [left_out, conversions] = [new Map(mapped.left_out), new Map(mapped.conversions)];
  return mapped.targets.map((target, place) => {
    const from = mapped.sources[place];
    const source = typeof from === "number" ? read.names[from] : from;
    const conversion = conversions.get(place);
    return {
      ...(typeof source === "string" && { source }),
      target,
      ...(conversion !== undefined && { conversion }),
      ...why(left_out, place),
    };
  });
}

function why(reasons: ReadonlyMap<number, LeftOut>, place: number): { readonly left_out?: LeftOut } {
  const left_out = reasons.get(place);
  return left_out === undefined ? {} : { left_out };
}

/** Attribute of the context → where its value came from. Of two mappings the last one that was not left out has won. */
function originsOf(connection: string, { mapped, changed }: Ran): Map<string, readonly Origin[]> {
  const origins = new Map<string, readonly Origin[]>();
  for (const { source, target, conversion, left_out } of mapped) {
    if (left_out !== undefined) continue;
    const first: Origin =
      source === undefined ? { from: "constant", connection } : { from: "provider", connection, source };
    origins.set(target, [first, ...(conversion === undefined ? [] : [conversionTo(conversion)])]);
  }
  for (const { name, change, by } of changed)
    if (change === "removed") origins.delete(name);
    else if (change === "set") origins.set(name, [...(origins.get(name) ?? []), by]);
  return origins;
}

const conversionTo = (as: string): Origin => ({ from: "conversion", as });
