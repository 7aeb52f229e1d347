export interface Tag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

/** What a browser would find in a page. The runtime's own parser is the judge, not ours. */
export async function read(html: string): Promise<{ tags: Tag[]; words: string[] }> {
  const tags: Tag[] = [];
  const words: string[] = [];
  const rewriter = new HTMLRewriter()
    .on("*", {
      element: ({ tagName, attributes }) =>
        void tags.push({ name: tagName, attributes: new Map(pairs(attributes)) }),
    })
    .onDocument({ text: ({ text }) => void words.push(text) });
  await rewriter.transform(new Response(html)).arrayBuffer();
  return { tags, words };
}

/** Each attribute is typed as an array; it is always a name and a value. */
function pairs(attributes: Iterable<string[]>): [string, string][] {
  return [...attributes].map(([name = "", value = ""]) => [name, value]);
}
