/** Userinfo, where Cognito writes booleans as strings. The token is read, not judged: it is our own. */
import { decodeJwt } from "jose";
import { faultsOf } from "./faults.ts";
import { person } from "./people.ts";

export function userInfo(request: Request): Response {
  const token = /^Bearer (.+)$/.exec(request.headers.get("authorization") ?? "")?.[1];
  if (!token)
    return new Response(null, {
      status: 401,
      headers: { "www-authenticate": 'Bearer error="invalid_token"' },
    });
  const { sub, client_id, username } = decodeJwt<{ client_id: string; username: string }>(token);
  const has = faultsOf(client_id);
  if (has("userinfo-500")) return new Response("Internal error", { status: 500 });
  if (has("userinfo-html"))
    return new Response("<h1>Sorry</h1>", { headers: { "content-type": "text/html" } });
  const { claims } = person(username, {
    nickname: `${username} of userinfo`,
    "https://example.com/groups": "engineering",
  });
  const text = Object.entries(claims).map(([name, value]) => [name, String(value)]);
  return Response.json({
    ...Object.fromEntries(text),
    sub: has("userinfo-other-sub") ? "sub-of-somebody-else" : sub,
    username,
  });
}
