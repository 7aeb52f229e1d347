/** Identity Providers: the connections of the workspace, and each with its tabs. */
import { TABS } from "../connection/index.ts";
import type { Opened, Sheet, Tab } from "../connection/tab.ts";
import type { Desk } from "../desk.ts";
import { listing } from "../listing.tsx";
import type { Gone, Page, View } from "../page.ts";
import { text } from "../text.ts";
import { create, templates } from "../connection/create.tsx";
import { kindName } from "../connection/words.ts";

const PATH = "/identity-providers";
const TRAIL = [{ words: "Identity Providers", path: PATH }];

const list: Page = {
  path: PATH,
  area: "connections",
  navigation: "Identity Providers",
  get: (desk) =>
    listing(desk, {
      record: "connections",
      path: PATH,
      title: "Identity Providers",
      lead: "Where people prove who they are. Each connection is one way to sign in.",
      member: "id",
      name: (connection) => text(connection, "name"),
      columns: {
        Kind: (connection) => kindName(text(connection, "method")),
        ID: (connection) => <code>{text(connection, "id")}</code>,
        State: ({ disabled, hidden }) => (
          <span class={disabled === true ? "pill warn" : "pill good"}>
            {disabled === true ? "switched off" : hidden === true ? "not offered" : "on"}
          </span>
        ),
      },
      create: desk.may("connections", "write")
        ? { href: desk.href(`${PATH}/create`), words: "Create Connection" }
        : undefined,
    }),
};

export const identityProviders: readonly Page[] = [
  list,
  { path: `${PATH}/create`, area: "connections", verb: "write", get: templates },
  { path: `${PATH}/create/:template`, area: "connections", verb: "write", ...create },
  ...TABS.map(pageOf),
];

function pageOf(tab: Tab): Page {
  const { path, verb, post } = tab;
  return {
    path: `${PATH}/:connection${path}`,
    area: "connections",
    ...(verb && { verb }),
    get: async (desk) => {
      const opened = await open(desk);
      return framed(opened, tab, await tab.get(opened));
    },
    ...(post && {
      post: async (desk, typed) => {
        const opened = await open(desk);
        return framed(opened, tab, await post(opened, typed));
      },
    }),
  };
}

async function open(desk: Desk): Promise<Opened> {
  const id = desk.param("connection");
  const { body, etag = "" } = await desk.read(`connections/${encodeURIComponent(id)}`);
  return {
    desk,
    id,
    record: body,
    etag,
    href: (path) => desk.href(`${PATH}/${encodeURIComponent(id)}${path}`),
  };
}

function framed(opened: Opened, tab: Tab, shown: Sheet | View | Gone): View | Gone {
  if ("to" in shown || shown.title !== undefined) return shown;
  const { record, href } = opened;
  const current = tab.of ?? tab.path;
  return {
    ...shown,
    title: text(record, "name"),
    trail: TRAIL,
    body: (
      <>
        <nav class="tabs plain" aria-label="Connection">
          {TABS.filter((one) => one.tab).map(({ tab: word, path }) => (
            <a
              id={`tab${path.replace("/", "-") || "-configuration"}`}
              href={href(path)}
              aria-current={path === current ? "page" : undefined}
            >
              {word}
            </a>
          ))}
        </nav>
        {shown.body}
      </>
    ),
  };
}
