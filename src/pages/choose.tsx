import { Card } from "../ui/card.tsx";
import { Icon, type Glyph } from "../ui/glyph.tsx";
import { href } from "../ui/href.ts";
import type { Frame } from "../ui/layout.tsx";
import { Say } from "../ui/say.tsx";
import { Tile } from "../ui/tile.tsx";

export interface ChooserProps {
  readonly frame: Frame;
  readonly client: { readonly name: string };
  readonly connections: readonly {
    readonly id: string;
    readonly name: string;
    readonly method: string;
    readonly logo_uri?: string;
    /** Where the choice leads: a path of ours, which sends the browser on. */
    readonly href: string;
  }[];
  /** Where giving up leads, when the app can be told. */
  readonly cancel?: string;
}

const glyphs: Readonly<Record<string, Glyph>> = { cognito: "people", oidc: "key", saml: "shield" };

/** Several ways to sign in. Each is a link: a form would carry our form-action policy into the provider's redirects. */
export function Chooser({ frame, client, connections, cancel }: ChooserProps) {
  const words = frame.text.choose;
  return (
    <Card frame={frame} title={words.title}>
      <h1>{words.title}</h1>
      <p class="lead">
        <Say words={words.lead} values={{ client: client.name }} strong />
      </p>
      <ul class="doors" aria-label={words.list}>
        {connections.map(({ id, name, method, logo_uri, href: to }) => (
          <li>
            <a class="door" id={`connection-${id}`} href={href(to)}>
              <Tile name={name} logo_uri={logo_uri} glyph={glyphs[method] ?? "key"} />
              <span class="door-name">
                <bdi>{name}</bdi>
              </span>
              <Icon of="next" size={18} />
            </a>
          </li>
        ))}
      </ul>
      {href(cancel) && (
        <p class="aside">
          <a id="cancel" class="link" href={href(cancel)}>
            <Say words={words.cancel} values={{ client: client.name }} />
          </a>
        </p>
      )}
    </Card>
  );
}
