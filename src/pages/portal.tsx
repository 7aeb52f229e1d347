import type { Child } from "hono/jsx";
import { href } from "../ui/href.ts";
import type { Frame } from "../ui/layout.tsx";
import { Room } from "../ui/room.tsx";
import { Say, say } from "../ui/say.tsx";

export interface PortalProps {
  readonly frame: Frame;
  /** The address of the demo. */
  readonly demo: string;
  readonly person?: string;
  /** Apps with access, sessions, the person's data. */
  readonly children?: Child;
}

/** A person's own page in a workspace. */
export function Portal({ frame, demo, person, children }: PortalProps) {
  const { portal: words, product } = frame.text;
  const values = { workspace: frame.workspace?.name ?? product, person: person ?? "" };
  const title = person ? words.known : words.title;
  return (
    <Room frame={frame} title={say(title, values)}>
      <div class="hero">
        <h1>
          <Say words={title} values={values} />
        </h1>
        <p class="lead">{words.lead}</p>
      </div>
      <section class="invitation" aria-labelledby="demo">
        <div>
          <h2 id="demo">{words.demo}</h2>
          <p>{words.demoNote}</p>
        </div>
        <a id="login-demo" class="button primary" href={href(demo)}>
          {words.login}
        </a>
      </section>
      {children}
    </Room>
  );
}
