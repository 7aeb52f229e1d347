/** People: who signed in, their sessions, what they granted; and ending each of it. */
import { List } from "../../../ui/list.tsx";
import { When } from "../../../ui/when.tsx";
import { confirmation, confirmed } from "../confirm.tsx";
import type { Desk } from "../desk.ts";
import { Keys, More } from "../listing.tsx";
import type { Page } from "../page.ts";

const PATH = "/people";
const up = { words: "People", path: PATH };

interface Row {
  readonly subject: string;
  readonly connection: string;
  readonly issuer: string;
  readonly first_seen: number;
  readonly last_seen: number;
}

interface Person extends Row {
  readonly sessions: readonly {
    readonly id: string;
    readonly connection: string;
    readonly signed_in_at: number;
  }[];
  readonly grants: readonly {
    readonly id: string;
    readonly client_id: string;
    readonly scope: readonly string[];
    readonly created_at: number;
  }[];
  readonly consents: readonly {
    readonly client_id: string;
    readonly scopes: Readonly<Record<string, number>>;
  }[];
}

const list: Page = {
  path: PATH,
  area: "subjects",
  navigation: "People",
  async get(desk) {
    const asked = Object.fromEntries(
      ["email", "login", "client_id", "connection"].map((name) => [name, desk.param(name)]),
    );
    const given = Object.entries({ ...asked, after: desk.param("after") }).filter(([, value]) => value);
    const { body } = await desk.read<{ items: readonly Row[]; next?: string }>(
      `subjects?${new URLSearchParams([["limit", "50"], ...given]).toString()}`,
    );
    const { items, next } = body;
    return {
      title: "People",
      body: (
        <>
          <p class="lead">
            Everybody who signed in, by subject. An address is looked for by its keyed hash: it is not kept
            here. Somebody new is listed within half a minute.
          </p>
          <form method="get" role="search" class="fields filters">
            {Object.entries(WORDS).map(([name, label]) => (
              <div class="field">
                <label for={name}>{label}</label>
                <input
                  id={name}
                  name={name}
                  value={asked[name] ?? ""}
                  autocomplete="off"
                  spellcheck={false}
                />
              </div>
            ))}
            <p class="actions">
              <button class="button" id="find">
                Find
              </button>
              <a class="button" id="clear" href="?">
                Show all
              </a>
            </p>
          </form>
          {items.length === 0 ? (
            <p class="empty">Nobody here fits.</p>
          ) : (
            <List
              label="People"
              columns={["Subject", "Connection", "First seen", "Last seen"]}
              rows={items.map(({ subject, connection, first_seen, last_seen }) => ({
                id: subject,
                name: <code>{subject}</code>,
                href: desk.href(`${PATH}/${subject}`),
                cells: [
                  connection,
                  <When at={first_seen} locale={desk.locale} />,
                  <When at={last_seen} locale={desk.locale} />,
                ],
              }))}
            />
          )}
          <More next={next} query={asked} />
          <Keys />
        </>
      ),
    };
  },
};

const WORDS = {
  email: "E-mail address",
  login: "Login name",
  client_id: "Application",
  connection: "Connection",
};

