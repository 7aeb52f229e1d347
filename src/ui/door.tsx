import { href } from "./href.ts";
import { Icon, type Glyph } from "./glyph.tsx";
import { Tile } from "./tile.tsx";

const glyphs: Readonly<Record<string, Glyph>> = { cognito: "people", oidc: "key", saml: "shield" };

export interface DoorShown {
  readonly id: string;
  readonly name: string;
  readonly method: string;
  readonly logo_uri?: string;
  /** Where the choice leads: a path of ours, which sends the browser on. */
  readonly href: string;
}

/** One way to sign in. */
export function Door({ id, name, method, logo_uri, href: to }: DoorShown) {
  return (
    <a class="door" id={`connection-${id}`} href={href(to)}>
      <Tile name={name} logo_uri={logo_uri} glyph={glyphs[method] ?? "key"} />
      <span class="door-name">
        <bdi>{name}</bdi>
      </span>
      <Icon of="next" size={18} />
    </a>
  );
}
