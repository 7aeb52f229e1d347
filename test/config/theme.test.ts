/** A theme leaves every text readable (WCAG 2.2 §1.4.3). */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contrast, mix } from "../../src/config/contrast.ts";
import { Theme } from "../../src/config/theme.ts";
import { themeSheet } from "../../src/ui/theme.ts";

const colour = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value) => `#${value.toString(16).padStart(6, "0")}`);

it.each([
  ["#000000", "#ffffff", 21],
  ["#ffffff", "#ffffff", 1],
  ["#777777", "#ffffff", 4.48],
  ["#0000ff", "#ffffff", 8.59],
])("%s on %s has a contrast of %d", (one, other, ratio) => {
  expect(contrast(one, other)).toBeCloseTo(ratio, 2);
  expect(contrast(other, one)).toBe(contrast(one, other));
});

it("colours are mixed as browsers mix them", () => {
  expect([
    mix("#ff0000", "#0000ff", 0.5),
    mix("#123456", "#ffffff", 0),
    mix("#123456", "#ffffff", 1),
  ]).toEqual(["#800080", "#ffffff", "#123456"]);
});

describe("is refused where a text could not be read", () => {
  const said = (theme: object) => Theme.safeParse(theme).error?.issues.map(({ message }) => message);

  it.each([
    [{ light: { accent: "#ffd400" } }, "text has a contrast of 1.3 in the light scheme, and 4.5 is needed"],
    [{ dark: { accent: "#17594a" } }, "text has a contrast of 2.0 in the dark scheme, and 4.5 is needed"],
    [{ dark: { glow: "#ffffff" } }, "text has a contrast of 3.4 in the dark scheme, and 4.5 is needed"],
  ])("%j", (theme, message) => expect(said(theme)).toEqual([message]));

  it("and accepted where it can", () => {
    expect(
      said({ light: { accent: "#17594a", glow: "#eeb04f" }, dark: { accent: "#7cd6b7", glow: "#eeb04f" } }),
    ).toBe(undefined);
  });
});

it("whatever colour is accepted, the words on a button can be read, and the style sheet holds variables only", () => {
  fc.assert(
    fc.property(colour, colour, (accent, glow) => {
      for (const scheme of ["light", "dark"] as const) {
        const theme = Theme.safeParse({ [scheme]: { accent, glow } });
        if (!theme.success) continue;
        const sheet = themeSheet(theme.data) ?? "";
        const [, ink = ""] = /--accent-ink: (#\w{6})/.exec(sheet) ?? [];
        expect(contrast(ink, accent)).toBeGreaterThanOrEqual(4.5);
        expect(sheet.replace(/^@media \(prefers-color-scheme: dark\) \{\n(.*)\}\n$/s, "$1")).toMatch(
          /^:root \{( --(accent|accent-ink|glow): #[0-9a-f]{6};){3} \}\n$/,
        );
      }
    }),
  );
});
