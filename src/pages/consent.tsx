import { Card } from "../ui/card.tsx";
import { Icon } from "../ui/glyph.tsx";
import { host, href } from "../ui/href.ts";
import type { Frame } from "../ui/layout.tsx";
import { Links } from "../ui/links.tsx";
import { Say, say } from "../ui/say.tsx";
import { ScopeRow, type Scope } from "../ui/scope-row.tsx";
import { Shared, type SharedValue } from "../ui/shared.tsx";
import { Tile } from "../ui/tile.tsx";

export interface ConsentProps {
  readonly frame: Frame;
  readonly client: {
    readonly name: string;
    readonly logo_uri?: string;
    readonly client_uri?: string;
    readonly policy_uri?: string;
    readonly tos_uri?: string;
  };
  /** Its host is shown: where the browser really goes, whatever the client calls itself. */
  readonly redirect_uri: string;
  readonly person: string;
  readonly action: string;
  readonly handle: string;
  readonly scopes: readonly Scope[];
  /** What every app of the workspace gets. */
  readonly always?: readonly SharedValue[];
  /** A script of the workspace adds values that cannot be known yet. */
  readonly scripted?: boolean;
}

/** Who asks, for what, and what that means for this person. */
export function Consent({
  frame,
  client,
  redirect_uri,
  person,
  action,
  handle,
  scopes,
  always,
  scripted,
}: ConsentProps) {
  const { consent: words, product } = frame.text;
  const values = {
    client: client.name,
    workspace: frame.workspace?.name ?? product,
    host: host(redirect_uri),
    person,
  };
  return (
    <Card frame={frame} title={say(words.title, values)}>
      <div class="meeting">
        <Tile name={client.name} logo_uri={client.logo_uri} large />
        <div>
          <h1>
            <Say words={words.title} values={values} />
          </h1>
          {person && (
            <p class="quiet">
              <Say words={words.who} values={values} strong />
            </p>
          )}
        </div>
      </div>
      <p>
        <Say words={words.lead} values={values} />
      </p>
      <p class="going">
        <Icon of="away" size={16} />
        <Say words={words.goesTo} values={values} strong />
      </p>
      <Links
        label={say(words.links, values)}
        links={[
          { id: "website", words: words.website, to: client.client_uri },
          { id: "policy", words: words.policy, to: client.policy_uri },
          { id: "terms", words: words.terms, to: client.tos_uri },
        ]}
      />
      <form method="post" action={href(action)}>
        <input type="hidden" id="handle" name="handle" value={handle} />
        <fieldset class="scopes">
          <legend>{words.scopes}</legend>
          {scopes.map((scope) => (
            <ScopeRow scope={scope} words={words} />
          ))}
        </fieldset>
        {always && always.length > 0 && (
          <section class="always" aria-labelledby="always">
            <h2 id="always">{words.always}</h2>
            <p class="quiet">
              <Say words={words.alwaysNote} values={values} />
            </p>
            <Shared values={always} />
          </section>
        )}
        {scripted && (
          <p class="note">
            <Say words={words.scripted} values={values} />
          </p>
        )}
        <p class="actions decide">
          <button class="button primary" id="allow" name="action" value="allow">
            {words.allow}
          </button>
          <button class="button" id="deny" name="action" value="deny">
            {words.deny}
          </button>
        </p>
      </form>
    </Card>
  );
}
