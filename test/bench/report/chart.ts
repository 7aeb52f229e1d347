import type { Run } from "../targets.ts";

const [WIDTH, BAR, LEFT] = [860, 22, 330];
const COLOURS: Readonly<Record<string, string>> = { vestibule: "#3b5bdb", floor: "#868e96" };

/** CPU of each work at 16 in flight, as bars. */
export function chart({ figures, machine }: Run): string {
  const shown = figures.filter(({ inFlight }) => inFlight === 16);
  const most = Math.max(...shown.map(({ cpu }) => cpu), 0.01);
  const bars = shown.map(({ work, subject, cpu }, index) => {
    const y = 40 + index * (BAR + 6);
    const width = Math.max(1, (cpu / most) * (WIDTH - LEFT - 80));
    return [
      `<text x="${LEFT - 8}" y="${y + 15}" text-anchor="end">${escape(`${work} · ${subject}`)}</text>`,
      `<rect x="${LEFT}" y="${y}" width="${width.toFixed(1)}" height="${BAR}" rx="3" fill="${COLOURS[subject] ?? "#adb5bd"}"/>`,
      `<text x="${(LEFT + width + 6).toFixed(1)}" y="${y + 15}">${cpu.toFixed(2)}</text>`,
    ].join("");
  });
  const height = 60 + shown.length * (BAR + 6);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui, sans-serif" font-size="13">`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    `<text x="12" y="22" font-weight="600">CPU, milliseconds each, 16 in flight</text>`,
    ...bars,
    `<text x="12" y="${height - 8}" fill="#666" font-size="11">${escape(machine)}</text>`,
    `</svg>\n`,
  ].join("\n");
}

const escape = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
