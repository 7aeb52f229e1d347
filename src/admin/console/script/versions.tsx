/** Versions of a script: who wrote each and when, its text, and the way back to it. */
import type { JsonObject } from "../../../flow.ts";
import { When } from "../../../ui/when.tsx";
import type { Desk } from "../desk.ts";
import type { Typed } from "../form/typed.ts";
import type { Gone, View } from "../page.ts";
import { text } from "../text.ts";

interface Version {
  readonly version: number;
  readonly at: number;
  readonly by: string;
  readonly script: JsonObject;
}

const of = (desk: Desk) => `/scripts/${encodeURIComponent(desk.param("id"))}`;

export async function versions(desk: Desk): Promise<View> {
  const path = `scripts/${encodeURIComponent(desk.param("id"))}/versions`;
  const { items: kept } = (await desk.read<{ items: readonly Version[] }>(path)).body;
  const name = kept[0] ? text(kept[0].script, "name") : desk.param("id");
  return {
    title: "Versions",
    trail: [
      { words: "Scripts", path: "/scripts" },
      { words: name, path: of(desk) },
    ],
    body: (
      <ol class="sheet" id="kept">
        {kept.map(({ version, at, by, script }, index) => (
          <li>
            <h2>
              <When at={at} locale={desk.locale} /> by <bdi>{by}</bdi>
            </h2>
            <details id={`version-${version}`}>
              <summary>{index === 0 ? "The latest version" : "Show it"}</summary>
              <pre class="code" tabindex={0} aria-label={`Version ${version}`}>
                {text(script, "body")}
              </pre>
            </details>
            {index > 0 && desk.may("scripts", "write") && (
              <form method="post">
                <button class="button small" id={`restore-${version}`} name="version" value={String(version)}>
                  Return to this version
                </button>
              </form>
            )}
          </li>
        ))}
      </ol>
    ),
  };
}

export async function restore(desk: Desk, typed: Typed): Promise<Gone> {
  const version = encodeURIComponent(typed.get("version") ?? "");
  await desk.write("POST", `scripts/${encodeURIComponent(desk.param("id"))}/versions/${version}/restore`);
  return { to: desk.href(of(desk)), said: "saved" };
}
