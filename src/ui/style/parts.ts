/** Buttons, tiles, doors, scopes and the other parts of the cards. */
export const parts = `
.button {
  display: inline-flex; align-items: center; justify-content: center; text-align: center;
  min-height: 2.875rem; padding: .5rem 1.125rem;
  border: 1px solid var(--edge); border-radius: var(--round);
  background: var(--surface); color: var(--ink);
  font-weight: 580; line-height: 1.25; text-decoration: none; cursor: pointer; box-shadow: var(--lift);
}
.button:hover { background: var(--sunken); border-color: var(--ink); }
.button:active { transform: translateY(1px); }
.button.primary { background: var(--accent); border-color: var(--accent); color: var(--accent-ink); font-weight: 620; letter-spacing: .018em; }
.button.primary:hover { background: color-mix(in srgb, var(--accent) 88%, var(--ink)); border-color: transparent; }
.button.danger { color: var(--danger); border-color: var(--danger); }
.button.danger:hover { background: var(--danger-tint); border-color: var(--danger); }
.button.large { min-height: 3.25rem; padding-inline: 1.75rem; }
.actions { display: grid; gap: .625rem; margin-top: .5rem; }
.link { display: inline-flex; align-items: center; min-height: 2.75rem; padding-inline: .25rem; color: var(--muted); font-size: var(--small); text-decoration-color: var(--edge); }
.link:hover { color: var(--ink); }
.aside { text-align: center; }
.panel > .aside { margin-bottom: -.75rem; }

.tile { display: grid; place-items: center; flex: none; grid-template: 100% / 100%; width: 2.5rem; height: 2.5rem; border-radius: .7rem; overflow: hidden; background: var(--tint); color: var(--accent); font-weight: 650; line-height: 1; }
.tile.large { width: 3.25rem; height: 3.25rem; border-radius: .9rem; font-size: 1.375rem; }
.tile img { width: 100%; height: auto; max-height: 100%; object-fit: contain; }
/* Logos are drawn for paper: a dark one is seen at night, too. */
.tile.logo, .sign > .tile.logo { background: #fff; }
.sign > .tile { width: 3rem; height: 3rem; border-radius: .875rem; font-size: 1.25rem; background: var(--surface); box-shadow: var(--shadow); }
.badge { display: grid; place-items: center; width: 3rem; height: 3rem; border-radius: 50%; color: var(--warn); background: var(--warn-tint); }
.badge.good { color: var(--good); background: var(--good-tint); }
[dir="rtl"] .icon-next, [dir="rtl"] .icon-away { transform: scaleX(-1); }

.doors { display: grid; gap: .625rem; }
.door { display: flex; align-items: center; gap: .875rem; min-height: 3.75rem; padding: .625rem .875rem .625rem .625rem; border: 1px solid var(--line); border-radius: .95rem; background: var(--surface); color: var(--ink); text-decoration: none; box-shadow: var(--lift); }
.door-name { flex: 1; min-width: 0; font-weight: 570; line-height: 1.35; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; overflow: hidden; }
.door > .icon { color: var(--muted); }
.door:hover { border-color: var(--accent); background: var(--tint); }
.door:hover > .icon { color: var(--accent); transform: translateX(2px); }
[dir="rtl"] .door:hover > .icon { transform: scaleX(-1) translateX(2px); }

.remember { display: flex; flex-wrap: wrap; align-items: center; justify-content: center; gap: 0 .75rem; margin-block: -.5rem -.75rem; font-size: var(--small); }
.remember > span { display: inline-flex; align-items: center; gap: .375rem; }
.remember .icon { color: var(--good); }
.discover { display: grid; gap: 1rem; }
.discover > .actions { margin-top: 0; }

.meeting { display: grid; grid-template-columns: auto 1fr; align-items: start; gap: .875rem; }
.meeting h1 { font-size: 1.375rem; }
.scopes legend { padding: 0; font-weight: 620; margin-bottom: .5rem; }
.scope { border: 1px solid var(--line); border-bottom-width: 0; background: var(--surface); }
.scope:first-of-type { border-radius: var(--round) var(--round) 0 0; }
.scope:last-of-type { border-radius: 0 0 var(--round) var(--round); border-bottom-width: 1px; }
.scope:first-of-type:last-of-type { border-radius: var(--round); }
.scope:not(.fixed):hover { background: var(--sunken); }
.scope label { display: flex; align-items: flex-start; gap: .75rem; min-height: 2.75rem; padding: .5rem .875rem; cursor: pointer; }
.scope.fixed label { cursor: default; }
.scope > .scope-words { padding: .5rem .875rem; }
.scope .count { white-space: nowrap; }
.scopes + p, .scopes ~ p.quiet { margin-top: .75rem; }
.scope-words { display: grid; min-width: 0; }
.scope-name { font-weight: 540; line-height: 1.375; }
.scope-note { color: var(--muted); font-size: var(--tiny); line-height: 1.4; }
.scope .shared { padding-block: 0 .5rem; padding-inline: 2.875rem .875rem; margin-top: -.25rem; }
input[type="checkbox"] { appearance: none; flex: none; display: grid; place-items: center; width: 1.25rem; height: 1.25rem; margin: .0625rem 0 0; border: 1.5px solid var(--edge); border-radius: .375rem; background: var(--surface); cursor: inherit; }
input[type="checkbox"]::before { content: ""; width: .625rem; height: .375rem; margin-top: -.1875rem; border: solid var(--accent-ink); border-width: 0 0 2px 2px; transform: rotate(-45deg); opacity: 0; }
input[type="checkbox"]:checked { background: var(--accent); border-color: var(--accent); }
input[type="checkbox"]:checked::before { opacity: 1; }
input[type="checkbox"]:disabled { background: var(--edge); border-color: var(--edge); }
input[type="checkbox"]:disabled::before { border-color: var(--surface); }
input[type="radio"] { flex: none; width: 1.25rem; height: 1.25rem; margin: .0625rem 0 0; accent-color: var(--accent); }
@media (forced-colors: active) { input[type="checkbox"] { appearance: auto; } }
.shared { display: grid; gap: .25rem; font-size: var(--small); }
.shared > div { display: flex; flex-wrap: wrap; gap: 0 .5rem; }
.shared dt { color: var(--muted); }
.shared dd { font-weight: 540; min-width: 0; }
.always { display: grid; gap: .375rem; margin-top: 1rem; padding: .875rem; border-radius: var(--round); background: var(--sunken); border: 1px solid var(--line); }
.always .quiet { font-size: var(--small); }
.note { padding: .75rem .875rem; border-radius: var(--round); background: var(--sunken); border: 1px solid var(--line); color: var(--muted); font-size: var(--small); }
form > .note { margin-top: .75rem; }
form > .actions { margin-top: 1.25rem; }
.decide { z-index: 1; grid-template-columns: 1fr auto; margin: 1.25rem calc(-1 * var(--side)) -1.75rem; padding: .75rem var(--side) max(.75rem, env(safe-area-inset-bottom)); border-top: 1px solid var(--line); background: var(--surface); }
form > .decide { margin-top: 1rem; }
.panel:has(.decide) { overflow: clip; }
@media (min-height: 24rem) { .decide { position: sticky; bottom: 0; } }
.going { display: flex; gap: .5rem; align-items: flex-start; color: var(--muted); font-size: var(--small); }
.going .icon { margin-top: .2rem; }
.going strong { color: var(--ink); }
.links { display: flex; flex-wrap: wrap; gap: 0 1rem; margin-block: -.75rem; }

.next { display: grid; gap: .5rem; margin-top: -.5rem; }
.next li { display: grid; grid-template-columns: auto 1fr; gap: .625rem; }
.next li::before { content: ""; width: .375rem; height: .375rem; margin-top: .6em; border-radius: 50%; background: var(--glow); }
details > summary { display: flex; align-items: center; gap: .5rem; min-height: 2.75rem; color: var(--muted); font-size: var(--small); font-weight: 540; border-radius: .5rem; list-style: none; }
summary::-webkit-details-marker { display: none; }
summary::before { content: ""; width: .4rem; height: .4rem; margin-inline: .2rem; border: solid currentColor; border-width: 0 1.5px 1.5px 0; transform: rotate(-45deg); }
[dir="rtl"] summary::before { transform: rotate(135deg); }
details[open] > summary::before { transform: rotate(45deg); }
summary:hover { color: var(--ink); }
.panel > details { margin-block: .25rem -.75rem; border-top: 1px solid var(--line); padding-top: .5rem; }
.facts { display: grid; gap: .375rem; padding: .25rem 0 .75rem; font-size: var(--tiny); }
.facts > div { display: grid; grid-template-columns: 5rem minmax(0, 1fr); gap: .5rem; }
.facts dt { color: var(--muted); }
.facts dd { font-family: var(--mono); font-size: .75rem; line-height: 1.7; }

@media (min-width: 40rem) {
  .panel .actions { display: flex; flex-wrap: wrap; }
  .panel .actions > .button { flex: 1 1 auto; }
  .meeting { gap: 1rem; }
}
`;
