import { href } from "./href.ts";
import { Say } from "./say.tsx";
import type { Text } from "./text/en.ts";
import { Time } from "./time.tsx";

export interface BrowserRow {
  readonly id: string;
  /** Empty where it does not say what it is. */
  readonly browser: string;
  readonly connection: string;
  readonly auth_time: number;
  readonly active_time: number;
  readonly ip_address: string;
  /** It is the one that shows this page. */
  readonly here: boolean;
}

/** Where a person is signed in, with a button that ends each, and one for all. */
export function Browsers({ rows, base, text }: { rows: readonly BrowserRow[]; base: string; text: Text }) {
  const { portal: words } = text;
  return (
    <>
      {rows.map(({ id, browser, connection, auth_time, active_time, ip_address, here }) => (
        <article class="app" aria-labelledby={`browser-${id}`}>
          <div class="app-words">
            <h3 id={`browser-${id}`}>
              <bdi>{browser || words.someBrowser}</bdi>
              {here && <span class="count">{words.here}</span>}
            </h3>
            <p class="quiet">
              <Say words={words.signedIn} values={{ connection }} /> <Time at={auth_time} text={text} />
            </p>
            <p class="quiet">
              {words.used} <Time at={active_time} text={text} />
              {ip_address && (
                <>
                  {" · "}
                  <bdi>{ip_address}</bdi>
                </>
              )}
            </p>
          </div>
          <form method="post" action={href(`${base}/${id}/end`)}>
            <button
              class="button"
              id={`end-${id}`}
              name="action"
              value="end"
              aria-describedby={`browser-${id}`}
            >
              {words.end}
            </button>
          </form>
        </article>
      ))}
      {rows.length > 1 && (
        <form method="post" action={href(`${base}/end`)}>
          <button class="button" id="end-all" name="action" value="end">
            {words.endAll}
          </button>
        </form>
      )}
    </>
  );
}
