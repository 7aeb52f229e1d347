/** Small line drawings, each the paths of a 24 by 24 grid. */
const glyphs = {
  people:
    "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c0-3.6 2.9-6 6.5-6s6.5 2.4 6.5 6M16 4.3a3.5 3.5 0 0 1 0 6.4M18.2 14.6c2 .9 3.3 2.8 3.3 5.4",
  key: "M14.5 14a5 5 0 1 0-4.6-3L3 18v3h4v-2.5h2.5V16l1.6-1.6c1 .4 2.2.2 3.4-.4zM16 8h.01",
  shield: "M12 3 4.5 6v5.5c0 4.6 3.1 8 7.5 9.5 4.4-1.5 7.5-4.9 7.5-9.5V6zM9 12l2.2 2.2L15.2 10",
  next: "m9 5 7 7-7 7",
  away: "M8 16 17 7M9.5 7H17v7.5",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  alert: "M12 8v5M12 16.5v.01M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z",
  done: "m5 12.5 4.5 4.5L19 7.5",
};

export type Glyph = keyof typeof glyphs;

export function Icon({ of, size = 20 }: { of: Glyph; size?: number }) {
  return (
    <svg
      class={`icon icon-${of}`}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      aria-hidden="true"
      focusable="false"
    >
      <path
        d={glyphs[of]}
        fill="none"
        stroke="currentColor"
        stroke-width="1.75"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
