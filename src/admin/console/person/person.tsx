/** One person: sessions, what they granted, and the ways to end each of it. */
import { List } from "../../../ui/list.tsx";
import { When } from "../../../ui/when.tsx";
import type { Desk } from "../desk.ts";
import type { Page } from "../page.ts";
import { PATH, type Row, UP } from "./trail.ts";

interface Person extends Row {
  readonly identities: readonly {
    readonly connection: string;
    readonly subject: string;
    readonly linked_at: number;
  }[];
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

export const person: Page = {
  path: `${PATH}/:subject`,
  area: "subjects",
  async get(desk) {
    const { subject, connection, issuer, first_seen, last_seen, identities, sessions, grants, consents } =
      await personOf(desk);
    const signIns = await signInsOf(desk);
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
      trail: [UP],
      body: (
        <>
          <dl class="pairs">
            <Pair name="Subject" value={<code>{subject}</code>} />
            <Pair name="Connection" value={connection} />
            <Pair name="Issuer" value={issuer} />
            <Pair name="First seen" value={<When at={first_seen} locale={desk.locale} />} />
            <Pair name="Last seen" value={<When at={last_seen} locale={desk.locale} />} />
          </dl>
          {identities.length > 0 && (
            <>
              <h2>Linked identities</h2>
              <List
                label="Linked identities"
                columns={["Connection", "On its own", "Linked", "Action"]}
                rows={identities.map(({ connection: by, subject: own, linked_at }) => ({
                  id: by,
                  name: by,
                  cells: [
                    <code>{own.slice(0, 8)}…</code>,
                    <When at={linked_at} locale={desk.locale} />,
                    end(`/identities/${by}`, "Remove"),
                  ],
                }))}
              />
            </>
          )}
          <h2>Last sign-ins</h2>
          {signIns.length === 0 ? (
            <p class="empty">None in the last seven days.</p>
          ) : (
            <List
              label="Last sign-ins"
              columns={["When", "Connection"]}
              rows={signIns.map(({ session, connection: by, at: when }) => ({
                id: `sign-in-${session}`,
                name: <When at={when} locale={desk.locale} />,
                href: at(`/sign-ins/${session}`),
                cells: [by],
              }))}
            />
          )}
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
          {desk.may("audit", "read") && (
            <p>
              <a href={`${desk.href("/audit-log")}?subject=${subject}`} id="events">
                What happened
              </a>
            </p>
          )}
          {desk.may("subjects", "write") && (
            <p class="danger-zone actions">
              <a class="button danger" id="forget" href={at("/forget")}>
                Forget what the provider said
              </a>
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

async function personOf(desk: Desk): Promise<Person> {
  return (await desk.read<Person>(`subjects/${encodeURIComponent(desk.param("subject"))}`)).body;
}

interface SignIn {
  readonly session: string;
  readonly connection: string;
  readonly at: number;
}

async function signInsOf(desk: Desk): Promise<readonly SignIn[]> {
  const path = `subjects/${encodeURIComponent(desk.param("subject"))}/sign-ins`;
  return (await desk.read<{ items: readonly SignIn[] }>(path)).body.items;
}
