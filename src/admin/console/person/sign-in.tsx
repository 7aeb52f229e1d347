/** One sign-in of a person as it ran: what was read and mapped, and of each application what it got and why not the rest. */
import type { Absent } from "../../../lineage.ts";
import { List } from "../../../ui/list.tsx";
import { en } from "../../../ui/text/en.ts";
import type { Desk } from "../desk.ts";
import type { Page } from "../page.ts";
import { refusedView } from "../refused.tsx";
import { readSignIn, ResultOf, TOKENS } from "../result.tsx";
import { PATH, trailOf } from "./trail.ts";

const REASONS: Readonly<Record<Absent, string>> = {
  ...en.demo.reasons,
  scope_not_granted: "the application did not ask for it, or the person did not agree",
};

export const signIn: Page = {
  path: `${PATH}/:subject/sign-ins/:session`,
  area: "subjects",
  async get(desk) {
    const subject = desk.param("subject");
    const ran = await readSignIn(desk, subject, desk.param("session"));
    if (!ran) return refusedView(404, "nothing is known of this sign-in any more");
    return {
      title: "How a sign-in ran",
      trail: trailOf(subject),
      body: (
        <>
          <p class="lead">
            What the provider said became this description of the person. {recorded(desk, ran.values)}
          </p>
          <ResultOf signIn={ran} />
          {ran.clients.map(({ client_id, scope, absent }) => (
            <>
              <h2>
                What <bdi>{client_id}</bdi> did not get
              </h2>
              <p class="quiet">It was granted: {scope.join(" ")}</p>
              {absent.length === 0 ? (
                <p class="empty">It has every claim that there is.</p>
              ) : (
                <List
                  label={`What ${client_id} did not get`}
                  columns={["Claim", "Token", "Why"]}
                  rows={absent.map(({ token, name, reason }) => ({
                    id: `${client_id}-${token}-${name}`,
                    name: <code>{name}</code>,
                    cells: [TOKENS[token], REASONS[reason]],
                  }))}
                />
              )}
            </>
          ))}
        </>
      ),
    };
  },
};

function recorded(desk: Desk, values: object | undefined) {
  if (values) return "Its values were recorded, and are gone a day after the sign-in.";
  if (!desk.may("workspaces", "read")) return "Its values were not recorded.";
  return (
    <>
      Its values were not recorded; for sign-ins to come they are while{" "}
      <a id="recording" href={desk.href("/settings/recording")}>
        recording
      </a>{" "}
      is on.
    </>
  );
}
