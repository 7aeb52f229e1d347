/** The portal and the demo. */
export const room = `
.invitation { display: grid; gap: 1.25rem; padding: 1.5rem 1.25rem; border: 1px solid color-mix(in srgb, var(--glow) 45%, var(--line)); border-radius: var(--rounder); background: linear-gradient(100deg, color-mix(in srgb, var(--glow) 16%, var(--surface)), var(--surface) 70%); box-shadow: var(--shadow); }
.invitation p { color: var(--muted); margin-top: .25rem; max-width: 38rem; }
.invitation h2 { font-size: 1.125rem; }
.ways { display: grid; gap: .25rem; }
.ways .link { justify-self: center; }
.mine { display: grid; gap: .75rem; }
.mine h2 { font-size: 1.125rem; }
.mine h2 + .quiet { margin-top: -.5rem; font-size: var(--small); }
.app { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: .75rem 1rem; padding: 1.25rem; border: 1px solid var(--line); border-radius: var(--rounder); background: var(--surface); box-shadow: var(--lift); }
.app h3 { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem .5rem; font-size: 1rem; }
.app-words { display: grid; gap: .375rem; align-content: start; min-width: 0; font-size: var(--small); }
.app-words:first-child { grid-column: 1 / 3; }
.app > form { grid-column: 1 / -1; display: grid; }
.steps { display: grid; gap: .75rem; counter-reset: step; }
.steps li { counter-increment: step; display: flex; gap: .875rem; align-items: flex-start; padding: 1rem; border: 1px solid var(--line); border-radius: var(--round); background: var(--surface); }
.steps li::before { content: counter(step); display: grid; place-items: center; flex: none; width: 1.75rem; height: 1.75rem; border-radius: 1rem 1rem .25rem .25rem; background: color-mix(in srgb, var(--glow) 28%, var(--surface)); font-size: var(--tiny); font-weight: 650; }
.options { border: 1px solid var(--line); border-radius: var(--round); background: var(--surface); padding: .25rem 1rem; }
.options > summary { color: var(--ink); }
.options[open] { padding-bottom: 1.25rem; }
.fields { display: grid; gap: 1rem; margin-top: 1rem; }
.field { display: grid; gap: .375rem; align-content: start; min-width: 0; }
.field label { font-size: var(--small); font-weight: 560; }
.field input, .field select { width: 100%; min-height: 2.875rem; padding: .5rem .75rem; border: 1px solid var(--edge); border-radius: .625rem; background: var(--surface); }
.field input:focus-visible, .field select:focus-visible { outline-offset: 0; border-color: var(--accent); }
.field-note { color: var(--muted); font-size: var(--tiny); }
.notice { display: flex; gap: .75rem; padding: .875rem 1rem; border-radius: var(--round); border: 1px solid color-mix(in srgb, var(--warn) 35%, var(--line)); background: var(--warn-tint); }
.notice .icon { color: var(--warn); margin-top: .125rem; }
.notice.good { border-color: color-mix(in srgb, var(--good) 35%, var(--line)); background: var(--good-tint); }
.notice.good .icon { color: var(--good); }
.notice-title { font-weight: 600; }
.notice p + p { font-size: var(--small); color: var(--muted); }
.toolbar { display: grid; grid-template-columns: 1fr 1fr; gap: .625rem; }
.toolbar .button { padding-inline: .75rem; }
.tabs { position: sticky; top: 0; z-index: 1; display: flex; gap: .25rem; overflow-x: auto; margin-inline: -1rem; padding: .375rem 1rem; background: var(--floor); border-bottom: 1px solid var(--line); }
.tabs a { flex: none; display: inline-flex; align-items: center; min-height: 2.75rem; padding: 0 .75rem; border-radius: .625rem; color: var(--muted); font-size: var(--small); font-weight: 560; text-decoration: none; }
.tabs a:hover { color: var(--ink); background: var(--tint); }
.tabs a:focus-visible { outline-offset: -2px; }
.token { display: grid; grid-template-columns: minmax(0, 1fr); gap: .75rem; padding: 1.25rem; border: 1px solid var(--line); border-radius: var(--rounder); background: var(--surface); box-shadow: var(--lift); }
.token h2 { font-size: 1.125rem; }
.token h2 + .quiet { margin-top: -.625rem; font-size: var(--small); }
.token details > .quiet { font-size: var(--tiny); margin-bottom: .5rem; }
.count { padding: 0 .45rem; border-radius: 1rem; background: var(--sunken); border: 1px solid var(--line); font-size: .75rem; line-height: 1.5; }
.token details { border-top: 1px solid var(--line); padding-top: .25rem; margin-bottom: -.5rem; }
.json, .raw { padding: .75rem .875rem; border-radius: .625rem; background: var(--sunken); border: 1px solid var(--line); font-size: var(--tiny); line-height: 1.6; }
.raw { word-break: break-all; color: var(--muted); }
details > .json, details > .raw { margin-bottom: .75rem; }
.claims, .claims thead, .claims tbody, .claims tr, .claims th, .claims td { display: block; }
.claims { font-size: var(--small); }
.claims thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.claims tr { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: .125rem 1rem; padding-block: .5rem; border-top: 1px solid var(--line); }
.claim-value { min-width: 0; max-width: 100%; }
.claim-origin { flex: 1 0 100%; }
.claims th { text-align: start; font-weight: 600; }
.claims tbody th { color: var(--accent); font-weight: 500; }
.claims time { color: var(--muted); white-space: nowrap; }
.claims .json { padding: .5rem .625rem; }
.values { display: flex; flex-wrap: wrap; gap: .375rem; }
.values li { padding: .0625rem .5rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--sunken); }
.path { display: flex; flex-wrap: wrap; align-items: center; gap: .125rem .25rem; color: var(--muted); font-size: var(--tiny); }
.path li { display: inline-flex; align-items: center; gap: .25rem; }
.path .icon { opacity: .7; }

@media (min-width: 40rem) {
  .invitation { grid-template-columns: 1fr auto; align-items: center; padding: 1.75rem; }
  .steps { grid-template-columns: repeat(3, 1fr); }
  .app { grid-template-columns: auto minmax(0, 1fr) auto; }
  .app > form { grid-column: 3; align-content: start; }
  .fields { grid-template-columns: 1fr 1fr; gap: 1rem 1.25rem; }
  .field:first-child { grid-column: 1 / -1; }
  .fields .actions { grid-column: 1 / -1; justify-content: start; }
  .toolbar { display: flex; flex-wrap: wrap; }
  .tabs { margin-inline: 0; padding-inline: 0; }
  .token { padding: 1.5rem 1.75rem; }
  .claims { display: table; width: 100%; table-layout: fixed; border-collapse: collapse; }
  .claims thead { display: table-header-group; position: static; clip-path: none; }
  .claims tbody { display: table-row-group; }
  .claims tr { display: table-row; border-top: 0; }
  .claims th, .claims td { display: table-cell; padding: .625rem .75rem .625rem 0; border-top: 1px solid var(--line); vertical-align: top; }
  .claims thead th { border-top: 0; padding-block: .25rem .5rem; color: var(--muted); font-size: var(--tiny); font-weight: 560; }
  .claims th:first-child { width: 24%; }
  .traced th:nth-child(2) { width: 42%; }
}
`;
