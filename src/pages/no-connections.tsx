import { Card } from "../ui/card.tsx";
import { Icon } from "../ui/glyph.tsx";
import { href } from "../ui/href.ts";
import type { Frame } from "../ui/layout.tsx";
import { Say } from "../ui/say.tsx";

export interface NoConnectionsProps {
  readonly frame: Frame;
  readonly client: { readonly name: string };
  /** Where going back leads, when the app can be told. */
  readonly back?: string;
}

/** Nobody has set up a way to sign in. */
export function NoConnections({ frame, client, back }: NoConnectionsProps) {
  const { noConnections: words, backTo, product } = frame.text;
  const values = { client: client.name, workspace: frame.workspace?.name ?? product };
  return (
    <Card frame={frame} title={words.title}>
      <span class="badge">
        <Icon of="key" size={24} />
      </span>
      <h1>{words.title}</h1>
      <p>
        <Say words={words.message} values={values} />
      </p>
      <p>
        <Say words={words.next} values={values} />
      </p>
      {href(back) && (
        <p class="actions">
          <a id="back" class="button" href={href(back)}>
            <Say words={backTo} values={values} />
          </a>
        </p>
      )}
    </Card>
  );
}
