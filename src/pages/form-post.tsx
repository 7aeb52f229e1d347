import { Card } from "../ui/card.tsx";
import { href } from "../ui/href.ts";
import type { Frame } from "../ui/layout.tsx";
import { Say, say } from "../ui/say.tsx";

export interface FormPostProps {
  readonly frame: Frame;
  readonly action: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly client: { readonly name: string };
  readonly nonce: string;
}

/** OAuth 2.0 Form Post Response Mode. The button has no name, because a name would be sent to the client. */
export function FormPost({ frame, action, fields, client, nonce }: FormPostProps) {
  const { leave: words, continueTo } = frame.text;
  const values = { client: client.name };
  const url = href(action);
  return (
    <Card frame={frame} title={say(words.title, values)}>
      <h1>
        <Say words={words.title} values={values} />
      </h1>
      <p class="quiet">{url ? words.message : words.stuck}</p>
      {url && (
        <form method="post" action={url}>
          {Object.entries(fields).map(([name, value]) => (
            <input type="hidden" id={`field-${name}`} name={name} value={value} />
          ))}
          <p class="actions">
            <button class="button primary" id="continue">
              <Say words={continueTo} values={values} />
            </button>
          </p>
        </form>
      )}
      {url && <script nonce={nonce}>document.forms[0].submit()</script>}
    </Card>
  );
}
