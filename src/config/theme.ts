/** How the pages of a workspace look and what they say in its own words: a few colours, and a few lines of plain text. */
import * as z from "zod";
import { contrast, mix } from "./contrast.ts";
import type { Locale } from "./locale.ts";

/** What stands around the colours of a theme, by the scheme of the reader's device. */
export const PAGE = {
  light: { floor: "#f3f4f1", surface: "#ffffff", ink: "#161a18", muted: "#565e59", tint: 0.09, beam: 0.3 },
  dark: { floor: "#0d1110", surface: "#161b19", ink: "#ecf0ed", muted: "#a0aaa4", tint: 0.12, beam: 0.19 },
} as const;

/** WCAG 2.2 §1.4.3, level AA. */
const ENOUGH = 4.5;

/** Exactly this, because it goes into a style sheet as it is. */
const Colour = z.string().regex(/^#[0-9a-f]{6}$/, { error: "must be # and six of 0-9 and a-f", abort: true });

/** Colours that leave every text on the page readable. */
function colours(scheme: keyof typeof PAGE) {
  const { floor, surface, ink, muted, tint, beam } = PAGE[scheme];
  return z
    .strictObject({
      /** Buttons, links and what has the focus. The words on a button are black or white, whichever is better to read. */
      accent: Colour.optional(),
      /** The light around the card. */
      glow: Colour.optional(),
    })
    .superRefine(({ accent, glow }, context) => {
      const judge = (path: string, pairs: readonly (readonly [string, string])[]) => {
        const least = Math.min(...pairs.map(([text, ground]) => contrast(text, ground)));
        if (least >= ENOUGH) return;
        const message = `text has a contrast of ${least.toFixed(1)} in the ${scheme} scheme, and ${ENOUGH} is needed`;
        context.addIssue({ code: "custom", path: [path], message });
      };
      if (accent)
        judge("accent", [
          [accent, surface],
          [accent, floor],
          [accent, mix(accent, surface, tint)],
        ]);
      if (glow)
        judge("glow", [
          [ink, mix(glow, floor, beam)],
          [ink, mix(glow, surface, 0.45)],
          [muted, mix(glow, surface, 0.16)],
        ]);
    });
}

/** One line of plain text; nothing that turns the line around or hides in it. */
const Line = (longest: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .regex(/^[^\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]*$/u, "must be one line of plain text");

const Words = z
  .strictObject({
    /** Stands above the ways to sign in. */
    welcome: Line(200).optional(),
    /** Stands at the foot of every page: an address or a number where people get help. */
    help: Line(100).optional(),
  })
  .optional();

export const Theme = z.strictObject({
  light: colours("light").optional(),
  dark: colours("dark").optional(),
  texts: z.strictObject({ en: Words, de: Words } satisfies Record<Locale, typeof Words>).optional(),
});
export type Theme = z.infer<typeof Theme>;
