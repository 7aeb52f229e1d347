import { href } from "./href.ts";
import { Say, say } from "./say.tsx";
import type { Text } from "./text/en.ts";
import { Tile } from "./tile.tsx";
import { Time } from "./time.tsx";

export interface WaysShown {
  /** The first is the person's own; the others were linked. */
  readonly known: readonly {
    readonly id: string;
    readonly connection: string;
    /** As the person is called there. */
    readonly name?: string;
    /** Absent for what cannot be removed. */
    readonly linked_at?: number;
  }[];
  readonly addable: readonly { readonly id: string; readonly name: string }[];
}

/** How a person signs in, with a button that removes each way that was added, and one that adds each that can be. */
export function Ways({ ways, base, text }: { ways: WaysShown; base: string; text: Text }) {
  const { portal: words } = text;
  return (
    <>
      {ways.known.map(({ id, connection, name, linked_at }) => (
        <article class="app" aria-labelledby={`way-${id}`}>
          <Tile name={connection} glyph="key" />
          <div class="app-words">
            <h3 id={`way-${id}`}>
              <bdi>{connection}</bdi>
            </h3>
            <p class="quiet">
              {linked_at === undefined ? (
                words.firstWay
              ) : (
                <>
                  {name && (
                    <>
                      <bdi>{name}</bdi>
                      {" · "}
                    </>
                  )}
                  {words.added} <Time at={linked_at} text={text} />
                </>
              )}
            </p>
          </div>
          {linked_at !== undefined && (
            <form method="post" action={href(`${base}/${id}/remove`)}>
              <button
                class="button"
                id={`remove-${id}`}
                name="action"
                value="remove"
                aria-label={say(words.removeWay, { connection })}
              >
                {words.remove}
              </button>
            </form>
          )}
        </article>
      ))}
      {ways.addable.map(({ id, name }) => (
        <form method="post" action={href(`${base}/${id}/add`)}>
          <button class="button" id={`add-${id}`} name="action" value="add">
            <Say words={words.addWay} values={{ connection: name }} />
          </button>
        </form>
      ))}
    </>
  );
}
