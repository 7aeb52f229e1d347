/** The pages of the settings, in the order of their tabs. */
import type { ApiArea } from "../../../config/api-scopes.ts";
import type { Desk } from "../desk.ts";

export const SETTINGS = "/settings";
export const TRAIL = [{ words: "Settings", path: SETTINGS }];

const TABS: readonly {
  readonly path: string;
  readonly word: string;
  readonly writes?: readonly ApiArea[];
}[] = [
  { path: "", word: "General" },
  { path: "/appearance", word: "Appearance" },
  { path: "/features", word: "Features" },
  { path: "/events", word: "Events" },
  { path: "/recording", word: "Recording" },
  { path: "/backup", word: "Backup", writes: ["workspaces", "keys"] },
];

/** @param current path of the page that it stands on */
export function Tabs({ desk, current }: { desk: Desk; current: string }) {
  return (
    <nav class="tabs plain" aria-label="Settings">
      {TABS.filter(({ writes = [] }) => writes.every((area) => desk.may(area, "write"))).map(
        ({ path, word }) => (
          <a
            id={`tab${path.replace("/", "-") || "-general"}`}
            href={desk.href(SETTINGS + path)}
            aria-current={path === current ? "page" : undefined}
          >
            {word}
          </a>
        ),
      )}
    </nav>
  );
}
