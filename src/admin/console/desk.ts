/** What a page of the console works with: who sits there, in which workspace, and the API in their name. */
import { allows, type ApiArea } from "../../config/api-scopes.ts";
import type { JsonObject } from "../../flow.ts";
import type { AppContext } from "../../http/context.ts";
import { localeOf } from "../../ui/locale.ts";
import type { Right } from "../operator.ts";
import { proofOf } from "./access/proof.ts";
import { type Answer, type Call, caller } from "./call.ts";

export interface Desk {
  readonly c: AppContext;
  /** As the API knows them: `person 0a1b…`, `bootstrap key`. */
  readonly by: string;
  /** Ids, or `*` for all. */
  readonly workspaces: readonly string[];
  /** What each of their rules gives, and where. */
  readonly rights: readonly Right[];
  /** Empty where the page is of no workspace. */
  readonly workspace: string;
  /** Whether the API will allow it: pages show neither link nor button for the rest. */
  may(area: ApiArea, verb: "read" | "write"): boolean;
  /** The API. @param path below `/api` */
  readonly call: Call;
  /** A record or list of this workspace. @param path below `/api/workspaces/{workspace}` */
  read<T = JsonObject>(path: string): Promise<Answer<T>>;
  /** The same with what is written. */
  readonly write: Call;
  /** An address of the console in this workspace. */
  href(path: string): string;
  /** The reader's language, for dates and numbers. */
  readonly locale: string;
  /** A parameter of the page's path or of its query. */
  param(name: string): string;
}

/** What `GET /api/operator` says. */
type Rights = Pick<Desk, "by" | "workspaces" | "rights"> & { readonly scopes: readonly string[] };

/** What scopes allow in a workspace. A change of `system` needs one more, as the API says (admin/operator.ts). */
export function mayBy(scopes: readonly string[], workspace: string): Desk["may"] {
  return (area, verb) =>
    allows(scopes, area, verb) &&
    (workspace !== "system" || verb === "read" || allows(scopes, "operators", "write"));
}

/** No proof, or one that the API does not take any more. */
export class SignedOut extends Error {
  override readonly name = "SignedOut";
}

/** @throws SignedOut */
export async function openDesk(c: AppContext): Promise<Desk> {
  const proof = await proofOf(c);
  if (!proof) throw new SignedOut("nobody is signed in");
  const call = caller(c, proof);
  const workspace = c.req.param("workspace") ?? "";
  const there = workspace && `?workspace=${encodeURIComponent(workspace)}`;
  const { body } = await call<Rights>("GET", `operator${there}`);
  const { by, scopes, workspaces, rights } = body;
  const write: Call = (method, path, sent, headers) =>
    call(method, `workspaces/${encodeURIComponent(workspace)}${path && `/${path}`}`, sent, headers);
  return {
    c,
    by,
    workspaces,
    rights,
    workspace,
    may: mayBy(scopes, workspace),
    call,
    read: (path) => write("GET", path),
    write,
    href: (path) => `/admin/workspaces/${encodeURIComponent(workspace)}${path}`,
    locale: localeOf(c.req.header("accept-language")),
    param: (name) => c.req.param(name) ?? c.req.query(name) ?? "",
  };
}
