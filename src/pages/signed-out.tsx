import { Card } from "../ui/card.tsx";
import { Icon } from "../ui/glyph.tsx";
import { href } from "../ui/href.ts";
import type { Frame } from "../ui/layout.tsx";
import { Say } from "../ui/say.tsx";

export interface SignedOutProps {
  readonly frame: Frame;
  /** Where to sign in again, such as the portal. */
  readonly again?: string;
  /** The person was erased, and nothing is left to sign in to. */
  readonly erased?: boolean;
}

/** The end of a session. */
export function SignedOut({ frame, again, erased = false }: SignedOutProps) {
  const { signedOut: words, product } = frame.text;
  const [title, message] = erased ? [words.erased, words.erasedMessage] : [words.title, words.message];
  return (
    <Card frame={frame} title={title}>
      <span class="badge good">
        <Icon of="done" size={24} />
      </span>
      <h1>{title}</h1>
      <p>
        <Say words={message} values={{ workspace: frame.workspace?.name ?? product }} />
      </p>
      <p class="quiet">{words.shared}</p>
      {href(again) && (
        <p class="actions">
          <a id="again" class="button" href={href(again)}>
            {words.again}
          </a>
        </p>
      )}
    </Card>
  );
}
