import { href } from "../ui/href.ts";
import type { Frame } from "../ui/layout.tsx";
import { Notice } from "../ui/notice.tsx";
import { Room } from "../ui/room.tsx";
import { Say, say } from "../ui/say.tsx";
import { AppAccess, type AppShown } from "../ui/app-access.tsx";
import { Browsers, type BrowserRow } from "../ui/browsers.tsx";
import { Time } from "../ui/time.tsx";
import { Ways, type WaysShown } from "../ui/ways.tsx";

export interface PortalProps {
  readonly frame: Frame;
  /** Where the demo begins a sign-in, and its own page. */
  readonly login: string;
  readonly demo: string;
  /** Where a person signs in to see what is theirs. */
  readonly signIn: string;
  /** The last sign-in was not finished. */
  readonly failed?: boolean;
  readonly mine?: MineShown;
}

export interface MineShown {
  readonly name?: string;
  /** Address of this page; what is done here is done below it. */
  readonly base: string;
  readonly signOut: string;
  readonly apps: readonly AppShown[];
  /** Apps that can still read what they were given. */
  readonly withdrawn: readonly { readonly name: string; readonly readable_until: number }[];
  readonly ways: WaysShown;
  readonly sessions: readonly BrowserRow[];
}

/** A person's own page in a workspace. */
export function Portal({ frame, login, demo, signIn, failed = false, mine }: PortalProps) {
  const { portal: words, product } = frame.text;
  const values = { workspace: frame.workspace?.name ?? product, person: mine?.name ?? "" };
  const title = mine?.name ? words.known : words.title;
  return (
    <Room
      frame={frame}
      title={say(title, values)}
      aside={mine && <SignOut to={mine.signOut} words={words} />}
    >
      <div class="hero">
        <h1>
          <Say words={title} values={values} />
        </h1>
        <p class="lead">{words.lead}</p>
        {!mine && (
          <p class="actions">
            <a id="sign-in" class="button" href={href(signIn)}>
              {words.signIn}
            </a>
          </p>
        )}
      </div>
      {failed && <Notice title={mine ? words.unchanged : words.failed} />}
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
      {mine && <Mine frame={frame} mine={mine} />}
    </Room>
  );
}

function Mine({ frame, mine }: { frame: Frame; mine: MineShown }) {
  const { portal: words } = frame.text;
  const { base, apps, withdrawn, ways, sessions } = mine;
  return (
    <>
      <section class="mine" aria-labelledby="apps">
        <h2 id="apps">{words.apps}</h2>
        <p class="quiet">{apps.length > 0 ? words.appsNote : words.noApps}</p>
        {apps.map((app) => (
          <AppAccess
            app={app}
            action={`${base}/clients/${app.client.id}/revoke`}
            workspace={frame.workspace?.name ?? frame.text.product}
            text={frame.text}
          />
        ))}
        {withdrawn.map(({ name, readable_until }) => (
          <p class="note">
            <Say words={words.withdrawn} values={{ client: name }} />{" "}
            <Time at={readable_until} text={frame.text} />
          </p>
        ))}
      </section>
      {ways.known.length + ways.addable.length > 1 && (
        <section class="mine" aria-labelledby="ways">
          <h2 id="ways">{words.ways}</h2>
          <p class="quiet">{words.waysNote}</p>
          <Ways ways={ways} base={`${base}/identities`} text={frame.text} />
        </section>
      )}
      <section class="mine" aria-labelledby="browsers">
        <h2 id="browsers">{words.browsers}</h2>
        <p class="quiet">{words.browsersNote}</p>
        <Browsers rows={sessions} base={`${base}/sessions`} text={frame.text} />
      </section>
      <section class="mine" aria-labelledby="data">
        <h2 id="data">{words.data}</h2>
        <p class="quiet">{words.dataNote}</p>
        <p class="toolbar">
          <a id="download" class="button" href={href(`${base}/export`)}>
            {words.download}
          </a>
          <a id="erase-me" class="button" href={href(`${base}/erase`)}>
            {words.eraseMe}
          </a>
        </p>
      </section>
    </>
  );
}

function SignOut({ to, words }: { to: string; words: Frame["text"]["portal"] }) {
  return (
    <form method="post" action={href(to)}>
      <button class="button" id="sign-out" name="action" value="sign-out">
        {words.signOut}
      </button>
    </form>
  );
}
