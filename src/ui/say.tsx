import type { Child } from "hono/jsx";

type Values = Readonly<Record<string, string>>;

/** A sentence of the dictionary with its places filled, as plain text. */
export function say(words: string, values: Values): string {
  return words.replace(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place);
}

/** The same as markup, in one element so that no layout drops its spaces. Names are isolated, so that one written right to left cannot turn the sentence around. */
export function Say({ words, values, strong = false }: { words: string; values: Values; strong?: boolean }) {
  const parts = words.split(/\{(\w+)\}/).map((part, index): Child => {
    if (index % 2 === 0) return part;
    const value = <bdi>{values[part] ?? part}</bdi>;
    return strong ? <strong>{value}</strong> : value;
  });
  return <span>{parts}</span>;
}
