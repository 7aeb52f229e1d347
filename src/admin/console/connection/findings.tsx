/** What a connection check found: what is wrong, how sure that is, what would look the same, and where to mend it. */
import type { Finding } from "../../../connectors/check/finding.ts";
import type { JsonObject } from "../../../flow.ts";
import type { Desk } from "../desk.ts";

/** @param record as it stands in the form; it need not be saved @throws Refused 422 where it is not valid, or cannot be checked */
export async function check(desk: Desk, id: string, record: JsonObject): Promise<readonly Finding[]> {
  const path = `connections/${encodeURIComponent(id)}/check`;
  const { body } = await desk.write<{ findings: readonly Finding[] }>("POST", path, record);
  return body.findings;
}

const OF: Readonly<Record<Finding["of"], string>> = {
  discovery: "Provider",
  sign_in_page: "Sign-in page",
  client_id: "Client ID",
  redirect_url: "Redirect URL",
  client_secret: "Client secret",
  scopes: "Scopes",
  certificates: "Certificates",
  clock: "Clock",
};

const IS = {
  good: { word: "right", look: "pill good" },
  bad: { word: "wrong", look: "pill warn" },
  unknown: { word: "not known", look: "pill" },
} as const;

export function Findings({ findings }: { findings: readonly Finding[] }) {
  const wrong = findings.filter((finding) => finding.is === "bad").length;
  const unsure = findings.filter((finding) => finding.is === "unknown").length;
  return (
    <section class="box" id="findings" aria-labelledby="findings-title" role="status">
      <h2 id="findings-title">
        {wrong > 0
          ? `Connection check: ${wrong} ${wrong === 1 ? "thing is" : "things are"} wrong`
          : unsure > 0
            ? "Connection check: nothing wrong was found, and not everything can be known"
            : "Connection check: all is right"}
      </h2>
      <ul class="findings">
        {findings.map(({ of, is, certainty, says, or, remedy, fault }) => (
          <li data-fault={fault}>
            <p>
              <strong>{OF[of]}</strong>{" "}
              <span class={IS[is].look}>
                {is === "bad" && certainty === "likely" ? "probably wrong" : IS[is].word}
              </span>
            </p>
            <p>
              <bdi>{says}</bdi>
            </p>
            {or && <p class="quiet">Cannot be told apart from this: {or}</p>}
            {remedy && <p>What to do: {remedy}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The button beside Save. */
export function CheckButton() {
  return (
    <button class="button" id="check" name="action" value="check">
      Check connection
    </button>
  );
}
