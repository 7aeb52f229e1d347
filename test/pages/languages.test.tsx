/** Every page of people in every language: that nothing is left in English alone is in `pages.test.ts`. */
import { describe, expect, it } from "vitest";
import { LOCALES, lookup } from "../../src/config/locale.ts";
import { STANDARD_SCOPES } from "../../src/config/scope.ts";
import { ScopeRow, type Scope } from "../../src/ui/scope-row.tsx";
import { de } from "../../src/ui/text/de.ts";
import { en } from "../../src/ui/text/en.ts";
import { texts } from "../../src/ui/text/texts.ts";
import { Time } from "../../src/ui/time.tsx";
import { gallery } from "./gallery.tsx";
import { read } from "./read.ts";

/** Names, words that are the same in both, and words of the protocol that the demo shows as they are. */
const THE_SAME = new Set([
  "ltr",
  "Vestibule",
  "Website",
  "Name",
  "Region",
  "Code",
  "Scopes",
  "Prompt",
  "Login hint",
  "Response mode",
  "ACR values",
]);

/** Every sentence of a table with its place. */
function sentences(words: unknown, place = ""): [string, string][] {
  if (typeof words === "string") return [[place, words]];
  return Object.entries(words as object).flatMap(([key, value]) => sentences(value, `${place}/${key}`));
}

const english = sentences(en);

describe.each(LOCALES)("the words in %s", (locale) => {
  const own = sentences(texts[locale]);

  it("are as many as in English, at the same places, with the same values to fill in", () => {
    const outline = (table: [string, string][]) =>
      table.map(([place, words]) => [place, (words.match(/\{\w+\}/g) ?? []).toSorted()]);
    expect(outline(own)).toEqual(outline(english));
  });

  it("say which language they are, and every page says so", async () => {
    expect(texts[locale].lang).toBe(locale);
    for (const [, html] of await gallery({ text: texts[locale], word: "Ada", link: "/x" })) {
      const { tags } = await read(html);
      const attributes = tags.find(({ name }) => name === "html")?.attributes;
      expect([attributes?.get("lang"), attributes?.get("dir")]).toEqual([locale, texts[locale].dir]);
    }
  });
});

it.each(LOCALES.filter((locale) => locale !== "en"))("the words in %s are translated", (locale) => {
  const before = new Map(english);
  const left = sentences(texts[locale]).filter(
    ([place, words]) => before.get(place) === words && !THE_SAME.has(words),
  );
  expect(left).toEqual([]);
});

describe("scopes that every workspace starts with", () => {
  const row = (scope: Scope) => String(<ScopeRow scope={scope} words={de.consent} />);

  it("are in the reader's language", () => {
    const email = STANDARD_SCOPES.find(({ name }) => name === "email")!;
    expect(row(email)).toContain("Ihre E-Mail-Adresse");
    expect(row(email)).not.toContain("Your");
  });

  it("keep the words of the operator", () => {
    expect(row({ name: "email", display_name: "Company mail" })).toContain("Company mail");
  });

  it("are in the table as they are in the configuration", () => {
    expect(en.consent.standard).toEqual(
      Object.fromEntries(
        // What openid is called is the same for every workspace.
        STANDARD_SCOPES.filter(({ name }) => name !== "openid").map(({ name, display_name, description }) => [
          name,
          { name: display_name, note: description },
        ]),
      ),
    );
  });
});

describe("a date", () => {
  it("is written as its reader writes dates, with its time zone", () => {
    const html = (text: typeof en, exact?: boolean) =>
      String(<Time at={1795380370} text={text} exact={exact} />);
    const written = (words: string) => `<time datetime="2026-11-22T20:46:10.000Z">${words}</time>`;
    expect(html(en)).toBe(written("Nov 22, 2026, 8:46 PM UTC"));
    expect(html(de)).toBe(written("22.11.2026, 20:46 UTC"));
    expect(html(de, true)).toBe(written("22.11.2026, 20:46:10 UTC"));
  });

  it("that is none is left out", () => expect(String(<Time at={Number.MAX_VALUE} text={en} />)).toBe(""));
});

it.each([
  [["de"], "de"],
  [["DE-Latn-AT-1996"], "de"],
  [["fr", "de-AT", "en"], "de"],
  [["en-GB", "de"], "en"],
  [["den", "d", "*", ""], undefined],
  [[...Array<string>(20).fill("fr"), "de"], undefined],
])("%j leads to %s (RFC 4647 §3.4)", (ranges, locale) => expect(lookup(ranges)).toBe(locale));
