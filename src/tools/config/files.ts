/** The file of a command, or `-` for stdin and stdout. */
import { readFile, writeFile } from "node:fs/promises";
import { relative } from "node:path";
import { text } from "node:stream/consumers";
import { Refusal } from "../refusal.ts";

export interface Files {
  /** As messages call it. */
  readonly name: string;
  /** The same every time: what was planned is what is done. */
  read(): Promise<string>;
  /** @param mode of a new file */
  write(output: string, mode?: number): Promise<void>;
}

export function openFiles(file: string, folder: string): Files {
  const name = file === "-" ? "stdin" : relative(folder, file) || file;
  const refuse = (error: NodeJS.ErrnoException) => {
    throw new Refusal(`${name}: ${error.code === "ENOENT" ? "there is no such file" : error.message}`);
  };
  let content: Promise<string> | undefined;
  return {
    name,
    read: () => (content ??= file === "-" ? text(process.stdin) : readFile(file, "utf8").catch(refuse)),
    async write(output, mode = 0o666) {
      if (file === "-") process.stdout.write(output);
      else await writeFile(file, output, { mode }).catch(refuse);
    },
  };
}
