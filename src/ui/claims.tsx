import { Icon } from "./glyph.tsx";
import type { Text } from "./text/en.ts";
import { Value } from "./value.tsx";

export interface ClaimRow {
  readonly name: string;
  readonly value: unknown;
  /** The places the value passed through, the first one first. */
  readonly origin?: string | readonly string[];
}

/** Claims with their values and the path each took. The roles are said because the rows are stacked on a phone, which hides them. */
export function Claims({ label, rows, text }: { label: string; rows: readonly ClaimRow[]; text: Text }) {
  if (rows.length === 0) return <p class="quiet">{text.demo.noClaims}</p>;
  return (
    <table class="claims" role="table" aria-label={label}>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">
            {text.demo.claim}
          </th>
          <th role="columnheader" scope="col">
            {text.demo.value}
          </th>
          <th role="columnheader" scope="col">
            {text.demo.origin}
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map(({ name, value, origin }) => (
          <tr role="row">
            <th role="rowheader" scope="row">
              <code>{name}</code>
            </th>
            <td role="cell" class="claim-value">
              <Value name={name} value={value} />
            </td>
            <td role="cell" class="claim-origin">
              <Origin path={origin} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Origin({ path = [] }: { path?: string | readonly string[] }) {
  const places = typeof path === "string" ? [path] : path;
  if (places.length === 0) return <span class="quiet">–</span>;
  return (
    <ol class="path">
      {places.map((place, index) => (
        <li>
          {index > 0 && <Icon of="next" size={12} />}
          <bdi>{place}</bdi>
        </li>
      ))}
    </ol>
  );
}
