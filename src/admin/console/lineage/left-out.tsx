/** What there is and is not drawn, and how it is come by. */
import type { Meant } from "./meant.ts";
import { DRAWN, type Shown } from "./view.ts";

interface Props {
  readonly left: Shown["left"];
  /** Kinds of records of which there are more than were read. */
  readonly more: readonly string[];
}

export function LeftOut({ left, more }: Props) {
  const drawn = [
    ...(left.connections ? [`${DRAWN.connections} identity providers`] : []),
    ...(left.clients ? [`${DRAWN.clients} applications`] : []),
  ];
  const unread = more.filter((kind) => kind !== "connections" && kind !== "clients");
  return (
    <>
      {drawn.length > 0 && (
        <p class="field-note" id="left-out">
          There are more than can be drawn: these are {drawn.join(" and ")}. Choose another one above.
        </p>
      )}
      {unread.length > 0 && (
        <p class="field-note" id="left-unread">
          There are more {unread.join(" and ")} than can be drawn: some are left out.
        </p>
      )}
    </>
  );
}

const WHAT = { connection: "identity provider", client: "application" } as const;

/** What was typed is not an ID. */
export function Similar({
  meant: { name, typed, records },
  choose,
}: {
  meant: Meant;
  choose: (id: string) => string;
}) {
  return (
    <p class="notice" id="meant">
      <span>
        No {WHAT[name]} has the ID <bdi>{typed}</bdi>
        {records.length === 0 ? ", and no name has it in it." : ". These have it in their names:"}{" "}
        {records.map(({ id, words }, index) => (
          <>
            {index > 0 && ", "}
            <a href={choose(id)}>
              <bdi>{words}</bdi>
            </a>
          </>
        ))}
      </span>
    </p>
  );
}
