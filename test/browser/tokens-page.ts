import type { Page } from "playwright-core";

export interface Shown {
  readonly value: string;
  /** Where the value came from, the first place first. */
  readonly path: readonly string[];
}

/** The claims of one section of the demo's page, as a person reads them. */
export async function claims(
  page: Page,
  section: "ID token" | "Access token" | "User info",
): Promise<Readonly<Record<string, Shown>>> {
  const rows = page.getByRole("table", { name: section, exact: true }).getByRole("row");
  const cells = await rows.evaluateAll((shown) =>
    shown.slice(1).map((row) => ({
      name: row.querySelector("th")?.textContent ?? "",
      value: row.querySelector("td")?.innerText ?? "",
      path: [...row.querySelectorAll("td:last-child li")].map((place) => place.textContent ?? ""),
    })),
  );
  return Object.fromEntries(cells.map(({ name, ...shown }) => [name, shown]));
}

/** One claim of each name: its value only. */
export const values = (shown: Readonly<Record<string, Shown>>): Record<string, string> =>
  Object.fromEntries(Object.entries(shown).map(([name, { value }]) => [name, value]));
