/** Overview: sign-ins over time, why some failed, and what needs attention. */
import { Chart } from "../../../ui/chart.tsx";
import { List } from "../../../ui/list.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { attention } from "../attention.ts";
import type { Desk } from "../desk.ts";
import type { Page } from "../page.ts";
import { reasonMeans } from "../reasons.ts";
import { bars, type Metrics } from "../sign-ins.ts";

const DAY = 86_400;
const SPANS = { day: 1, week: 7, month: 30 } as const;
type Span = keyof typeof SPANS;

export const overview: Page = {
  path: "",
  area: "audit",
  navigation: "Overview",
  async get(desk) {
    const asked = desk.param("span");
    const span: Span = asked === "day" || asked === "month" ? asked : "week";
    const to = Math.floor(Date.now() / 1_000) + 1;
    const days = SPANS[span];
    // Whole days: the first bar is as wide as the others.
    const from = span === "day" ? to - DAY : to - (to % DAY) - (days - 1) * DAY;
    const [{ body: metrics }, todo] = await Promise.all([
      desk.read<Metrics>(`metrics?from=${from}&to=${to}`),
      attention(desk),
    ]);
    const number = new Intl.NumberFormat(desk.locale);
    const { times, series } = bars(metrics, span === "day" ? 3_600 : DAY, desk.locale);
    const total = (outcome: string) =>
      number.format(
        metrics.sign_ins.filter((one) => one.outcome === outcome).reduce((sum, { count }) => sum + count, 0),
      );
    return {
      title: "Overview",
      body: (
        <>
          {todo.map(({ title, detail, to: link, words }) => (
            <div class="attention">
              <Notice title={title} detail={detail} inPlace />
              <a class="button small" href={link}>
                {words}
              </a>
            </div>
          ))}
          <Spans desk={desk} span={span} />
          <div class="figures">
            <Figure count={total("signed_in")} words="signed in" />
            <Figure count={total("resumed")} words="from a session" />
            <Figure count={total("refused")} words="refused" />
          </div>
          <Chart
            label="Sign-ins by connection and outcome"
            times={times}
            series={series}
            number={(count) => number.format(count)}
          />
          <section class="box" aria-labelledby="reasons">
            <h2 id="reasons">Failures by reason</h2>
            {metrics.refusals.length === 0 ? (
              <p class="quiet">None.</p>
            ) : (
              <>
                <p class="quiet">
                  The <a href={`${desk.href("/audit-log")}?type=refused`}>audit log</a> says of each what was
                  wrong.
                </p>
                <List
                  label="Failures by reason"
                  columns={["Reason", "Count", "What it means"]}
                  rows={metrics.refusals
                    .toSorted((a, b) => b.count - a.count)
                    .map(({ reason, count }) => ({
                      id: reason,
                      name: reason,
                      cells: [number.format(count), reasonMeans(reason)],
                    }))}
                />
              </>
            )}
          </section>
        </>
      ),
    };
  },
};

function Spans({ desk, span }: { desk: Desk; span: Span }) {
  const words = { day: "Last 24 hours", week: "7 days", month: "30 days" };
  return (
    <nav class="tabs plain" aria-label="Time">
      {(Object.keys(SPANS) as Span[]).map((one) => (
        <a
          id={`span-${one}`}
          href={desk.href(`?span=${one}`)}
          aria-current={one === span ? "true" : undefined}
        >
          {words[one]}
        </a>
      ))}
    </nav>
  );
}

function Figure({ count, words }: { count: string; words: string }) {
  return (
    <p class="figure">
      <strong>{count}</strong>
      <span>{words}</span>
    </p>
  );
}
