import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * What is generated once and must outlive a restart: with a new deployment key every sealed row of the last
 * run would be unreadable. A part that a newer version adds is made when it is first missed.
 */
export async function keep<T extends object>(
  file: string,
  make: { readonly [K in keyof T]: () => T[K] | Promise<T[K]> },
): Promise<T> {
  const kept = await read(file);
  const missing = (Object.keys(make) as (keyof T & string)[]).filter((name) => !(name in kept));
  if (missing.length === 0) return kept as T;
  const made = await Promise.all(missing.map(async (name) => [name, await make[name]()]));
  const all = { ...kept, ...Object.fromEntries(made) };
  await writeSecret(file, JSON.stringify(all, null, 2) + "\n");
  return all as T;
}

/** Readable by its owner only; the mode is set again because an existing file keeps the one it has. */
export async function writeSecret(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text, { mode: 0o600 });
  await chmod(file, 0o600);
}

async function read(file: string): Promise<Record<string, unknown>> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as Record<string, unknown>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw new Error(`${file} cannot be read; remove it to start afresh`, { cause: error });
  }
}
