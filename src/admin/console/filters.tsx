/** What a long list is narrowed by: a field for each of the API's filters. */
import type { Child } from "hono/jsx";

interface Narrowing {
  /** Filter → what it is called. */
  readonly words: Readonly<Record<string, string>>;
  readonly asked: Readonly<Record<string, string>>;
  readonly button?: { readonly id: string; readonly label: string };
  /** Fields of other kinds, which come first. */
  readonly children?: Child;
}

export function Filters({ words, asked, button = { id: "find", label: "Find" }, children }: Narrowing) {
  return (
    <form method="get" role="search" class="fields filters">
      {children}
      {Object.entries(words).map(([name, label]) => (
        <div class="field">
          <label for={name}>{label}</label>
          <input id={name} name={name} value={asked[name] ?? ""} autocomplete="off" spellcheck={false} />
        </div>
      ))}
      <p class="actions">
        <button class="button" id={button.id}>
          {button.label}
        </button>
        <a class="button" id="clear" href="?">
          Show all
        </a>
      </p>
    </form>
  );
}
