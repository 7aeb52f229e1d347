import { href } from "./href.ts";
import { Links } from "./links.tsx";
import { Say, say } from "./say.tsx";
import { type Scope, scopeLabel } from "./scope-row.tsx";
import type { Text } from "./text/en.ts";
import { Tile } from "./tile.tsx";
import { Time } from "./time.tsx";

export interface AppShown {
  readonly client: {
    readonly id: string;
    readonly name: string;
    readonly client_uri?: string;
    readonly logo_uri?: string;
  };
  readonly given_at: number;
  readonly connection: string;
  readonly granted_scopes: readonly Scope[];
  readonly claims: readonly string[];
  readonly readable_until?: number;
  /** It is not asked for. */
  readonly trusted?: boolean;
}

interface Props {
  readonly app: AppShown;
  readonly action: string;
  readonly workspace: string;
  readonly text: Text;
}

/** One app with access: since when, through what, to what; and the button that takes it back. */
export function AppAccess({ app, action, workspace, text }: Props) {
  const { portal: words, claims: names } = text;
  const { client, given_at, connection, granted_scopes, claims, readable_until, trusted } = app;
  const id = `app-${client.id}`;
  const values = { client: client.name, connection };
  return (
    <article class="app" aria-labelledby={id}>
      <Tile name={client.name} logo_uri={client.logo_uri} />
      <div class="app-words">
        <h3 id={id}>
          <bdi>{client.name}</bdi>
        </h3>
        <p class="quiet">
          <Say words={words.given} values={values} /> <Time at={given_at} text={text} />
        </p>
        <ul class="values" aria-label={say(words.allowed, values)}>
          {granted_scopes.map((scope) => (
            <li>
              <bdi>{scopeLabel(scope, text.consent)}</bdi>
            </li>
          ))}
        </ul>
        {claims.length > 0 && (
          <details>
            <summary>{words.shared}</summary>
            <ul class="values">
              {claims.map((claim) => (
                <li>
                  <bdi>{names[claim as keyof typeof names] ?? claim}</bdi>
                </li>
              ))}
            </ul>
          </details>
        )}
        {readable_until !== undefined && (
          <p class="quiet">
            {words.readable} <Time at={readable_until} text={text} />
          </p>
        )}
        {trusted && (
          <p class="quiet">
            <Say words={words.trusted} values={{ workspace }} />
          </p>
        )}
        <Links
          label={say(text.consent.links, values)}
          links={[{ id: `${id}-website`, words: text.consent.website, to: client.client_uri }]}
        />
      </div>
      <form method="post" action={href(action)}>
        <button class="button" id={`revoke-${client.id}`} name="action" value="revoke" aria-describedby={id}>
          {words.revoke}
        </button>
      </form>
    </article>
  );
}
