/** The console: a bar, a side with the pages of a workspace, and room for lists and long forms. */

/** Pixels that a box of Data Lineage is high: said here once, and not with each of hundreds. */
export const LINEAGE_ROW = 22;

export const desk = `
.desk { display: grid; grid-template-rows: auto 1fr; }
.skip { position: absolute; inset-inline-start: 1rem; inset-block-start: -4rem; z-index: 3; padding: .5rem 1rem; background: var(--surface); border: 1px solid var(--edge); border-radius: .5rem; }
.skip:focus { inset-block-start: .5rem; }
.top { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem 1rem; padding: .375rem max(1rem, env(safe-area-inset-right)) .375rem max(1rem, env(safe-area-inset-left)); background: var(--surface); border-bottom: 1px solid var(--line); }
.top-name { display: inline-flex; align-items: center; gap: .5rem; min-height: 2.75rem; font-weight: 640; color: var(--ink); text-decoration: none; }
.top-name .mark { color: var(--accent); }
.top-who { display: flex; align-items: center; gap: .75rem; margin-inline-start: auto; font-size: var(--small); }
.switch-workspace { position: relative; }
.switch-workspace > summary { color: var(--ink); font-weight: 560; }
.switch-workspace > ul { position: absolute; z-index: 2; min-width: 14rem; max-height: 60vh; overflow: auto; padding: .375rem; background: var(--surface); border: 1px solid var(--line); border-radius: var(--round); box-shadow: var(--shadow); }
.switch-workspace li a { display: block; padding: .5rem .75rem; border-radius: .5rem; color: var(--ink); text-decoration: none; }
.switch-workspace li a:hover { background: var(--tint); }
.with-side { display: grid; grid-template-columns: minmax(0, 1fr); grid-template-rows: auto 1fr; }
.desk main { display: grid; grid-template-columns: minmax(0, 1fr); align-content: start; gap: 1.25rem; width: 100%; max-width: 68rem; padding: 1.5rem max(1rem, env(safe-area-inset-right)) 3rem max(1rem, env(safe-area-inset-left)); }
.column { display: grid; grid-template-columns: minmax(0, 1fr); grid-template-rows: 1fr auto; }
.without-side { display: grid; }
.without-side main { max-width: 40rem; margin-inline: auto; padding-block: 3rem; }
.side { background: var(--surface); border-bottom: 1px solid var(--line); }
.side ul { display: flex; gap: .25rem; overflow-x: auto; padding: .25rem .75rem; }
.side a { display: flex; align-items: center; min-height: 2.75rem; padding: 0 .75rem; border-radius: .625rem; color: var(--muted); font-size: var(--small); font-weight: 560; text-decoration: none; white-space: nowrap; }
.side a:hover { color: var(--ink); background: var(--sunken); }
.side a[aria-current] { color: var(--accent); background: var(--tint); scroll-initial-target: nearest; }
.side a:focus-visible { outline-offset: -2px; }
.trail ol { display: flex; flex-wrap: wrap; gap: .25rem .5rem; margin-bottom: -.75rem; font-size: var(--small); }
.trail li::after { content: "/"; margin-inline-start: .5rem; color: var(--muted); }
.head { display: flex; flex-wrap: wrap; align-items: center; gap: .75rem; }
.head form { display: flex; flex-wrap: wrap; gap: .5rem; flex: 1 1 16rem; }
.head input, .head select { min-height: 2.5rem; padding: .25rem .75rem; border: 1px solid var(--edge); border-radius: .625rem; background: var(--surface); min-width: 0; flex: 1 1 8rem; max-width: 22rem; }
.top .button { flex: none; white-space: nowrap; }
.button.small { min-height: 2.25rem; padding: .25rem .75rem; font-size: var(--small); }
.desk .actions { display: flex; flex-wrap: wrap; gap: .625rem; }
.sheet { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.25rem; max-width: 42rem; }
.sheet > li { display: grid; gap: .5rem; }
.box { display: grid; grid-template-columns: minmax(0, 1fr); gap: .75rem; padding: 1.25rem; background: var(--surface); border: 1px solid var(--line); border-radius: var(--round); box-shadow: var(--lift); }
.box h2 { font-size: 1.0625rem; }
.field textarea { width: 100%; padding: .5rem .75rem; border: 1px solid var(--edge); border-radius: .625rem; background: var(--surface); color: inherit; font: .875rem/1.5 var(--mono); resize: vertical; }
.field textarea:focus-visible { outline-offset: 0; border-color: var(--accent); }
.field :disabled { background: var(--sunken); color: var(--muted); opacity: 1; }
.optional { color: var(--muted); font-weight: 400; }
.field-error { color: var(--danger); font-size: var(--small); font-weight: 560; }
.wrong input, .wrong select, .wrong textarea { border-color: var(--danger); }
.switch label, .choices label { display: flex; align-items: flex-start; gap: .75rem; min-height: 2rem; padding-block: .25rem; font-size: 1rem; font-weight: 400; cursor: pointer; }
.desk .field input[type="checkbox"] { width: 1.25rem; min-height: 0; padding: 0; border-radius: .375rem; border-width: 1.5px; }
.desk .field input[type="checkbox"]:not(:checked) { background: var(--surface); }
.desk .field input[type="checkbox"]:checked { background: var(--accent); }
.sheet legend.lead { padding: 0; margin-bottom: .75rem; }
.boxes legend { padding: 0; font-size: var(--small); font-weight: 560; }
.choices { display: grid; grid-auto-rows: max-content; gap: 0 1rem; max-height: 24rem; overflow-y: auto; overscroll-behavior: contain; }
.advanced { border-block: 1px solid var(--line); padding-block: .25rem; }
.advanced[open] { padding-bottom: 1.25rem; }
.advanced > summary { color: var(--ink); }
.copy { display: flex; gap: .5rem; }
.copy input { font-family: var(--mono); font-size: var(--tiny); flex: 1; min-width: 0; background: var(--sunken); }
.copy .button { min-height: 2.875rem; }
.tabs.plain { position: static; }
.tabs a[aria-current] { color: var(--accent); background: var(--tint); scroll-initial-target: nearest; }
.list { width: 100%; border-collapse: separate; border-spacing: 0; background: var(--surface); border: 1px solid var(--line); border-radius: var(--round); font-size: var(--small); }
.list th, .list td { padding: .625rem .875rem; text-align: start; vertical-align: top; border-top: 1px solid var(--line); }
.list thead th { border-top: 0; color: var(--muted); font-size: var(--tiny); font-weight: 560; }
.list.stack thead th, .list.stack .button { white-space: nowrap; }
.list tbody th { font-weight: 560; }
.list a:not(.button) { display: inline-block; }
.list time, .list th code[title] { white-space: nowrap; }
.list tr:has(a:focus-visible) { background: var(--tint); }
.scroll { overflow-x: auto; }
.pill { display: inline-block; padding: .0625rem .5rem; border: 1px solid var(--line); border-radius: 1rem; background: var(--sunken); font-size: .75rem; white-space: nowrap; }
.pill.good { color: var(--good); background: var(--good-tint); border-color: transparent; }
.pill.warn { color: var(--warn); background: var(--warn-tint); border-color: transparent; }
.pills { display: flex; flex-wrap: wrap; gap: .25rem; }
.empty { padding: 2rem 1.25rem; text-align: center; border: 1px dashed var(--edge); border-radius: var(--round); color: var(--muted); }
.empty .button { margin-top: .75rem; }
.pairs { display: grid; gap: .5rem; font-size: var(--small); }
.pairs > div { display: grid; grid-template-columns: minmax(7rem, 12rem) minmax(0, 1fr); gap: .25rem 1rem; }
.pairs dt { color: var(--muted); }
.pairs dd { min-width: 0; overflow-wrap: anywhere; }
.danger-zone { max-width: 42rem; margin-top: 1rem; padding-top: 1rem; border-top: 1px solid var(--line); }
.keys { font-size: var(--small); }
.keys dl { display: grid; gap: .25rem; padding-block: .25rem .75rem; }
.keys dl > div { display: flex; gap: .75rem; }
.keys dt { min-width: 2rem; }
kbd { padding: .0625rem .375rem; border: 1px solid var(--edge); border-radius: .3rem; font: .8125rem var(--mono); background: var(--sunken); }
.templates { display: grid; gap: .625rem; }
.template { display: flex; align-items: flex-start; gap: .875rem; padding: .875rem; border: 1px solid var(--line); border-radius: var(--round); background: var(--surface); cursor: pointer; }
.template:hover { border-color: var(--accent); }
.template:has(:checked) { border-color: var(--accent); background: var(--tint); }
.template input { margin: .25rem 0 0; accent-color: var(--accent); width: 1.125rem; height: 1.125rem; flex: none; }
.template-name { font-weight: 570; display: block; }
.todo { display: grid; gap: .75rem; counter-reset: todo; }
.todo > li { counter-increment: todo; display: grid; grid-template-columns: auto minmax(0, 1fr); gap: .25rem 1rem; padding: 1.25rem; background: var(--surface); border: 1px solid var(--line); border-radius: var(--round); }
.todo > li::before { content: counter(todo); display: grid; place-items: center; width: 2rem; height: 2rem; border-radius: 50%; background: var(--sunken); border: 1px solid var(--line); font-weight: 620; font-size: var(--small); }
.todo > li.done::before { content: "✓"; color: var(--good); background: var(--good-tint); border-color: transparent; }
.todo > li > div { display: grid; gap: .5rem; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .75rem; }
.figure { padding: 1rem; background: var(--surface); border: 1px solid var(--line); border-radius: var(--round); }
.figure strong { display: block; font-size: 1.75rem; letter-spacing: -.02em; line-height: 1.2; }
.figure span { color: var(--muted); font-size: var(--small); }
.chart { width: 100%; height: auto; overflow: visible; }
.chart text { fill: var(--muted); font: 11px var(--sans); }
@media (max-width: 39.99rem) { .chart text { font-size: 22px; } .chart .between { display: none; } }
.chart line { stroke: var(--line); }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; font-size: var(--small); }
.legend li { display: flex; align-items: center; gap: .5rem; }
.s0 { fill: #17594a; } .s1 { fill: #c98414; } .s2 { fill: #4a6fa5; } .s3 { fill: #7a4d8c; } .s4 { fill: #4f8a3c; } .s5 { fill: #6d7773; } .bad { fill: #b3392f; }
@media (prefers-color-scheme: dark) { .s0 { fill: #7cd6b7; } .s1 { fill: #f4c272; } .s2 { fill: #8fb4ea; } .s3 { fill: #c9a0dc; } .s4 { fill: #a5d88f; } .s5 { fill: #a0aaa4; } .bad { fill: #f2877d; } }
.lineage { width: 100%; min-width: 58rem; height: auto; font: 13px var(--sans); }
.lineage .column { fill: var(--muted); font-weight: 560; }
.lineage a { text-decoration: none; cursor: pointer; }
.lineage rect { height: ${LINEAGE_ROW}px; rx: 6px; fill: var(--surface); stroke: var(--edge); }
.lineage [data-node] text { fill: var(--ink); }
.lineage [data-node] .tag { fill: var(--muted); font-size: 11px; text-anchor: end; }
.lineage .dead rect { stroke: var(--warn); stroke-dasharray: 4 3; }
.lineage .dead .tag { fill: var(--warn); }
.lineage .off rect { fill: var(--sunken); }
.lineage .off text { fill: var(--muted); }
.lineage path { fill: none; stroke: var(--edge); stroke-width: 5; stroke-opacity: .3; }
.lineage [data-edge].dead path { stroke: var(--warn); stroke-dasharray: 8 5; }
.lineage [data-edge]:is(:hover, :focus-visible, .on) path { stroke: var(--accent); stroke-opacity: .75; }
.lineage [data-node]:is(:hover, :focus-visible) rect { stroke: var(--accent); stroke-width: 2; }
.lineage [data-node].on rect { stroke: var(--accent); fill: var(--tint); }
.lineage.lit a:not(.on, :hover, :focus-visible) { opacity: .35; }
.lineage a:focus-visible { outline: none; }
.desk main:has(.lineage) { max-width: 100rem; }
.scroll.wide { padding: .75rem; background: var(--surface); border: 1px solid var(--line); border-radius: var(--round); }
.past { height: 0; }
.past a:not(:focus-visible) { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.lineage-steps { font-size: var(--small); }
.lineage-filters { display: flex; flex-wrap: wrap; gap: .75rem 1.25rem; }
.lineage-filters .field { flex: 1 1 12rem; max-width: 22rem; }
.marks { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; font-size: var(--small); color: var(--muted); }
figure.box { margin: 0; }
.attention { display: flex; flex-wrap: wrap; align-items: center; gap: .75rem; }
.attention .notice { flex: 1 1 20rem; }
.findings { display: grid; gap: .75rem; }
.findings li { display: grid; gap: .25rem; padding-top: .75rem; border-top: 1px solid var(--line); font-size: var(--small); }
.numbered { counter-reset: step; }
.events { display: grid; gap: .625rem; }
.event { padding: .875rem 1rem; background: var(--surface); border: 1px solid var(--line); border-radius: var(--round); display: grid; gap: .5rem; }
.event-head { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .25rem 1rem; }
.event-head time { color: var(--muted); font-size: var(--small); }
.filters { grid-template-columns: repeat(auto-fill, minmax(12rem, 1fr)); margin-top: 0; padding: 1rem; background: var(--surface); border: 1px solid var(--line); border-radius: var(--round); align-items: end; }
.filters .field:first-child { grid-column: auto; }
.filters .actions { grid-column: 1 / -1; margin-top: 0; }
.colour { display: block; width: 100%; max-width: 12rem; height: 1.25rem; margin-top: -.75rem; border: 1px solid var(--edge); border-radius: .375rem; }
.swatch { width: .75rem; height: .75rem; border-radius: .2rem; }
textarea.code, pre.code, .code-box pre { font: 400 .875rem/1.5 var(--mono); tab-size: 2; }
pre.code { padding: .75rem .875rem; overflow: auto; max-height: 24rem; background: var(--sunken); border: 1px solid var(--line); border-radius: var(--round); white-space: pre-wrap; overflow-wrap: anywhere; }
textarea.code { white-space: pre-wrap; overflow-wrap: break-word; }
.code-box { position: relative; }
.code-box pre { position: absolute; inset: 0; margin: 0; padding: .625rem .75rem; border: 1px solid transparent; overflow: hidden; white-space: pre-wrap; overflow-wrap: break-word; background: var(--surface); border-radius: .5rem; pointer-events: none; color: var(--ink); }
.code-box textarea.code { position: relative; display: block; width: 100%; background: transparent; color: transparent; caret-color: var(--ink); padding: .625rem .75rem; }
.code-box textarea.code::selection { background: color-mix(in srgb, var(--accent) 30%, transparent); color: transparent; }
.code-c { color: var(--muted); }
.code-s { color: var(--good); }
.code-k { color: var(--accent); font-weight: 570; }
.code-n { color: var(--warn); }
@media (forced-colors: active) { .code-box pre { display: none; } .code-box textarea.code { color: CanvasText; background: Canvas; } }
@media (min-width: 40rem) {
  .choices { grid-template-columns: repeat(auto-fill, minmax(14rem, 1fr)); }
  .templates { grid-template-columns: 1fr 1fr; }
}
@media (min-width: 60rem) {
  .with-side { grid-template-columns: 14rem minmax(0, 1fr); grid-template-rows: minmax(0, 1fr); }
  .side { border-bottom: 0; border-inline-end: 1px solid var(--line); }
  .side ul { display: grid; gap: .125rem; position: sticky; top: 0; max-height: 100vh; overflow: auto; padding: 1.25rem .75rem; }
  .side a { min-height: 2.25rem; }
  .desk main { padding: 2rem 2.5rem 4rem; }
}
@media (max-width: 39.99rem) {
  .top-name:has(~ .switch-workspace) span { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .top { flex-wrap: nowrap; }
  .switch-workspace, .top-who .quiet { min-width: 0; }
  .top-who { flex-shrink: 1000; min-width: 8rem; }
  .top-who .quiet { white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
  .keys { display: none; }
  .list.stack thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .list.stack, .list.stack tbody, .list.stack tr, .list.stack th, .list.stack td { display: block; }
  .list.stack tr { padding: .75rem .875rem; border-top: 1px solid var(--line); }
  .list.stack tr:first-child { border-top: 0; }
  .list.stack th, .list.stack td { padding: .125rem 0; border: 0; }
  .list.stack td:has(> .button, > form) { padding-block: .375rem .25rem; }
  .list.stack td[data-title]:not(:has(> .button, > form))::before { content: attr(data-title) ": "; color: var(--muted); }
  .list.stack td > .pills { display: inline-flex; }
  .pairs > div { grid-template-columns: 1fr; }
  .event .pairs > div { display: block; }
  .event .pairs :is(dt, dd) { display: inline; }
  .event .pairs dt::after { content: ": "; }
}
`;
