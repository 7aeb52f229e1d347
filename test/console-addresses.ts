/** Ids by the word of the path before them, such as `people`; under the empty word the id of everything else. */
export type Ids = Readonly<Record<string, string>>;

/** A page of the console with a record in the place of each parameter. @param pattern in the syntax of Hono's router */
export function addressOf(pattern: string, ids: Ids): string {
  return pattern.replaceAll(
    /\/([\w-]+)\/:\w+/g,
    (_, before: string) => `/${before}/${ids[before] ?? ids[""] ?? "nothing"}`,
  );
}
