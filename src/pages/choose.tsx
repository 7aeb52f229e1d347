import { Card } from "../ui/card.tsx";
import { Discover, type Discovery } from "../ui/discover.tsx";
import { Door, type DoorShown } from "../ui/door.tsx";
import { href } from "../ui/href.ts";
import type { Frame } from "../ui/layout.tsx";
import { RememberChoice, type Remember } from "../ui/remember.tsx";
import { Say } from "../ui/say.tsx";

export interface ChooserProps {
  readonly frame: Frame;
  readonly client: { readonly name: string };
  readonly connections: readonly DoorShown[];
  /** Where an e-mail address is asked for, by which the way to sign in is found. */
  readonly discovery?: Discovery;
  readonly remember?: Remember;
  /** Where giving up leads, when the app can be told. */
  readonly cancel?: string;
}

/** Several ways to sign in. Each is a link: a form would carry our form-action policy into the provider's redirects. */
export function Chooser({ frame, client, connections, discovery, remember, cancel }: ChooserProps) {
  const words = frame.text.choose;
  const found = discovery?.led === "to a connection";
  const title = discovery && !found ? words.discover.title : words.title;
  const doors = connections.length > 0 && (
    <ul class="doors" aria-label={words.list}>
      {connections.map((connection) => (
        <li>
          <Door {...connection} />
        </li>
      ))}
    </ul>
  );
  return (
    <Card frame={frame} title={title}>
      <h1>{title}</h1>
      <p class="lead">
        <Say words={words.lead} values={{ client: client.name }} strong />
      </p>
      {frame.workspace?.welcome && (
        <p>
          <bdi>{frame.workspace.welcome}</bdi>
        </p>
      )}
      {found && doors}
      {discovery && <Discover {...discovery} client={client} alone={!doors} words={words.discover} />}
      {!found && discovery && doors && <h2>{words.discover.or}</h2>}
      {!found && doors}
      {remember && doors && <RememberChoice {...remember} words={words.remember} />}
      {href(cancel) && (
        <p class="aside">
          <a id="cancel" class="link" href={href(cancel)}>
            <Say words={words.cancel} values={{ client: client.name }} />
          </a>
        </p>
      )}
    </Card>
  );
}
