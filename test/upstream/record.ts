/** What the world outside was asked, by pool or key set, and hosts that nobody should have called. */
export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly authorization: string | null;
  readonly body: string;
}

const seen = new Map<string, Seen[]>();
const strangers: string[] = [];

export async function note(name: string, request: Request): Promise<void> {
  const { method, url, headers } = request;
  const body = method === "POST" ? await request.clone().text() : "";
  const list = seen.get(name) ?? [];
  list.push({ method, url, authorization: headers.get("authorization"), body });
  seen.set(name, list);
}

/** `https://upstream.test/requests?of=…` and `https://upstream.test/strangers`, which forgets what it tells. */
export function requests(url: URL): Response {
  if (url.pathname === "/strangers") return Response.json(strangers.splice(0));
  return Response.json(seen.get(url.searchParams.get("of") ?? "") ?? []);
}

export function unexpected(url: URL): Response {
  strangers.push(url.origin);
  return new Response(`nobody is expected to call ${url.origin}`, { status: 599 });
}
