/** How our server refused what an oauth4webapi client asked: status, error and description, whichever way they came. */
import * as oauth from "oauth4webapi";

export interface Refusal {
  readonly status: number;
  readonly error?: unknown;
  readonly error_description?: unknown;
}

/** @throws Error when it was not refused, or by something else than an answer of ours */
export async function refused(request: Promise<unknown>): Promise<Refusal> {
  const error: unknown = await request.then(
    () => new Error("this was not refused"),
    (fault: unknown) => fault,
  );
  if (error instanceof oauth.ResponseBodyError)
    return { status: error.status, error: error.error, error_description: error.error_description };
  if (error instanceof oauth.WWWAuthenticateChallengeError)
    return {
      status: error.status,
      ...(await error.response.json<Omit<Refusal, "status">>().catch(() => ({}))),
    };
  throw error;
}
