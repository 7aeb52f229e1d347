import { Card } from "../ui/card.tsx";
import { Icon } from "../ui/glyph.tsx";
import { href } from "../ui/href.ts";
import type { Frame } from "../ui/layout.tsx";
import { Say, say } from "../ui/say.tsx";

export interface ProveAgainProps {
  readonly frame: Frame;
  /** What the person wants to add. */
  readonly connection: { readonly name: string };
  readonly again: string;
  readonly stay: string;
}

/** Before a way to sign in is added: whoever sits here shows that the account is theirs. */
export function ProveAgain({ frame, connection, again, stay }: ProveAgainProps) {
  const { link: words } = frame.text;
  const values = { connection: connection.name };
  return (
    <Card frame={frame} title={say(words.first, values)}>
      <span class="badge">
        <Icon of="lock" size={24} />
      </span>
      <h1>{words.first}</h1>
      <p>
        <Say words={words.firstMessage} values={values} />
      </p>
      <p class="actions">
        <a id="again" class="button primary" href={href(again)}>
          {words.again}
        </a>
        <a id="stay" class="button" href={href(stay)}>
          {frame.text.toYourPage}
        </a>
      </p>
    </Card>
  );
}
