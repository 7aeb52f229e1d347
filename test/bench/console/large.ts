/** The console over a workspace with thousands of records: what its pages cost, and how much of them a browser has to read. */
import { childOf, usageOf } from "../cpu.ts";

/** Milliseconds of CPU and bytes, uncompressed, of a page that a person works with gladly. */
const [ALLOWED, LARGEST] = [250, 500_000];
const ROUNDS = 5;

/** @param cookie of a console that somebody has signed in to */
export async function measurePages(origin: string, cookie: string, paths: readonly string[]): Promise<void> {
  const workerd = childOf(process.pid, "workerd");
  console.log(`\nconsole pages (targets ${ALLOWED} ms of CPU, ${LARGEST / 1_000} kB)\nCPU ms    ms     kB`);
  let over = 0;
  for (const path of paths) {
    const rounds: { cpu: number; ms: number; bytes: number }[] = [];
    for (let round = 0; round <= ROUNDS; round++) {
      const [cpu, began] = [usageOf(workerd).cpu, performance.now()];
      const response = await fetch(`${origin}/admin${path}`, { headers: { cookie }, redirect: "manual" });
      const { byteLength: bytes } = await response.arrayBuffer();
      if (response.status !== 200) throw new Error(`${path}: ${response.status}`);
      rounds.push({ cpu: (usageOf(workerd).cpu - cpu) * 1_000, ms: performance.now() - began, bytes });
    }
    // The first is before anything was compiled; of the others the one counts that the machine disturbed least.
    const [{ cpu, ms, bytes }] = rounds.slice(1).toSorted((a, b) => a.cpu - b.cpu) as [
      (typeof rounds)[number],
    ];
    const isOver = cpu > ALLOWED || bytes > LARGEST;
    if (isOver) over++;
    const columns = [
      cpu.toFixed(0).padStart(6),
      ms.toFixed(0).padStart(5),
      (bytes / 1_000).toFixed(1).padStart(6),
    ];
    console.log(`${columns.join(" ")}  ${path || "/"}${isOver ? "  more than allowed" : ""}`);
  }
  console.log(`${paths.length} pages, ${over} of them over a target`);
}
