import type { Child } from "hono/jsx";

interface Props {
  readonly label: string;
  readonly columns: readonly string[];
  readonly rows: readonly {
    readonly id: string;
    /** Id of the row itself, where other pages lead to it. */
    readonly at?: string;
    /** The name of the row, and where it leads. */
    readonly name: Child;
    readonly href?: string;
    readonly cells: readonly Child[];
  }[];
}

/** A list of records, one a row. The roles are said because a phone stacks the rows, which hides them. */
export function List({ label, columns, rows }: Props) {
  return (
    <table class="list stack" role="table" aria-label={label}>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((title) => (
            <th role="columnheader" scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map(({ id, at, name, href, cells }) => (
          <tr role="row" id={at}>
            <th role="rowheader" scope="row">
              {href === undefined ? (
                <bdi>{name}</bdi>
              ) : (
                <a id={`row-${id}`} href={href} data-row="">
                  <bdi>{name}</bdi>
                </a>
              )}
            </th>
            {cells.map((cell, index) => (
              <td role="cell" data-title={columns[index + 1]}>
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
