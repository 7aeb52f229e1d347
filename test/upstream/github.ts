/** GitHub: OAuth 2.0 with a user API. It refuses a code with status 200, and callers who do not say who they are. */
import { createHash, randomUUID } from "node:crypto";
import { spend, writeCode, type Code } from "./code.ts";
import { faultsOf } from "./faults.ts";
import { note } from "./record.ts";

const issued = new Map<string, Code>();

export async function github(request: Request, url: URL): Promise<Response> {
  await note("github", request);
  switch (url.hostname + url.pathname) {
    case "github.com/login/oauth/authorize":
      return authorize(request, url.searchParams);
    case "github.com/login/oauth/access_token":
      return token(new URLSearchParams(await request.text()));
    case "api.github.com/user":
      return api(request, user);
    case "api.github.com/user/emails":
      return api(request, emails);
    default:
      return new Response("Not Found", { status: 404 });
  }
}

function authorize({ headers }: Request, asked: URLSearchParams): Response {
  const is = (name: string) => asked.get(name) ?? "";
  const code = writeCode({
    id: randomUUID(),
    pool: "github",
    client: is("client_id"),
    redirect: is("redirect_uri"),
    challenge: is("code_challenge"),
    nonce: "",
    scope: is("scope"),
    person: headers.get("x-person") ?? "ada",
    claims: {},
    now: 0,
    age: 0,
  });
  const to = new URL(is("redirect_uri"));
  to.search = new URLSearchParams({ code, state: is("state") }).toString();
  return new Response(null, { status: 302, headers: { location: to.href } });
}

function token(form: URLSearchParams): Response {
  const code = spend(form.get("code"));
  const verifier = createHash("sha256")
    .update(form.get("code_verifier") ?? "")
    .digest("base64url");
  if (form.get("client_secret") !== "an-upstream-secret" || code?.challenge !== verifier)
    return Response.json({ error: "bad_verification_code", error_description: "The code is incorrect." });
  const access_token = `gho_${code.id}`;
  issued.set(access_token, code);
  return Response.json({ access_token, token_type: "bearer", scope: code.scope.replaceAll(" ", ",") });
}

function api(request: Request, answer: (code: Code) => unknown): Response {
  if (!request.headers.get("user-agent")) return new Response("Request forbidden", { status: 403 });
  const code = issued.get(/^Bearer (.+)$/.exec(request.headers.get("authorization") ?? "")?.[1] ?? "");
  if (code && faultsOf(code.client)("userinfo-500")) return Response.json({ id: 1 }, { status: 500 });
  return code ? Response.json(answer(code)) : Response.json({ message: "Bad credentials" }, { status: 401 });
}

function user({ client, person }: Code): unknown {
  const has = faultsOf(client);
  if (has("no-sub")) return { login: person };
  if (has("userinfo-other-sub")) return [{ id: 1 }];
  if (has("userinfo-null")) return null;
  return {
    id: has("huge-sub") ? 1e20 : person.length,
    login: person,
    name: `${person} of GitHub`,
    email: null,
    company: "",
  };
}

const emails = ({ person }: Code) => [
  { email: `${person}@old.example`, primary: false, verified: true },
  { email: `${person}@example.com`, primary: true, verified: person !== "eve" },
];
