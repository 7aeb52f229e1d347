import { Card } from "../ui/card.tsx";
import { Icon } from "../ui/glyph.tsx";
import { href } from "../ui/href.ts";
import type { Frame } from "../ui/layout.tsx";
import { Say } from "../ui/say.tsx";

export interface LinkEndedProps {
  readonly frame: Frame;
  /** The account of this browser was closed, or why nothing was linked. */
  readonly because: "closed" | keyof Frame["text"]["link"]["refused"];
  readonly back: string;
}

/** Where two accounts became one that this browser is not signed in to, or stay two. */
export function LinkEnded({ frame, because, back }: LinkEndedProps) {
  const { link: words, product } = frame.text;
  const done = because === "closed";
  const title = done ? words.linked : words.notLinked;
  return (
    <Card frame={frame} title={title}>
      <span class={done ? "badge good" : "badge"}>
        <Icon of={done ? "done" : "alert"} size={24} />
      </span>
      <h1>{title}</h1>
      <p>
        <Say
          words={done ? words.linkedMessage : words.refused[because]}
          values={{ workspace: frame.workspace?.name ?? product }}
        />
      </p>
      <p class="actions">
        <a id="back" class="button primary" href={href(back)}>
          {frame.text.toYourPage}
        </a>
      </p>
    </Card>
  );
}
