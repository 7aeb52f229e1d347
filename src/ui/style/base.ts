/** What elements look like wherever they stand. */
export const base = `
*, ::before, ::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-padding-top: 5rem; }
body {
  margin: 0;
  min-height: 100vh;
  min-height: 100dvh;
  background: var(--floor);
  color: var(--ink);
  font: 1rem/1.55 var(--sans);
  -webkit-font-smoothing: antialiased;
  overflow-wrap: anywhere;
}
h1, h2, h3, p, ul, ol, dl, dd, fieldset, pre { margin: 0; padding: 0; }
fieldset { border: 0; min-width: 0; }
ul, ol { list-style: none; }
h1 { font-size: 1.5rem; line-height: 1.22; font-weight: 640; letter-spacing: -.021em; text-wrap: balance; }
h2 { font-size: 1rem; line-height: 1.4; font-weight: 620; letter-spacing: -.008em; }
strong { font-weight: 600; }
code, pre { font-family: var(--mono); font-size: .875em; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; }
svg, img { display: block; flex: none; }
a { color: var(--accent); text-underline-offset: .2em; text-decoration-thickness: 1px; }
button, input, select { font: inherit; color: inherit; }
:focus { outline: none; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; }
summary { cursor: pointer; }
::selection { background: color-mix(in srgb, var(--glow) 45%, transparent); }
/* What has the focus is not left behind the bar at the bottom. */
html:has(.decide) { scroll-padding-bottom: 6.5rem; }
.quiet { color: var(--muted); }
.lead { color: var(--muted); font-size: 1.0625rem; text-wrap: pretty; }
.lead strong { color: var(--ink); }
@media (prefers-reduced-motion: no-preference) {
  .room { scroll-behavior: smooth; }
  .button, .door, .door .icon, .scope, .link { transition: background-color var(--quick), border-color var(--quick), box-shadow var(--quick), transform var(--quick), color var(--quick); }
}
@media (forced-colors: active) {
  .button, .panel, .token, .tile { border: 1px solid; }
}
`;
