/** `https://keys.example.com/{name}`: key sets of clients. A test puts one; every read is noted under the name. */
import { note } from "./record.ts";

const sets = new Map<string, string>();

export async function keySets(request: Request, url: URL): Promise<Response> {
  const name = url.pathname.slice(1);
  if (request.method === "PUT") {
    sets.set(name, await request.text());
    return new Response(null, { status: 204 });
  }
  await note(name, request);
  if (name.startsWith("redirect")) return Response.redirect("https://internal.example.com/keys", 302);
  if (name.startsWith("html"))
    return new Response("<h1>Keys</h1>", { headers: { "content-type": "text/html" } });
  if (name.startsWith("down")) return new Response("Bad Gateway", { status: 502 });
  const set = sets.get(name);
  return set === undefined
    ? new Response(null, { status: 404 })
    : new Response(set, { headers: { "content-type": "application/json" } });
}
