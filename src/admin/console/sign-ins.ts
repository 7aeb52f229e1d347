/** Figures of the API → the bars of a chart. */
import type { Series } from "../../ui/chart.tsx";

export interface Metrics {
  readonly from: number;
  readonly to: number;
  readonly sign_ins: readonly {
    readonly hour: number;
    readonly connection: string;
    readonly outcome: string;
    readonly count: number;
  }[];
  readonly refusals: readonly { readonly reason: string; readonly count: number }[];
}

/** Connections that have a colour of their own; the rest is shown together. */
const MOST = 5;

const WORDS: Readonly<Record<string, string>> = {
  signed_in: "signed in",
  resumed: "from a session",
  refused: "refused",
};

/** @param width seconds of a bar */
export function bars(
  { from, to, sign_ins }: Metrics,
  width: number,
  locale: string,
): { readonly times: readonly string[]; readonly series: readonly Series[] } {
  const begin = from - (from % width);
  const count = Math.max(1, Math.ceil((to - begin) / width));
  const format = new Intl.DateTimeFormat(locale, {
    timeZone: "UTC",
    ...(width < 86_400 ? { hour: "2-digit", minute: "2-digit" } : { month: "short", day: "numeric" }),
  });
  const times = Array.from({ length: count }, (_, bar) =>
    format.format(new Date((begin + bar * width) * 1_000)),
  );
  const busiest = [...Map.groupBy(sign_ins, ({ connection }) => connection)]
    .map(([connection, rows]) => ({ connection, sum: rows.reduce((sum, row) => sum + row.count, 0) }))
    .toSorted((a, b) => b.sum - a.sum)
    .slice(0, MOST)
    .map(({ connection }) => connection);
  const nameOf = (connection: string) =>
    connection === "" ? "no connection yet" : busiest.includes(connection) ? connection : "other connections";
  const groups = Map.groupBy(
    sign_ins,
    ({ connection, outcome }) => `${nameOf(connection)}, ${WORDS[outcome] ?? outcome}`,
  );
  const series = [...groups].map(([name, rows]): Series => {
    const counts = Array.from({ length: count }, () => 0);
    for (const { hour, count: more } of rows) {
      const bar = Math.min(Math.max(Math.floor((hour - begin) / width), 0), count - 1);
      counts[bar] = (counts[bar] ?? 0) + more;
    }
    return { name, counts, bad: rows.some(({ outcome }) => outcome === "refused") };
  });
  return { times, series: series.toSorted((a, b) => Number(a.bad ?? false) - Number(b.bad ?? false)) };
}
