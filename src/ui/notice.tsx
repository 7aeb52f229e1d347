import { Icon } from "./glyph.tsx";

export interface Said {
  readonly title: string;
  readonly detail?: string;
  readonly good?: boolean;
}

/** What the person should know: what was just done, or what went wrong. It is read aloud first, unless it stands at its place in the page. */
export function Notice({ title, detail, good = false, inPlace = false }: Said & { inPlace?: boolean }) {
  return (
    <div class={good ? "notice good" : "notice"} role={inPlace ? undefined : "status"}>
      <Icon of={good ? "done" : "alert"} />
      <div>
        <p class="notice-title">{title}</p>
        {detail && <p>{detail}</p>}
      </div>
    </div>
  );
}
