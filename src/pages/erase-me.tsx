import { Card } from "../ui/card.tsx";
import { Icon } from "../ui/glyph.tsx";
import { href } from "../ui/href.ts";
import type { Frame } from "../ui/layout.tsx";
import { Say, say } from "../ui/say.tsx";

export interface EraseMeProps {
  readonly frame: Frame;
  readonly action: string;
  /** Where who thinks better of it goes. */
  readonly stay: string;
}

/** The last question before a person is forgotten. */
export function EraseMe({ frame, action, stay }: EraseMeProps) {
  const { eraseMe: words, product } = frame.text;
  const values = { workspace: frame.workspace?.name ?? product };
  return (
    <Card frame={frame} title={say(words.title, values)}>
      <span class="badge">
        <Icon of="alert" size={24} />
      </span>
      <h1>
        <Say words={words.title} values={values} />
      </h1>
      <p>
        <Say words={words.message} values={values} />
      </p>
      <p class="quiet">
        <Say words={words.left} values={values} />
      </p>
      <form method="post" action={href(action)}>
        <p class="actions">
          <button class="button danger" id="erase" name="action" value="erase">
            {words.erase}
          </button>
          <a id="stay" class="button" href={href(stay)}>
            {words.stay}
          </a>
        </p>
      </form>
    </Card>
  );
}
