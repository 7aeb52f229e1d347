import { Icon } from "./glyph.tsx";
import { href } from "./href.ts";
import type { Text } from "./text/en.ts";

export interface Remember {
  readonly on: boolean;
  /** The same page with the other answer. */
  readonly href: string;
}

/** An opt-in that works without a script: the choice itself is a link, so this is one too. */
export function RememberChoice({ on, href: to, words }: Remember & { words: Text["choose"]["remember"] }) {
  return (
    <p class="remember">
      {on && (
        <span role="status">
          <Icon of="done" size={16} />
          {words.on}
        </span>
      )}
      <a id="remember" class="link" href={href(to)}>
        {on ? words.undo : words.off}
      </a>
    </p>
  );
}
