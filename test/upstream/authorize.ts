/** The hosted pages, with the person at the browser already known: it says who it is in headers. */
import { randomUUID } from "node:crypto";
import { writeCode } from "./code.ts";
import { faultsOf, type Fault, type Has } from "./faults.ts";
import type { Pool } from "./pool.ts";

const ERRORS: Partial<Record<Fault, Readonly<Record<string, string>>>> = {
  "access-denied": { error: "access_denied" },
  "server-error": {
    error: "server_error",
    error_description: "Timeout occurred in calling IdP token endpoint",
  },
  unavailable: { error: "temporarily_unavailable" },
  "unknown-error": { error: "teapot", error_description: '"<script>alert(1)</script>' },
};

export function authorize(request: Request, pool: Pool): Response {
  return arrive(request, pool, false);
}

/** With a response type this is Cognito's way to a fresh sign-in. */
export function logout(request: Request, pool: Pool): Response {
  const back = new URL(request.url).searchParams.get("logout_uri");
  if (back !== null) return Response.redirect(back, 302);
  return arrive(request, pool, true);
}

function arrive(request: Request, pool: Pool, signedOut: boolean): Response {
  const { searchParams: asked } = new URL(request.url);
  const is = (name: string) => asked.get(name) ?? "";
  if (is("response_type") !== "code" || is("code_challenge_method") !== "S256")
    return new Response("a code with PKCE was expected", { status: 400 });
  const has = faultsOf(is("client_id"));
  const said = request.headers;
  const anew = (signedOut || is("prompt") === "login") && !has("ignores-prompt");
  const code = writeCode({
    id: randomUUID(),
    pool: pool.id,
    client: is("client_id"),
    redirect: is("redirect_uri"),
    challenge: is("code_challenge"),
    nonce: is("nonce"),
    scope: is("scope"),
    person: said.get("x-person") ?? "ada",
    claims: JSON.parse(decodeURIComponent(said.get("x-claims") ?? "{}")) as Record<string, unknown>,
    now: Number(said.get("x-now") ?? Math.floor(Date.now() / 1_000)),
    age: anew ? 0 : Number(said.get("x-auth-age") ?? 0),
  });
  const to = new URL(is("redirect_uri"));
  for (const [name, value] of answer(has, code, is("state"))) to.searchParams.append(name, value);
  return new Response(null, { status: 302, headers: { location: to.href } });
}

function answer(has: Has, code: string, state: string): [string, string][] {
  const failed = Object.entries(ERRORS).find(([fault]) => has(fault as Fault));
  const told: [string, string][] = [["state", has("wrong-state") ? `${state.slice(1)}A` : state]];
  if (has("wrong-iss"))
    told.push(["iss", "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Other"]);
  if (failed) return [...Object.entries(failed[1]), ...told];
  if (has("no-code")) return told;
  return [["code", code], ...told, ...(has("two-codes") ? [["code", code] as [string, string]] : [])];
}
