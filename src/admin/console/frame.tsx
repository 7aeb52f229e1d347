/** What stands around every page of the console: where one is, where one can go, who one is. */
import type { Child } from "hono/jsx";
import { frame as pageFrame } from "../../http/frame.ts";
import { consoleScript, consoleStyle } from "../../ui/assets.ts";
import { Foot } from "../../ui/foot.tsx";
import { Layout } from "../../ui/layout.tsx";
import { Mark } from "../../ui/mark.tsx";
import { Notice } from "../../ui/notice.tsx";
import { en } from "../../ui/text/en.ts";
import type { AppContext } from "../../http/context.ts";
import type { Desk } from "./desk.ts";
import { named } from "./named.ts";
import { type Crumb, isOpen, type View } from "./page.ts";
import { PAGES } from "./pages/index.ts";

interface Props {
  readonly c: AppContext;
  readonly nonce: string;
  readonly view: View;
  /** Absent on the pages of signing in. */
  readonly desk?: Desk;
}

export function ConsoleFrame({ c, nonce, view, desk }: Props) {
  const { request_id, text, assets } = pageFrame(c, en);
  const frame = { text, assets: { ...assets, theme: consoleStyle.path }, request_id };
  const head = (
    <>
      {view.head}
      <script src={consoleScript.path} nonce={nonce} defer></script>
    </>
  );
  return (
    <Layout frame={frame} title={`${view.title} · Console`} head={head} kind="desk">
      <a class="skip" id="skip" href="#main">
        Skip to the content
      </a>
      <Bar desk={desk} />
      <div class={desk?.workspace ? "with-side" : "without-side"}>
        {desk?.workspace && <Navigation desk={desk} />}
        <div class="column">
          <main id="main" tabindex={-1}>
            {desk?.workspace && <Trail desk={desk} crumbs={view.trail ?? []} />}
            <h1>
              <bdi>{view.title}</bdi>
            </h1>
            {view.notice && <Notice {...view.notice} />}
            {view.body}
          </main>
          <Foot frame={frame} />
        </div>
      </div>
    </Layout>
  );
}

function Bar({ desk }: { desk: Desk | undefined }) {
  return (
    <header class="top">
      <a class="top-name" id="home" href="/admin">
        <Mark size={22} />
        <span>Vestibule</span>
      </a>
      {desk && (
        <>
          <Switch desk={desk} />
          <form method="post" action="/admin/sign-out" class="top-who">
            <span class="quiet" title={desk.by}>
              <bdi>{shortened(desk.by)}</bdi>
            </span>
            <button class="button small" id="sign-out" name="action" value="sign-out">
              Sign out
            </button>
          </form>
        </>
      )}
    </header>
  );
}

/** The workspaces that are named to this operator; the page of all of them has the rest. */
function Switch({ desk }: { desk: Desk }) {
  const others = named(desk).filter((id) => id !== desk.workspace);
  return (
    <details class="switch-workspace" id="workspaces">
      <summary>
        <bdi>{desk.workspace || "Workspaces"}</bdi>
      </summary>
      <ul>
        {others.slice(0, 20).map((id) => (
          <li>
            <a id={`workspace-${id}`} href={`/admin/workspaces/${id}`}>
              <bdi>{id}</bdi>
            </a>
          </li>
        ))}
        <li>
          <a id="all-workspaces" href="/admin">
            All workspaces
          </a>
        </li>
      </ul>
    </details>
  );
}

function Navigation({ desk }: { desk: Desk }) {
  const here = new URL(desk.c.req.url).pathname;
  const links = PAGES.filter((page) => page.navigation && isOpen(page, desk));
  return (
    <nav class="side" aria-label="Workspace">
      <ul>
        {links.map(({ navigation, path }) => {
          const href = desk.href(path);
          const current = path === "" ? here === href : here === href || here.startsWith(`${href}/`);
          return (
            <li>
              <a
                id={`to-${path.slice(1) || "overview"}`}
                href={href}
                aria-current={current ? "page" : undefined}
              >
                {navigation}
              </a>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

function Trail({ desk, crumbs }: { desk: Desk; crumbs: readonly Crumb[] }): Child {
  if (crumbs.length === 0) return <></>;
  return (
    <nav class="trail" aria-label="Where you are">
      <ol>
        {crumbs.map(({ words, path }) => (
          <li>
            <a href={desk.href(path)}>
              <bdi>{words}</bdi>
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** A subject has 64 characters. */
function shortened(by: string): string {
  return by.replace(/\b([0-9a-f]{8})[0-9a-f]{56}\b/, "$1…");
}
