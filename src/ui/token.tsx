import type { Child } from "hono/jsx";
import type { Absent } from "../lineage.ts";
import { Claims, type ClaimRow } from "./claims.tsx";
import type { Text } from "./text/en.ts";

interface Props {
  readonly id: string;
  readonly title: string;
  readonly note: string;
  readonly text: Text;
  readonly rows?: readonly ClaimRow[];
  /** Claims that might have been in it, and why they are not. */
  readonly absent?: readonly { readonly name: string; readonly reason: Absent }[];
  readonly header?: Readonly<Record<string, unknown>>;
  readonly raw?: string;
  /** What stands here instead of claims. */
  readonly children?: Child;
}

/** One token or answer, taken apart: what it says of the person, and folded away the rest, to its very characters. */
export function Token({ id, title, note, text, rows, absent = [], header, raw, children }: Props) {
  const heading = `${id}-title`;
  return (
    <section class="token" id={id} aria-labelledby={heading}>
      <h2 id={heading}>{title}</h2>
      <p class="quiet">{note}</p>
      {children}
      {rows && (
        <Claims labelledby={heading} rows={rows.filter(({ origin }) => origin !== "protocol")} text={text} />
      )}
      {rows && <Protocol id={id} rows={rows.filter(({ origin }) => origin === "protocol")} text={text} />}
      {absent.length > 0 && (
        <details id={`${id}-absent`}>
          <summary>
            {text.demo.absent} <span class="count">{absent.length}</span>
          </summary>
          <ul class="values">
            {absent.map(({ name, reason }) => (
              <li>
                <code>{name}</code>: {text.demo.reasons[reason]}
              </li>
            ))}
          </ul>
        </details>
      )}
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

function Protocol({ id, rows, text }: Pick<Props, "id" | "text"> & { rows: readonly ClaimRow[] }) {
  if (rows.length === 0) return <></>;
  const name = `${id}-protocol-name`;
  return (
    <details id={`${id}-protocol`}>
      <summary>
        <span id={name}>{text.demo.protocol}</span> <span class="count">{rows.length}</span>
      </summary>
      <p class="quiet">{text.demo.protocolNote}</p>
      <Claims labelledby={`${id}-title ${name}`} rows={rows} text={text} />
    </details>
  );
}
