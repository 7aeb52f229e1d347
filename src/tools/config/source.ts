/** The text of a workspace file → values, and where in the text each of them stands. */
import { isMap, isScalar, isSeq, LineCounter, parseDocument, visit, type Node } from "yaml";
import { Refusal } from "../refusal.ts";

export interface Source {
  readonly value: unknown;
  /** `acme.yaml:12 clients.shop.scope`, or as near to it as the text goes. */
  where(path: readonly string[]): string;
}

/** YAML 1.2, of which JSON is a part. @throws Refusal with the line of each fault */
export function readSource(name: string, text: string): Source {
  if (name.endsWith(".json")) judgeJson(name, text);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number) => `${name}:${lines.linePos(offset).line}`;
  const faults = [...document.errors, ...document.warnings].map(
    ({ pos, message }) => `${at(pos[0])} ${message}`,
  );
  visit(document, {
    Pair(_, { key }) {
      if (!isScalar(key) || typeof key.value === "string") return;
      // An id such as 007 would be read as a number, and be another id.
      faults.push(`${at(key.range?.[0] ?? 0)} ${String(key.value)} is not text: put it in quotes`);
    },
  });
  if (faults.length > 0) throw new Refusal(faults.join("\n"));

  return {
    value: valueOf(),
    where(path) {
      return [at(offsetOf(document.contents, path)), path.join(".")].join(" ").trim();
    },
  };

  function valueOf(): unknown {
    try {
      return document.toJS() as unknown;
    } catch (error) {
      throw new Refusal(`${name} ${error instanceof Error ? error.message : "cannot be read"}`);
    }
  }
}

function judgeJson(name: string, text: string): void {
  try {
    JSON.parse(text);
  } catch (error) {
    throw new Refusal(`${name} is not JSON: ${error instanceof Error ? error.message : ""}`);
  }
}

/** The key at the end of the path, or of its last part that is there. */
function offsetOf(node: Node | null, path: readonly string[]): number {
  let [at, found] = [node, node?.range?.[0] ?? 0];
  for (const name of path) {
    if (isMap(at)) {
      const pair = at.items.find(({ key }) => isScalar(key) && key.value === name);
      if (!pair) break;
      found = (pair.key as Node).range?.[0] ?? found;
      at = pair.value as Node | null;
    } else if (isSeq(at)) {
      at = at.items[Number(name)] as Node | null;
      found = at?.range?.[0] ?? found;
    } else break;
  }
  return found;
}
