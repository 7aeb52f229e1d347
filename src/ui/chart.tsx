/** Stacked bars over time, drawn on the server. What it shows is also a table, for who cannot see it. */
export interface Series {
  readonly name: string;
  /** One a bar. */
  readonly counts: readonly number[];
  /** Refusals look like a warning, whatever their place. */
  readonly bad?: boolean;
}

interface Props {
  readonly label: string;
  /** Under the bars. */
  readonly times: readonly string[];
  readonly series: readonly Series[];
  readonly number: (count: number) => string;
}

const [WIDTH, HEIGHT, LEFT, FOOT] = [720, 220, 44, 28];

export function Chart({ label, times, series, number }: Props) {
  const sums = times.map((_, bar) => series.reduce((sum, { counts }) => sum + (counts[bar] ?? 0), 0));
  const top = nice(Math.max(1, ...sums));
  const step = (WIDTH - LEFT) / times.length;
  const y = (count: number) => 8 + (HEIGHT - FOOT - 8) * (1 - count / top);
  const shown = series.map((one, index) => ({ ...one, look: one.bad ? "bad" : `s${index % 6}` }));
  return (
    <figure class="box">
      <figcaption>
        <h2>{label}</h2>
      </figcaption>
      <svg class="chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true" focusable="false">
        {[0, top / 2, top].filter(Number.isInteger).map((count) => (
          <>
            <line x1={LEFT} x2={WIDTH} y1={y(count)} y2={y(count)} />
            <text x={LEFT - 8} y={y(count) + 4} text-anchor="end">
              {number(count)}
            </text>
          </>
        ))}
        {times.map((time, bar) => (
          <>
            {stacked(shown, bar).map(({ look, from, to }) => (
              <rect
                class={look}
                x={LEFT + bar * step + step * 0.15}
                width={step * 0.7}
                y={y(to)}
                height={y(from) - y(to)}
              />
            ))}
            {(times.length - 1 - bar) % Math.ceil(times.length / 7) === 0 && (
              <text
                class={(times.length - 1 - bar) % (2 * Math.ceil(times.length / 7)) === 0 ? "" : "between"}
                x={Math.min(LEFT + (bar + 0.5) * step, WIDTH - 28)}
                y={HEIGHT - 6}
                text-anchor="middle"
              >
                {time}
              </text>
            )}
          </>
        ))}
      </svg>
      <ul class="legend">
        {shown.map(({ name, look, counts }) => (
          <li>
            <svg class="swatch" viewBox="0 0 10 10" aria-hidden="true">
              <rect class={look} width="10" height="10" />
            </svg>
            <span>
              <bdi>{name}</bdi>: {number(counts.reduce((sum, count) => sum + count, 0))}
            </span>
          </li>
        ))}
      </ul>
      <details id="chart-table">
        <summary>The same as a table</summary>
        <div class="scroll" tabindex={0} role="region" aria-label={`${label}, as a table`}>
          <table class="list">
            <thead>
              <tr>
                <th scope="col">When</th>
                {series.map(({ name }) => (
                  <th scope="col">
                    <bdi>{name}</bdi>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {times.map((time, bar) => (
                <tr>
                  <th scope="row">{time}</th>
                  {series.map(({ counts }) => (
                    <td>{number(counts[bar] ?? 0)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}

/** The parts of one bar, from the ground up. */
function stacked(series: readonly (Series & { readonly look: string })[], bar: number) {
  let from = 0;
  return series.flatMap(({ look, counts }) => {
    const count = counts[bar] ?? 0;
    const part = { look, from, to: from + count };
    from = part.to;
    return count > 0 ? [part] : [];
  });
}

/** The next 1, 2 or 5 with zeros: an even number of people is at each line. */
function nice(most: number): number {
  const scale = 10 ** Math.floor(Math.log10(most));
  return Math.max(2, [1, 2, 5, 10].map((factor) => factor * scale).find((top) => top >= most) ?? most);
}
