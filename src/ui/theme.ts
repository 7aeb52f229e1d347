/** The style sheet of a workspace's theme: three variables a scheme, and nothing else. */
import { contrast } from "../config/contrast.ts";
import type { Theme } from "../config/theme.ts";
import { fingerprint } from "../config/fingerprint.ts";

/** @returns undefined where the theme has no colours */
export function themeSheet({ light, dark }: Theme): string | undefined {
  const sheet = [scheme(light), dark && `@media (prefers-color-scheme: dark) {\n${scheme(dark)}}\n`].join("");
  return sheet || undefined;
}

/** Under the issuer. It changes with its content. */
export function themePath(sheet: string): string {
  return `/assets/theme.${fingerprint(sheet)}.css`;
}

function scheme(colours: Theme["light"]): string {
  const { accent, glow } = colours ?? {};
  const variables = [
    ...(accent ? [`--accent: ${accent};`, `--accent-ink: ${readableOn(accent)};`] : []),
    ...(glow ? [`--glow: ${glow};`] : []),
  ];
  return variables.length > 0 ? `:root { ${variables.join(" ")} }\n` : "";
}

/** One of the two always has a contrast of at least 4.58. */
function readableOn(ground: string): string {
  return contrast("#ffffff", ground) >= contrast("#000000", ground) ? "#ffffff" : "#000000";
}
