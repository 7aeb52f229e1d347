/** The authorization and pushed authorization request endpoints. Who sits at the browser is said in headers. */
import { randomUUID } from "node:crypto";
import { writeCode } from "../code.ts";
import { faultsOf } from "../faults.ts";
import { authenticated } from "./client.ts";
import type { Provider } from "./provider.ts";

const pushed = new Map<string, URLSearchParams>();

export async function par(request: Request, provider: Provider): Promise<Response> {
  const form = new URLSearchParams(await request.text());
  if (provider.is("parfails") || !(await authenticated(request, form, provider)))
    return Response.json({ error: "invalid_client" }, { status: 401 });
  const request_uri = `urn:ietf:params:oauth:request_uri:${randomUUID()}`;
  pushed.set(request_uri, form);
  return Response.json({ request_uri, expires_in: 60 }, { status: 201 });
}

export function authorize(request: Request, provider: Provider): Response {
  const sent = new URL(request.url).searchParams;
  const kept = pushed.get(sent.get("request_uri") ?? "");
  pushed.delete(sent.get("request_uri") ?? "");
  if (provider.is("onlypar") && !kept) return new Response("only pushed requests", { status: 400 });
  const asked = kept ?? sent;
  const is = (name: string) => asked.get(name) ?? "";
  if (is("response_type") !== "code" || is("code_challenge_method") !== "S256")
    return new Response("a code with PKCE was expected", { status: 400 });
  if (provider.is("strict")) return new Response("<h1>invalid redirect_uri</h1>", { status: 400 });
  if (provider.is("noscope")) {
    const query = new URLSearchParams({ error: "invalid_scope", state: is("state") });
    return new Response(null, {
      status: 302,
      headers: { location: `${is("redirect_uri")}?${query.toString()}` },
    });
  }
  const said = request.headers;
  const has = faultsOf(is("client_id"));
  const code = writeCode({
    id: randomUUID(),
    pool: provider.name,
    client: is("client_id"),
    redirect: is("redirect_uri"),
    challenge: is("code_challenge"),
    nonce: is("nonce"),
    scope: is("scope"),
    person: said.get("x-person") ?? "ada",
    claims: JSON.parse(decodeURIComponent(said.get("x-claims") ?? "{}")) as Record<string, unknown>,
    now: Number(said.get("x-now") ?? Math.floor(Date.now() / 1_000)),
    age: is("prompt") === "login" ? 0 : Number(said.get("x-auth-age") ?? 0),
  });
  const answer = new URLSearchParams({
    ...(has("access-denied") ? { error: "access_denied" } : { code }),
    state: is("state"),
    ...(has("wrong-iss")
      ? { iss: "https://another.op.example.com" }
      : provider.is("iss") && { iss: provider.issuer }),
  });
  if (is("response_mode") === "form_post") return formPost(is("redirect_uri"), answer);
  const to = new URL(is("redirect_uri"));
  for (const [name, value] of answer) to.searchParams.append(name, value);
  return new Response(null, { status: 302, headers: { location: to.href } });
}

/** OAuth 2.0 Form Post Response Mode: the browser presses `continue`. */
function formPost(action: string, answer: URLSearchParams): Response {
  const fields = [...answer].map(([name, value]) => `<input type="hidden" name="${name}" value="${value}">`);
  return new Response(
    `<form method="post" action="${action}">${fields.join("")}<button id="continue">Continue</button></form>`,
    { headers: { "content-type": "text/html" } },
  );
}
