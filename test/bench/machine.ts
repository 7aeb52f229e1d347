import { cpus, platform, totalmem } from "node:os";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** What the figures were measured on. */
export function machine(): string {
  const [first] = cpus();
  const lock = JSON.parse(
    readFileSync(fileURLToPath(new URL("../../package-lock.json", import.meta.url)), "utf8"),
  ) as {
    packages: Record<string, { version: string } | undefined>;
  };
  const version = (name: string) => lock.packages[`node_modules/${name}`]?.version ?? "";
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} × ${first?.model.trim() || "unknown CPU"}, ${memory} GiB, ${platform()}, workerd ${version("workerd")}, ${new Date().toISOString().slice(0, 10)}`;
}
