const escapes: { readonly [character: string]: string } = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

export const escape = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => escapes[character] ?? "");

/** The hosted pages of the pool: plain HTML that needs no script, readable on a phone. */
export const page = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<style>
:root { color-scheme: light dark; --back: #f2f3f3; --card: #fff; --text: #16191f; --soft: #545b64; --line: #8d99a8; --act: #0a5cad; --on-act: #fff; --bad: #b3221a }
@media (prefers-color-scheme: dark) { :root { --back: #0f141a; --card: #1b232d; --text: #e9ebed; --soft: #b6bec9; --line: #7d8998; --act: #539fe5; --on-act: #0f141a; --bad: #ff8f86 } }
* { box-sizing: border-box }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem; background: var(--back); color: var(--text); font: 1rem/1.5 system-ui, sans-serif }
main { width: 100%; max-width: 25rem; padding: 2rem 1.75rem; background: var(--card); border: 1px solid color-mix(in srgb, var(--line) 40%, transparent); border-radius: 0.75rem }
h1 { margin: 0 0 0.25rem; font-size: 1.4rem; line-height: 1.25 }
p { margin: 0 0 1.25rem; color: var(--soft) }
p[role=alert] { color: var(--bad); font-weight: 600 }
label { display: block; margin-bottom: 0.3rem; font-weight: 600 }
input { width: 100%; min-height: 2.9rem; margin-bottom: 1.1rem; padding: 0.5rem 0.75rem; border: 1px solid var(--line); border-radius: 0.4rem; background: transparent; color: inherit; font: inherit }
button { width: 100%; min-height: 2.9rem; border: 0; border-radius: 0.4rem; background: var(--act); color: var(--on-act); font: inherit; font-weight: 600; cursor: pointer }
:focus-visible { outline: 3px solid var(--act); outline-offset: 2px }
</style>
</head>
<body><main>
${body}
</main></body>
</html>
`;
