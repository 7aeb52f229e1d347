import type { Child } from "hono/jsx";
import { href } from "../ui/href.ts";
import type { Frame } from "../ui/layout.tsx";
import { Room } from "../ui/room.tsx";
import { Say, say } from "../ui/say.tsx";

export interface PortalProps {
  readonly frame: Frame;
  /** Where the demo begins a sign-in, and its own page. */
  readonly login: string;
  readonly demo: string;
  readonly person?: string;
  /** Apps with access, sessions, the person's data. */
  readonly children?: Child;
}

/** A person's own page in a workspace. */
export function Portal({ frame, login, demo, person, children }: PortalProps) {
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
        <p class="ways">
          <a id="login-demo" class="button primary" href={href(login)}>
            {words.login}
          </a>
          <a id="demo-options" class="link" href={href(demo)}>
            {words.options}
          </a>
        </p>
      </section>
      {children}
    </Room>
  );
}
