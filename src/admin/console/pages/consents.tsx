/** Consents: what people agreed to, across all of them; one withdrawn, or all of an application at once. */
import type { Child } from "hono/jsx";
import { List } from "../../../ui/list.tsx";
import { When } from "../../../ui/when.tsx";
import { confirmation, confirmed } from "../confirm.tsx";
import type { Desk } from "../desk.ts";
import { Filters } from "../filters.tsx";
import { fromNow } from "../from-now.ts";
import { Keys, More } from "../listing.tsx";
import type { Page } from "../page.ts";
import { PATH as PEOPLE } from "../person/trail.ts";
import { text } from "../text.ts";

const PATH = "/consents";

interface Consent {
  readonly subject: string;
  readonly client_id: string;
  readonly connection: string;
  /** Scope → when it was agreed to. */
  readonly scopes: Readonly<Record<string, number>>;
}

/** The API's filters (admin/consents.ts), and what they are called. */
const WORDS = { client_id: "Application", subject: "Person (subject)", email: "E-mail address" };

const list: Page = {
  path: PATH,
  area: "subjects",
  navigation: "Consents",
  async get(desk) {
    const asked = Object.fromEntries(Object.keys(WORDS).map((name) => [name, desk.param(name).trim()]));
    const given = Object.entries({ ...asked, after: desk.param("after") }).filter(([, value]) => value);
    const { body } = await desk.read<{ items: readonly Consent[]; next?: string }>(
      `consents?${new URLSearchParams([["limit", "25"], ...given]).toString()}`,
    );
    const { items, next } = body;
    const client = asked["client_id"] ?? "";
    return {
      title: "Consents",
      body: (
        <>
          <p class="lead">
            What people agreed to share, and with which application. For a trusted application nobody is
            asked, so it is not here. What was agreed to just now is listed within half a minute.
          </p>
          <Filters words={WORDS} asked={asked} />
          {items.length === 0 ? (
            <p class="empty">
              {next === undefined
                ? "Nobody agreed to anything that fits."
                : "Nobody of these people agreed to anything that fits; look further on."}
            </p>
          ) : (
            <Consents desk={desk} items={items} />
          )}
          <More next={next} query={asked} />
          {client && items.length > 0 && desk.may("clients", "write") && (
            <p class="danger-zone">
              <a
                class="button danger"
                id="withdraw-all"
                href={desk.href(`${PATH}/${encodeURIComponent(client)}/withdraw`)}
              >
                Withdraw all of this application
              </a>
            </p>
          )}
          <Keys />
        </>
      ),
    };
  },
};

function Consents({ desk, items }: { desk: Desk; items: readonly Consent[] }): Child {
  const writes = desk.may("subjects", "write");
  return (
    <List
      label="Consents"
      columns={["Person", "Application", "Scopes", "Connection", "Since", ...(writes ? ["Action"] : [])]}
      rows={items.map(({ subject, client_id, connection, scopes }) => ({
        id: `${subject}-${client_id}`,
        name: <code title={subject}>{subject.slice(0, 8)}…</code>,
        href: desk.href(`${PEOPLE}/${subject}`),
        cells: [
          <a href={`?${new URLSearchParams({ client_id }).toString()}`}>
            <bdi>{client_id}</bdi>
          </a>,
          <bdi>{Object.keys(scopes).join(" ")}</bdi>,
          <bdi>{connection}</bdi>,
          <When at={Math.min(...Object.values(scopes))} locale={desk.locale} />,
          ...(writes
            ? [
                <a
                  class="button small"
                  id={`withdraw-${subject}-${client_id}`}
                  href={desk.href(`${PEOPLE}/${subject}/consents/${encodeURIComponent(client_id)}`)}
                >
                  Withdraw
                </a>,
              ]
            : []),
        ],
      }))}
    />
  );
}

/** Of everybody: a time in the application's record, not a walk through people (design §4, Freshness). */
const withdrawal: Page = {
  path: `${PATH}/:client/withdraw`,
  area: "clients",
  verb: "write",
  get: async (desk) => confirmation(await question(desk)),
  async post(desk, typed) {
    const asked = await question(desk);
    if (!confirmed(typed, asked.name)) return confirmation({ ...asked, wrong: typed });
    await desk.write("PATCH", `clients/${encodeURIComponent(desk.param("client"))}`, {
      not_before: fromNow(),
    });
    return { to: asked.back, said: "withdrawn" };
  },
};

async function question(desk: Desk) {
  const id = desk.param("client");
  const { body } = await desk.read(`clients/${encodeURIComponent(id)}`);
  const name = text(body, "client_name");
  return {
    title: "Withdraw all consents of an application",
    trail: [{ words: "Consents", path: PATH }],
    breaks: [
      `Everybody is asked again before ${name} gets anything, unless it is trusted.`,
      "Within ten seconds all its tokens of all people end: people sign in to it again. A signed token that an API checks by itself is good until it expires.",
    ],
    name,
    button: "Withdraw all",
    back: `${desk.href(PATH)}?${new URLSearchParams({ client_id: id }).toString()}`,
  };
}

export const consents = [list, withdrawal];
