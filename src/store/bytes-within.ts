/**
 * A body to its end, within a limit. Counted while it comes: a length that is said need not be true, and a stream says none.
 * @param largest in bytes
 * @returns undefined where there are more, of which nothing is read on
 */
export async function bytesWithin(
  body: ReadableStream<Uint8Array> | null,
  largest: number,
): Promise<ArrayBuffer | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > largest) return undefined;
    chunks.push(chunk);
  }
  return new Blob(chunks).arrayBuffer();
}
