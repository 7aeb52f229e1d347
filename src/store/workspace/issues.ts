/** What a schema found, as paths and messages; an unknown member has a path of its own. */
import type * as z from "zod";

export interface Issue {
  readonly path: string;
  readonly message: string;
}

/** Named at most: a body may hold a hundred thousand unknown members. */
const MOST = 100;

/** A member that must be there is not: zod says so of a type that nobody knows who fills in a form. */
const ABSENT = /^Invalid input: expected .*, received undefined$/;

export function issuesOf({ issues }: z.ZodError): Issue[] {
  return issues
    .flatMap((issue) =>
      issue.code === "unrecognized_keys"
        ? issue.keys.map((key) => ({ path: [...issue.path, key].join("."), message: "is not known here" }))
        : [
            {
              path: issue.path.join("."),
              message: ABSENT.test(issue.message) ? "is missing" : issue.message,
            },
          ],
    )
    .slice(0, MOST);
}
