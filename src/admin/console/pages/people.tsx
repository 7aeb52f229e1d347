/** People: who signed in, found by what is known of them. */
import { List } from "../../../ui/list.tsx";
import { When } from "../../../ui/when.tsx";
import { Filters } from "../filters.tsx";
import { Keys, More } from "../listing.tsx";
import type { Page } from "../page.ts";
import { endings, erase, forget } from "../person/endings.ts";
import { person } from "../person/person.tsx";
import { signIn } from "../person/sign-in.tsx";
import { PATH, type Row } from "../person/trail.ts";

const list: Page = {
  path: PATH,
  area: "subjects",
  navigation: "People",
  async get(desk) {
    const asked = Object.fromEntries(Object.keys(WORDS).map((name) => [name, desk.param(name)]));
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
          <Filters words={WORDS} asked={asked} />
          {items.length === 0 ? (
            <p class="empty">Nobody here fits.</p>
          ) : (
            <List
              label="People"
              columns={["Subject", "Connection", "First seen", "Last seen"]}
              rows={items.map(({ subject, connection, first_seen, last_seen }) => ({
                id: subject,
                name: <code title={subject}>{subject.slice(0, 8)}…</code>,
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

export const people = [list, person, signIn, ...endings, forget, erase];
