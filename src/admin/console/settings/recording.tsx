/** Recording: for a time, sign-ins keep the values that they carried, and not only their names. */
import { When } from "../../../ui/when.tsx";
import type { Page } from "../page.ts";
import { SETTINGS, Tabs, TRAIL } from "./tabs.tsx";

const PATH = "/recording";
/** Seconds, by the button that says so. */
const SPANS = { hour: 3_600, day: 86_400 } as const;

export const recording: Page = {
  path: SETTINGS + PATH,
  area: "workspaces",
  async get(desk) {
    const { lineage_values_until: until } = (await desk.read<{ lineage_values_until: number }>("")).body;
    const on = until * 1_000 > Date.now();
    return {
      title: "Recording",
      trail: TRAIL,
      body: (
        <>
          <Tabs desk={desk} current={PATH} />
          <p class="lead">
            What became of each value in a sign-in is kept for seven days, by names only. While this is on,
            the values themselves are kept with it for 24 hours: they are data of whoever signs in. Getting
            started shows them, and under People each sign-in of a person.
          </p>
          <p>
            {on ? (
              <>
                Values are recorded until <When at={until} locale={desk.locale} />.
              </>
            ) : (
              "Values are not recorded."
            )}
          </p>
          {desk.may("workspaces", "write") && (
            <form method="post" class="actions">
              {on ? (
                <button class="button primary" id="stop" name="span" value="none">
                  Stop recording
                </button>
              ) : (
                <>
                  <button class="button primary" id="record-hour" name="span" value="hour">
                    Record for an hour
                  </button>
                  <button class="button" id="record-day" name="span" value="day">
                    Record for a day
                  </button>
                </>
              )}
            </form>
          )}
        </>
      ),
    };
  },
  async post(desk, typed) {
    const span = typed.get("span") ?? "";
    const now = Math.floor(Date.now() / 1_000);
    // What is not a span of ours stops: nobody is recorded by mistake.
    const until = Object.hasOwn(SPANS, span) ? now + SPANS[span as keyof typeof SPANS] : 0;
    await desk.write("PATCH", "", { lineage_values_until: until });
    return { to: desk.href(SETTINGS + PATH), said: "saved" };
  },
};
