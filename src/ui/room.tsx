import type { Child } from "hono/jsx";
import { Foot } from "./foot.tsx";
import { Layout, type Frame } from "./layout.tsx";
import { Mark } from "./mark.tsx";
import { Tile } from "./tile.tsx";

interface Props {
  readonly frame: Frame;
  readonly title: string;
  /** What stands at the end of the bar at the top. */
  readonly aside?: Child;
  readonly children: Child;
}

/** A page with space: a bar at the top, and room for more than one thing. */
export function Room({ frame, title, aside, children }: Props) {
  const { workspace, text } = frame;
  return (
    <Layout frame={frame} title={title} kind="room">
      <header class="bar">
        <span class="bar-name">
          {workspace ? <Tile name={workspace.name} logo_uri={workspace.logo_uri} /> : <Mark size={24} />}
          <bdi>{workspace?.name ?? text.product}</bdi>
        </span>
        {aside && <span class="bar-aside">{aside}</span>}
      </header>
      <main class="wide">{children}</main>
      <Foot frame={frame} />
    </Layout>
  );
}