const one: Page = {
  path: `${PATH}/:subject`,
  area: "subjects",
  async get(desk) {
    const person = await personOf(desk);
    const { subject, connection, issuer, first_seen, last_seen, sessions, grants, consents } = person;
    const at = (path: string) => desk.href(`${PATH}/${subject}${path}`);
    const end = (path: string, words: string) =>
      desk.may("subjects", "write") ? (
        <a class="button small" id={path.slice(1).replaceAll("/", "-")} href={at(path)}>
          {words}
        </a>
      ) : (
        ""
      );
    return {
      title: `Person ${subject.slice(0, 8)}…`,
      trail: [up],
      body: (
        <>
          <dl class="pairs">
            <Pair name="Subject" value={<code>{subject}</code>} />
            <Pair name="Connection" value={connection} />
            <Pair name="Issuer" value={issuer} />
            <Pair name="First seen" value={<When at={first_seen} locale={desk.locale} />} />
            <Pair name="Last seen" value={<When at={last_seen} locale={desk.locale} />} />
          </dl>
          <h2>Sessions</h2>
          {sessions.length === 0 ? (
            <p class="empty">No session.</p>
          ) : (
            <List
              label="Sessions"
              columns={["Session", "Connection", "Signed in", "Action"]}
              rows={sessions.map(({ id, connection: by, signed_in_at }) => ({
                id,
                name: <code>{id}</code>,
                cells: [by, <When at={signed_in_at} locale={desk.locale} />, end(`/sessions/${id}`, "End")],
              }))}
            />
          )}
          <h2>Grants</h2>
          {grants.length === 0 ? (
            <p class="empty">No grant.</p>
          ) : (
            <List
              label="Grants"
              columns={["Application", "Scopes", "Since", "Action"]}
              rows={grants.map(({ id, client_id, scope, created_at }) => ({
                id,
                name: client_id,
                cells: [
                  scope.join(" "),
                  <When at={created_at} locale={desk.locale} />,
                  end(`/grants/${id}`, "End"),
                ],
              }))}
            />
          )}
          <h2>Consents</h2>
          {consents.length === 0 ? (
            <p class="empty">No consent.</p>
          ) : (
            <List
              label="Consents"
              columns={["Application", "Scopes", "Action"]}
              rows={consents.map(({ client_id, scopes }) => ({
                id: client_id,
                name: client_id,
                cells: [
                  Object.keys(scopes).join(" "),
                  end(`/consents/${encodeURIComponent(client_id)}`, "Withdraw"),
                ],
              }))}
            />
          )}
          <p>
            <a href={`${desk.href("/audit-log")}?subject=${subject}`} id="events">
              What happened
            </a>
          </p>
          {desk.may("subjects", "write") && (
            <p class="danger-zone">
              <a class="button danger" id="erase" href={at("/erase")}>
                Erase this person
              </a>
            </p>
          )}
        </>
      ),
    };
  },
};

function Pair({ name, value }: { name: string; value: unknown }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <bdi>{value}</bdi>
      </dd>
    </div>
  );
}

/** What can be ended of a person: the API's path, and what that means. */
const ENDINGS = {
  sessions: {
    title: "End a session",
    said: "ended",
    breaks: ["The person has to sign in again in that browser, and what apps were granted in it ends."],
  },
  grants: {
    title: "End a grant",
    said: "ended",
    breaks: ["All tokens of it end within ten seconds; the person has to sign in to the app again."],
  },
  consents: {
    title: "Withdraw a consent",
    said: "ended",
    breaks: ["All tokens of the app for this person end, and it has to ask again."],
  },
} as const;

const endings = (Object.keys(ENDINGS) as (keyof typeof ENDINGS)[]).map((what): Page => {
  const { title, said, breaks } = ENDINGS[what];
  const asked = (desk: Desk) => ({
    title,
    trail: [up, { words: desk.param("subject").slice(0, 8), path: `${PATH}/${desk.param("subject")}` }],
    breaks,
    name: desk.param("subject").slice(0, 8),
    button: title,
    back: desk.href(`${PATH}/${desk.param("subject")}`),
  });
  return {
    path: `${PATH}/:subject/${what}/:id`,
    area: "subjects",
    verb: "write",
    get: async (desk) => confirmation(asked(desk)),
    async post(desk, typed) {
      if (!confirmed(typed, asked(desk).name)) return confirmation({ ...asked(desk), wrong: true });
      const [subject, id] = [desk.param("subject"), desk.param("id")].map(encodeURIComponent);
      await desk.write("DELETE", `subjects/${subject}/${what}/${id}`);
      return { to: asked(desk).back, said };
    },
  };
});

const erase: Page = {
  path: `${PATH}/:subject/erase`,
  area: "subjects",
  verb: "write",
  get: async (desk) => confirmation(erasing(desk)),
  async post(desk, typed) {
    if (!confirmed(typed, erasing(desk).name)) return confirmation({ ...erasing(desk), wrong: true });
    await desk.write("DELETE", `subjects/${encodeURIComponent(desk.param("subject"))}`);
    return { to: desk.href(PATH), said: "erased" };
  },
};

function erasing(desk: Desk) {
  const subject = desk.param("subject");
  return {
    title: "Erase a person",
    trail: [up, { words: subject.slice(0, 8), path: `${PATH}/${subject}` }],
    breaks: [
      "Sessions, grants, consents and the entry in this list go, and cannot be brought back.",
      "Apps keep what they were told. If the person signs in again, they are the same subject and are asked anew.",
    ],
    name: subject.slice(0, 8),
    button: "Erase this person",
    back: desk.href(`${PATH}/${subject}`),
  };
}

export const people = [list, one, ...endings, erase];

async function personOf(desk: Desk): Promise<Person> {
  return (await desk.read<Person>(`subjects/${encodeURIComponent(desk.param("subject"))}`)).body;
}
