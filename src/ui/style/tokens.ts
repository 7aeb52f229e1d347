import { PAGE } from "../../config/theme.ts";

/** Every colour, size and curve. A workspace's theme sets `--accent`, `--accent-ink` and `--glow`, and nothing else. */
export const tokens = `
:root {
  color-scheme: light dark;
  --floor: ${PAGE.light.floor};
  --surface: ${PAGE.light.surface};
  --sunken: #f6f7f4;
  --ink: ${PAGE.light.ink};
  --muted: ${PAGE.light.muted};
  --line: #dfe2dc;
  --edge: #858d87;
  --accent: #17594a;
  --accent-ink: #ffffff;
  --tint: color-mix(in srgb, var(--accent) ${PAGE.light.tint * 100}%, var(--surface));
  --glow: #eeb04f;
  --beam: color-mix(in srgb, var(--glow) ${PAGE.light.beam * 100}%, var(--floor));
  --dusk: color-mix(in srgb, var(--glow) 10%, var(--floor));
  --arch: color-mix(in srgb, var(--glow) 55%, var(--line));
  --warn: #8f4708;
  --warn-tint: #fcf1e2;
  --danger: #a3271f;
  --danger-tint: #fbeceb;
  --good: #17653f;
  --good-tint: #e6f3ea;
  --shadow: 0 1px 2px rgb(22 40 32 / .05), 0 12px 40px -12px rgb(22 40 32 / .18);
  --lift: 0 1px 2px rgb(22 40 32 / .08);
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif;
  --mono: ui-monospace, SFMono-Regular, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace;
  --small: .875rem;
  --tiny: .8125rem;
  --round: .75rem;
  --rounder: 1.25rem;
  --quick: 140ms cubic-bezier(.2, .6, .3, 1);
}
@media (prefers-color-scheme: dark) {
  :root {
    --floor: ${PAGE.dark.floor};
    --surface: ${PAGE.dark.surface};
    --sunken: #111514;
    --ink: ${PAGE.dark.ink};
    --muted: ${PAGE.dark.muted};
    --line: #2a312e;
    --edge: #75807a;
    --accent: #7cd6b7;
    --accent-ink: #06251c;
    --tint: color-mix(in srgb, var(--accent) ${PAGE.dark.tint * 100}%, var(--surface));
    --beam: color-mix(in srgb, var(--glow) ${PAGE.dark.beam * 100}%, var(--floor));
    --dusk: color-mix(in srgb, var(--glow) 6%, var(--floor));
    --arch: color-mix(in srgb, var(--glow) 38%, var(--line));
    --warn: #f4b978;
    --warn-tint: #2c2013;
    --danger: #f2a29b;
    --danger-tint: #2e1715;
    --good: #7fd6a3;
    --good-tint: #14271c;
    --shadow: 0 1px 0 rgb(255 255 255 / .04) inset, 0 16px 48px -12px rgb(0 0 0 / .6);
    --lift: 0 1px 0 rgb(255 255 255 / .05) inset;
  }
}
`;
