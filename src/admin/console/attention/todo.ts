/** One thing that an operator should look at, and where to. */
export interface Todo {
  readonly title: string;
  readonly detail: string;
  readonly to: string;
  readonly words: string;
}

/** Seconds. */
export const DAY = 86_400;
