import { Card } from "../ui/card.tsx";
import { Icon } from "../ui/glyph.tsx";
import { destination, href } from "../ui/href.ts";
import type { Frame } from "../ui/layout.tsx";
import { Notice } from "../ui/notice.tsx";
import { Say, say } from "../ui/say.tsx";

export interface SignedOutProps {
  readonly frame: Frame;
  /** Where to sign in again, such as the portal. */
  readonly again?: string;
  /** The person was erased, and nothing is left to sign in to. */
  readonly erased?: boolean;
  /** The provider was asked to sign the person out, and did not say that it did. */
  readonly unconfirmed?: { readonly provider: string };
  /** Where they were to go then. */
  readonly onward?: { readonly to: string; readonly name: string };
}

/** The end of a session. */
export function SignedOut({ frame, again, erased = false, unconfirmed, onward }: SignedOutProps) {
  const { signedOut: words, product, continueTo } = frame.text;
  const to = onward && destination(onward.to);
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
      {unconfirmed && (
        <Notice title={say(words.unconfirmed, unconfirmed)} detail={words.stillThere} inPlace />
      )}
      <p class="quiet">{words.shared}</p>
      {to && (
        <p class="actions">
          <a id="continue" class="button primary" href={to}>
            <Say words={continueTo} values={{ client: onward?.name ?? "" }} />
          </a>
        </p>
      )}
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
