import { Card } from "../ui/card.tsx";
import { href } from "../ui/href.ts";
import type { Frame } from "../ui/layout.tsx";
import { Say, say } from "../ui/say.tsx";

export interface WelcomeBackProps {
  readonly frame: Frame;
  readonly client: { readonly name: string };
  /** As they were called when they last signed in in this browser. */
  readonly person?: string;
  readonly connection: { readonly name: string };
  /** Paths of ours: on with the remembered choice, to all the others, and without what is remembered. */
  readonly go: string;
  readonly another: string;
  readonly forget: string;
}

/** To someone who asked this browser to remember how they sign in. */
export function WelcomeBack({ frame, client, person, connection, go, another, forget }: WelcomeBackProps) {
  const { lead, back: words } = frame.text.choose;
  const values = { client: client.name, person: person ?? "", connection: connection.name };
  const title = person ? words.known : words.title;
  return (
    <Card frame={frame} title={say(title, values)}>
      <h1>
        <Say words={title} values={values} />
      </h1>
      <p class="lead">
        <Say words={lead} values={values} strong />
      </p>
      <p class="actions">
        <a id="continue" class="button primary" href={href(go)}>
          <Say words={words.go} values={values} />
        </a>
        <a id="another" class="button" href={href(another)}>
          {words.another}
        </a>
      </p>
      <p class="aside">
        <a id="forget" class="link" href={href(forget)}>
          {words.forget}
        </a>
      </p>
    </Card>
  );
}
