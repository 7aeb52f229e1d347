/** A page of one connection, shown as a tab. `index.ts` is the list. */
import type { JsonObject } from "../../../flow.ts";
import type { Desk } from "../desk.ts";
import type { Typed } from "../form/typed.ts";
import type { Gone, View } from "../page.ts";

/** The connection that the tab is about, as it is stored. */
export interface Opened {
  readonly desk: Desk;
  readonly id: string;
  readonly record: JsonObject;
  /** Send it as `If-Match`. */
  readonly etag: string;
  /** An address of this connection: `""` is its Configuration, `/attributes` a tab. */
  readonly href: (path: string) => string;
}

/** What stands under the tabs. */
export type Sheet = Pick<View, "body" | "notice" | "status"> & { readonly title?: never };

export interface Tab {
  /** Below the connection: `""`, `/attributes`. */
  readonly path: string;
  /** Its word on the tab; absent for pages that a tab leads to. */
  readonly tab?: string;
  /** The tab that is marked as the current one on a page that has none. */
  readonly of?: string;
  /** For a page that only writes. */
  readonly verb?: "write";
  readonly get: (opened: Opened) => Promise<Sheet | View | Gone>;
  readonly post?: (opened: Opened, typed: Typed) => Promise<Sheet | View | Gone>;
}
