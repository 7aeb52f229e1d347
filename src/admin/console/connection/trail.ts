import type { Crumb } from "../page.ts";
import { text } from "../text.ts";
import type { Opened } from "./tab.ts";

/** Where a page below a connection is in the console. */
export function trailOf({ id, record }: Pick<Opened, "id" | "record">): readonly Crumb[] {
  return [
    { words: "Identity Providers", path: "/identity-providers" },
    { words: text(record, "name"), path: `/identity-providers/${encodeURIComponent(id)}` },
  ];
}
