import { Card } from "../ui/card.tsx";
import { destination } from "../ui/href.ts";
import type { Frame } from "../ui/layout.tsx";
import { Say, say } from "../ui/say.tsx";

export interface LeaveProps {
  readonly frame: Frame;
  /** A redirect URI that was proven to be the client's, with its answer. */
  readonly to: string;
  readonly client: { readonly name: string };
}

/** Leaves after a POST. A redirect would have to satisfy our form-action policy along its whole chain; a new navigation does not. */
export function Leave({ frame, to, client }: LeaveProps) {
  const { leave: words, continueTo } = frame.text;
  const url = destination(to);
  const values = { client: client.name };
  return (
    <Card
      frame={frame}
      title={say(words.title, values)}
      head={url && <meta http-equiv="refresh" content={`0;url=${url}`} />}
    >
      <h1>
        <Say words={words.title} values={values} />
      </h1>
      <p class="quiet">{url ? words.message : words.stuck}</p>
      {url && (
        <p class="actions">
          <a id="continue" class="button primary" href={url}>
            <Say words={continueTo} values={values} />
          </a>
        </p>
      )}
    </Card>
  );
}
