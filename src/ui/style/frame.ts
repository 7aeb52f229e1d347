/** The two kinds of page: a card in a doorway, and a room. The arch is the light that falls out of an open door. */
export const frame = `
.card { display: grid; grid-template-rows: 1fr auto; justify-items: center; padding: 0 max(1rem, env(safe-area-inset-right)) 0 max(1rem, env(safe-area-inset-left)); overflow-x: clip; }
.doorway { position: relative; isolation: isolate; width: 100%; max-width: 27rem; padding-block: 3.25rem 2rem; align-self: start; }
.doorway::before {
  content: "";
  position: absolute;
  z-index: -1;
  inset-block: 1.25rem 0;
  inset-inline: -.5rem;
  border-radius: 50vmax 50vmax 0 0;
  border: 1px solid var(--arch);
  border-bottom: 0;
  background: linear-gradient(var(--beam), var(--dusk) 14rem, var(--floor) 26rem);
  mask-image: linear-gradient(#000 12rem, transparent 26rem);
}
.sign { display: grid; justify-items: center; gap: .625rem; padding: 0 2rem 1.5rem; text-align: center; }
.sign-name { font-weight: 600; letter-spacing: -.008em; max-width: 18rem; line-height: 1.35; }
.sign > .mark { color: var(--accent); }
.panel { --side: 1.25rem; display: grid; gap: 1rem; padding: 1.5rem var(--side) 1.75rem; background: var(--surface); border: 1px solid var(--line); border-radius: var(--rounder); box-shadow: var(--shadow); }
.panel > h1 + .lead { margin-top: -.625rem; }
.foot { display: flex; flex-wrap: wrap; justify-content: center; gap: .25rem 1rem; width: 100%; padding: 1rem 0 max(1.5rem, env(safe-area-inset-bottom)); text-align: center; color: var(--muted); font-size: var(--tiny); }
.foot-product { display: inline-flex; align-items: center; gap: .4rem; font-weight: 550; }
.foot-help { flex-basis: 100%; order: -1; }
.foot-request { font-size: .6875rem; line-height: 1.9; letter-spacing: -.01em; }
.foot-request bdi { font-family: var(--mono); }

.room { display: grid; grid-template-rows: auto 1fr auto; }
.bar { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .5rem 1rem; padding: .75rem max(1rem, env(safe-area-inset-right), calc(50% - 30rem)) .75rem max(1rem, env(safe-area-inset-left), calc(50% - 30rem)); border-bottom: 1px solid var(--line); background: var(--surface); }
.bar-name { display: inline-flex; align-items: center; gap: .75rem; font-weight: 600; min-width: 0; }
.bar-aside { color: var(--muted); font-size: var(--small); }
.bar-aside strong { color: var(--ink); }
.wide { display: grid; grid-template-columns: minmax(0, 1fr); align-content: start; gap: 1.25rem; width: 100%; max-width: 62rem; margin-inline: auto; padding: 2rem max(1rem, env(safe-area-inset-right)) 3rem max(1rem, env(safe-area-inset-left)); }
.hero { display: grid; gap: .75rem; max-width: 42rem; padding-block: .5rem .75rem; }
.hero h1 { font-size: clamp(1.75rem, 1.45rem + 1.6vw, 2.375rem); letter-spacing: -.028em; line-height: 1.14; }
.hero .button { margin-top: .5rem; }

@media (max-width: 40rem) and (max-height: 46rem) {
  .doorway { padding-block: 2rem 1.5rem; }
  .doorway::before { inset-block-start: .5rem; }
  .sign { gap: .5rem; padding-bottom: 1.125rem; }
}
@media (min-width: 40rem) {
  .doorway { max-width: 36rem; padding: 5.5rem 4.25rem 3rem; margin-top: clamp(0rem, 8vh - 2rem, 5rem); }
  .doorway::before { inset-block: 1.5rem 0; inset-inline: 0; mask-image: linear-gradient(#000 18rem, transparent 38rem); background: linear-gradient(var(--beam), var(--dusk) 20rem, var(--floor) 38rem); }
  .foot-request { font-size: .75rem; }
  .panel { --side: 2rem; padding-block: 2rem; }
  .wide { padding-block: 3rem 4rem; gap: 1.5rem; }
}
`;
