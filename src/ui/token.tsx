import type { Child } from "hono/jsx";
import { Claims, type ClaimRow } from "./claims.tsx";
import type { Text } from "./text/en.ts";

interface Props {
  readonly id: string;
  readonly title: string;
  readonly note: string;
  readonly text: Text;
  readonly rows?: readonly ClaimRow[];
  readonly header?: Readonly<Record<string, unknown>>;
  readonly raw?: string;
  /** What stands here instead of claims. */
  readonly children?: Child;
}

/** One token or answer, taken apart: its claims, and folded away its header and its very characters. */
export function Token({ id, title, note, text, rows, header, raw, children }: Props) {
  return (
    <section class="token" id={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{title}</h2>
      <p class="quiet">{note}</p>
      {children}
      {rows && <Claims label={title} rows={rows} text={text} />}
      {header && (
        <details id={`${id}-header`}>
          <summary>{text.demo.header}</summary>
          <pre class="json">{JSON.stringify(header, null, 2)}</pre>
        </details>
      )}
      {raw && (
        <details id={`${id}-raw`}>
          <summary>{text.demo.raw}</summary>
          <pre class="raw">{raw}</pre>
        </details>
      )}
    </section>
  );
}
