/** Context attribute → application, from the page Data Lineage: a claim and a scope of its name, and the application may ask for it. */
import type { JsonObject } from "../../../flow.ts";
import { STANDARD_SCOPES } from "../../../config/scope.ts";
import { isAssigned } from "../../../oauth/dynamic-scope.ts";
import type { Graph } from "../../lineage/node.ts";
import { type FieldError, Refused } from "../call.ts";
import type { Desk } from "../desk.ts";
import { type Field, fieldsOf } from "../form/field.ts";
import type { Typed } from "../form/typed.ts";
import { text, texts } from "../text.ts";
import { contextOptions, optionsOf } from "./options.ts";
import { saidAt } from "./said-at.ts";

/** @param more whether there are applications that are not in the graph */
export function releaseFields(graph: Graph, more: boolean): Field[] {
  const clients = graph.nodes.filter(({ column }) => column === "client");
  return fieldsOf(
    { required: ["context", "client_id", "token"] },
    {
      context: { label: "Authentication context attribute" },
      client_id: {
        label: "Application",
        ...(more && { help: "One that is not here is chosen at the top first." }),
      },
      token: { label: "Token", help: "What is in the ID token is at userinfo, too." },
    },
    {
      context: contextOptions(graph),
      client_id: optionsOf(
        clients,
        ({ name }) => name,
        ({ name, display_name = name }) => `${display_name} (${name})`,
      ),
      token: {
        as: "choice",
        options: [
          { value: "id_token", label: "ID token" },
          { value: "access_token", label: "Access token" },
        ],
      },
    },
  );
}

type Said = readonly FieldError[];
const at = (path: string, message: string): Said => [{ path, message }];

/**
 * What is there already stays and is used: it can be sent again when it failed half-way, and gives nothing twice.
 * @returns what is wrong; nothing when it is released @throws Refused for what no field is to blame for
 */
export async function release(desk: Desk, { nodes }: Graph, typed: Typed): Promise<Said> {
  const [name, client_id] = [typed.get("context") ?? "", typed.get("client_id") ?? ""];
  const token = typed.get("token") === "access_token" ? "access_token" : "id_token";
  if (!nodes.some((node) => node.column === "context" && node.name === name))
    return at("context", "choose an attribute");
  if (!nodes.some((node) => node.column === "client" && node.name === client_id))
    return at("client_id", "choose an application");
  const path = `clients/${encodeURIComponent(client_id)}`;
  const [client, claims, scopes] = await Promise.all([
    desk.read(path),
    all(desk, "claims"),
    all(desk, "scopes"),
  ]);
  const known = claims.find((one) => text(one, "name") === name && text(one, "type") === token);
  const by = known ? texts(known, "scopes") : [];
  if (known && (text(known, "source_type") !== "authn_ctx" || text(known, "source_path") !== name))
    return at(
      "context",
      `there is a claim of this name already, and it carries ${text(known, "source_path")}`,
    );
  if (known && by.length === 0) return at("client_id", "every application gets it already");
  const names = scopes.map((scope) => ({ name: text(scope, "name") }));
  const held = by.find((scope) => isAssigned(texts(client.body, "scope"), names, scope));
  if (held !== undefined) return at("client_id", `it gets it already, by the scope ${held}`);
  const more = releasedBeside(name, claims);
  if (more)
    return at("context", `the scope ${name} ${more}: make the claim on the page Claims, with another scope`);
  try {
    await (known ? widen(desk, known, name) : make(desk, name, token, claims));
    if (!names.some((scope) => scope.name === name))
      await desk.write("PUT", `scopes/${encodeURIComponent(name)}`, { name }, { "if-none-match": "*" });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return saidAt(error, { name: "context" });
  }
  try {
    const scope = [...new Set([...texts(client.body, "scope"), name])];
    await desk.write("PATCH", path, { scope }, { ...(client.etag && { "if-match": client.etag }) });
    return [];
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return saidAt(error, { scope: "client_id" });
  }
}

/** One value is to be given and nothing else: a scope of its name may be there for more than it. */
function releasedBeside(name: string, claims: readonly JsonObject[]): string | undefined {
  const others = claims.filter(
    (one) => texts(one, "scopes").includes(name) && text(one, "source_path") !== name,
  );
  if (others.length > 0)
    return `releases ${others
      .map((one) => text(one, "name"))
      .slice(0, 5)
      .join(", ")}, too`;
  return STANDARD_SCOPES.some((scope) => scope.name === name) ? "has a meaning of its own" : undefined;
}

/** Before the scope: a name that the protocol keeps for itself is refused before anything was made. */
async function make(desk: Desk, name: string, token: string, claims: readonly JsonObject[]): Promise<void> {
  const id = `${token}-${name.replaceAll(/[^A-Za-z0-9_-]/g, "-")}`.slice(0, 64);
  const claim = { name, type: token, source_path: name, scopes: [name] };
  // `a.b` and `a-b` would have the same id: the second has one that is made.
  if (claims.some((one) => text(one, "id") === id)) await desk.write("POST", "claims", claim);
  else await desk.write("PUT", `claims/${id}`, claim, { "if-none-match": "*" });
}

/** One more scope releases the claim. */
async function widen(desk: Desk, known: JsonObject, name: string): Promise<void> {
  const path = `claims/${encodeURIComponent(text(known, "id"))}`;
  const { body, etag } = await desk.read(path);
  const scopes = [...new Set([...texts(body, "scopes"), name])];
  await desk.write("PATCH", path, { scopes }, { ...(etag && { "if-match": etag }) });
}

/** Records of a kind, all of them: what is not seen would be made twice. */
async function all(desk: Desk, kind: "claims" | "scopes"): Promise<JsonObject[]> {
  const items: JsonObject[] = [];
  for (let after = ""; ;) {
    const { body } = await desk.read(`${kind}?${new URLSearchParams({ limit: "200", after }).toString()}`);
    items.push(...(body["items"] as JsonObject[]));
    if (typeof body["next"] !== "string") return items;
    after = body["next"];
  }
}
