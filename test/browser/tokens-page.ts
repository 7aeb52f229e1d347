import type { Page } from "playwright-core";

export interface Shown {
  readonly value: string;
  /** Where the value came from, the first place first. */
  readonly path: readonly string[];
}

/** The claims of one section of the demo's page, as a person reads them who also opens those of the protocol. */
export async function claims(
  page: Page,
  section: "ID token" | "Access token" | "User info",
): Promise<Readonly<Record<string, Shown>>> {
  const region = page.getByRole("region", { name: section, exact: true });
  const folded = region.locator("details:not([open]) > summary", { hasText: "Protocol claims" });
  if ((await folded.count()) > 0) await folded.click();
  const rows = region.getByRole("row").filter({ has: page.getByRole("rowheader") });
  const cells = await rows.evaluateAll((shown) =>
    shown.map((row) => ({
      name: row.querySelector("th")?.textContent ?? "",
      value: row.querySelector("td")?.innerText ?? "",
      path: [...row.querySelectorAll(".claim-origin li")].map((place) => place.textContent ?? ""),
    })),
  );
  return Object.fromEntries(cells.map(({ name, ...shown }) => [name, shown]));
}

/** One claim of each name: its value only. */
export const values = (shown: Readonly<Record<string, Shown>>): Record<string, string> =>
  Object.fromEntries(Object.entries(shown).map(([name, { value }]) => [name, value]));
