/** Where people are in the console, and what the API says of each in a list. */
export const PATH = "/people";
export const UP = { words: "People", path: PATH };

export interface Row {
  readonly subject: string;
  readonly connection: string;
  readonly issuer: string;
  readonly first_seen: number;
  readonly last_seen: number;
}
