/** Errors of the admin API, as problem details. */
import type { AppContext } from "../http/context.ts";
import { StaleConfiguration } from "../store/configuration.ts";
import { Problem, writeProblem } from "./problem.ts";

export function onApiError(error: Error, c: AppContext): Response {
  return writeProblem(c, asProblem(error, c));
}

export function asProblem(error: Error, c: AppContext): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof StaleConfiguration)
    return new Problem(503, "the configuration cannot be read right now");
  c.set("fault", error);
  return new Problem(500, "something went wrong here");
}
