/** Where people are in the console, and what the API says of each in a list. */
import type { Crumb } from "../page.ts";

export const PATH = "/people";
export const UP = { words: "People", path: PATH };

/** As much of a subject as people compare. */
export const shortOf = (subject: string): string => subject.slice(0, 8);

/** Where a page below a person is in the console. */
export const trailOf = (subject: string): readonly Crumb[] => [
  UP,
  { words: shortOf(subject), path: `${PATH}/${subject}` },
];

export interface Row {
  readonly subject: string;
  readonly connection: string;
  readonly issuer: string;
  readonly first_seen: number;
  readonly last_seen: number;
}
