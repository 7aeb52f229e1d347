import type { Child } from "hono/jsx";
import { Foot } from "./foot.tsx";
import { Layout, type Frame } from "./layout.tsx";
import { Mark } from "./mark.tsx";
import { Tile } from "./tile.tsx";

interface Props {
  readonly frame: Frame;
  readonly title: string;
  readonly head?: Child;
  readonly children: Child;
}

/** A page with one thing to do: a card in a doorway, under the name of the workspace. */
export function Card({ frame, title, head, children }: Props) {
  const { workspace, text } = frame;
  return (
    <Layout frame={frame} title={title} head={head} kind="card">
      <div class="doorway">
        <header class="sign">
          {workspace ? <Tile name={workspace.name} logo_uri={workspace.logo_uri} /> : <Mark size={32} />}
          <p class="sign-name">
            <bdi>{workspace?.name ?? text.product}</bdi>
          </p>
        </header>
        <main class="panel">{children}</main>
      </div>
      <Foot frame={frame} />
    </Layout>
  );
}
