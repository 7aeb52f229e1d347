import { Icon } from "./glyph.tsx";

/** What the person should know first: what was just done, or what went wrong. */
export function Notice({ title, detail, good = false }: { title: string; detail?: string; good?: boolean }) {
  return (
    <div class={good ? "notice good" : "notice"} role="status">
      <Icon of={good ? "done" : "alert"} />
      <div>
        <p class="notice-title">{title}</p>
        {detail && <p>{detail}</p>}
      </div>
    </div>
  );
}
