import { Icon } from "./glyph.tsx";
import type { Text } from "./text/en.ts";
import { Value } from "./value.tsx";

export interface ClaimRow {
  readonly name: string;
  readonly value: unknown;
  /** The places the value passed through, the first one first; or that the protocol set it. */
  readonly origin?: "protocol" | readonly string[];
}

interface Props {
  /** Ids of the headings that name the table. */
  readonly labelledby: string;
  readonly rows: readonly ClaimRow[];
  readonly text: Text;
}

/** Claims with their values, and where it is known the path each took. The roles are said because the rows are stacked on a phone, which hides them. */
export function Claims({ labelledby, rows, text }: Props) {
  const words = text.demo;
  if (rows.length === 0) return <p class="quiet">{words.noClaims}</p>;
  const traced = rows.some(({ origin }) => placesOf(origin).length > 0);
  return (
    <table class={traced ? "claims traced" : "claims"} role="table" aria-labelledby={labelledby}>
      <thead role="rowgroup">
        <tr role="row">
          {[words.claim, words.value, ...(traced ? [words.origin] : [])].map((title) => (
            <th role="columnheader" scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map(({ name, value, origin }) => (
          <tr role="row">
            <th role="rowheader" scope="row">
              <code>{name}</code>
            </th>
            <td role="cell" class="claim-value">
              <Value name={name} value={value} text={text} />
            </td>
            {traced && (
              <td role="cell" class="claim-origin">
                <Path places={placesOf(origin)} />
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Path({ places }: { places: readonly string[] }) {
  if (places.length === 0) return <></>;
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

function placesOf(origin: ClaimRow["origin"] = []): readonly string[] {
  return origin === "protocol" ? [] : origin;
}
