/** The one writer of errors. What a caller reads is clear and holds no secret; what happened is in the log. */
import { Problem, writeProblem } from "../admin/problem.ts";
import { OAuthError } from "../oauth/error.ts";
import { ErrorPage } from "../pages/error.tsx";
import { StaleConfiguration } from "../store/configuration.ts";
import type { AppContext } from "./context.ts";
import { Misconfigured } from "./deployment.ts";
import { frame } from "./frame.ts";
import { TooMany } from "./limits.ts";
import { PageFault } from "./page-fault.ts";

export function onError(error: Error, c: AppContext): Response | Promise<Response> {
  if (error instanceof Misconfigured) return unready(error, c);
  if (error instanceof TooMany) return tooMany(error, c);
  return c.var.answers === "page" ? asPage(asFault(error, c), c) : asJson(asOAuth(error, c), c);
}

/** A URL that leads nowhere, and a workspace that does not exist: one answer. */
export function onMissing(c: AppContext): Response | Promise<Response> {
  if (c.var.answers !== "page") return c.json({ error: "not_found" }, 404);
  return asPage(new PageFault("not_found", "there is nothing at this address"), c);
}

/** To whoever sets it up; a monitor learns no detail. */
function unready(error: Misconfigured, c: AppContext): Response {
  if (c.req.path === "/healthz") return c.json({ status: "unavailable" }, 503);
  return c.text(`Vestibule is not set up yet: ${error.message}.\n`, 500);
}

/** RFC 6585 §4, in the form of each URL. OAuth has no word of its own for it; this one says what to do. */
function tooMany({ message, retry_after }: TooMany, c: AppContext): Response | Promise<Response> {
  c.header("Retry-After", String(retry_after));
  switch (c.var.answers) {
    case "problem":
      return writeProblem(c, new Problem(429, message));
    case "json":
      return c.json({ error: "temporarily_unavailable", error_description: message }, 429);
    case "page":
      return asPage(new PageFault("too_many", message), c);
  }
}

/**
 * RFC 9110 §15.5.6: an address that takes other methods says which.
 * @param methods without HEAD, which goes with GET
 */
export function onMethod(c: AppContext, methods: readonly string[]): Response | Promise<Response> {
  const error = new OAuthError("invalid_request", `this endpoint takes ${methods.join(" and ")} only`);
  const allowed = methods.flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method]));
  c.header("Allow", allowed.join(", "));
  return c.var.answers === "page" ? asPage(PageFault.of(error), c, 405) : c.json(error.toJSON(), 405);
}

/** RFC 6749 §5.2, and RFC 6750 §3 where a token was presented. */
function asJson(error: OAuthError, c: AppContext): Response {
  note(c, error.code, error.reason);
  if (error.code === "invalid_client")
    c.header("WWW-Authenticate", `Basic realm="${c.var.broker?.issuer ?? ""}"`);
  // Where the fault is ours another token would not help, and a library would throw the good one away.
  if (c.var.bearer && error.status < 500) c.header("WWW-Authenticate", challenge(c, error));
  return c.json(error.toJSON(), error.status);
}

/** RFC 6750 §3, at URLs that a bearer token opens. */
function challenge(c: AppContext, { code, message, scope }: OAuthError): string {
  const needed = scope === undefined ? "" : `, scope="${scope}"`;
  return `Bearer realm="${c.var.deployment.origin}", error="${code}", error_description="${message}"${needed}`;
}

function asPage(
  fault: PageFault,
  c: AppContext,
  status: PageFault["status"] | 405 = fault.status,
): Response | Promise<Response> {
  note(c, fault.kind, fault.reason, fault.about);
  const page = ErrorPage({
    frame: frame(c),
    kind: fault.kind,
    ...(isOwnPage(c) && { home: `${c.var.broker.issuer}/me` }),
    code: fault.kind,
    detail: fault.message,
    time: new Date().toISOString(),
  });
  return c.html(page, status);
}

/** What goes wrong at a person's own pages, or where an app signs them out, leads to those: no app is waiting. */
function isOwnPage(c: AppContext): boolean {
  const [, , page = ""] = c.req.path.split("/");
  return c.var.broker !== undefined && ["me", "sign-out", "oidc"].includes(page);
}

function asOAuth(error: Error, c: AppContext): OAuthError {
  if (error instanceof OAuthError) return error;
  if (error instanceof PageFault)
    return new OAuthError("invalid_request", error.message, { reason: error.reason });
  if (error instanceof StaleConfiguration)
    return new OAuthError("temporarily_unavailable", "the service cannot answer right now", { cause: error });
  c.set("fault", error);
  return new OAuthError("server_error", "something went wrong here", { cause: error });
}

function asFault(error: Error, c: AppContext): PageFault {
  if (error instanceof PageFault) return error;
  if (error instanceof OAuthError) return PageFault.of(error);
  if (error instanceof StaleConfiguration)
    return new PageFault("unavailable", "the configuration cannot be read");
  c.set("fault", error);
  return new PageFault("server_error", "something went wrong here", { cause: error });
}

function note(c: AppContext, error: string, reason: string, about: PageFault["about"] = {}): void {
  c.var.broker?.refused({ where: c.req.routePath, error, reason, ...about });
}
