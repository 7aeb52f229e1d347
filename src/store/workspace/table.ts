/** In the object of `system`: the table of the deployment's workspaces, and where each of them answers. */
import { appClientId } from "../../config/custom-app.ts";
import { keyOf, type Place, SYSTEM } from "../published.ts";
import { clock } from "../rows.ts";
import { type By, recordChange } from "./change.ts";
import { RECORDS } from "./records.ts";
import type { Versions } from "./versions.ts";

const KIND = "workspaces";

export class Table {
  readonly #versions: Versions;

  constructor(versions: Versions) {
    this.#versions = versions;
  }

  /** Enters a workspace that is not in it. @returns whether it was not */
  enter(workspace: string, place: Place, terms: By): boolean {
    if (this.#read(workspace)) return false;
    this.#versions.together(() => {
      this.#write(workspace, place);
      recordChange(this.#versions, terms, SYSTEM, { record: KIND, id: workspace, change: "created" });
    });
    return true;
  }

  /** Whether there was a workspace of this id that was deleted. */
  wasDeleted(workspace: string): boolean {
    return this.#read(workspace)?.deleted_at !== undefined;
  }

  /** A workspace is deleted: a tombstone keeps its id. @returns whether it was there */
  leave(workspace: string, terms: By): boolean {
    const known = this.#read(workspace);
    if (!known || known.deleted_at !== undefined) return false;
    const { origin: _, ...rest } = known;
    this.#versions.together(() => {
      this.#write(workspace, { ...rest, deleted_at: clock() });
      recordChange(this.#versions, terms, SYSTEM, { record: KIND, id: workspace, change: "removed" });
      // What its applications proved themselves with opens nothing any more.
      for (const { id } of this.#versions.list("clients"))
        if (id.startsWith(appClientId(workspace, ""))) {
          this.#versions.remove("clients", id, RECORDS.clients.published(SYSTEM, id));
          recordChange(this.#versions, terms, SYSTEM, { record: "clients", id, change: "removed" });
        }
    });
    return true;
  }

  /** A deleted workspace is gone whole. */
  erased(workspace: string, people: number, terms: By): void {
    const what = { record: KIND, id: workspace, change: "erased" };
    recordChange(this.#versions, terms, SYSTEM, what, [], { people }, {});
  }

  /** Where a workspace answers, unless another one does. @param origin undefined where it gives its own up */
  place(workspace: string, origin: string | undefined): "placed" | "unchanged" | "taken" {
    const known = this.#read(workspace);
    if (!known || known.deleted_at !== undefined) return "taken";
    if (known.origin === origin) return "unchanged";
    const others = this.#versions.list(KIND).filter(({ id }) => id !== workspace);
    if (origin !== undefined && others.some(({ body }) => (JSON.parse(body) as Place).origin === origin))
      return "taken";
    const { origin: _, ...rest } = known;
    this.#write(workspace, { ...rest, ...(origin !== undefined && { origin }) });
    return "placed";
  }

  #read(workspace: string): Place | undefined {
    const row = this.#versions.read(KIND, workspace);
    return row && (JSON.parse(row.body) as Place);
  }

  #write(workspace: string, place: Place): void {
    this.#versions.write(KIND, workspace, JSON.stringify(place), [keyOf.deployment()]);
  }
}
