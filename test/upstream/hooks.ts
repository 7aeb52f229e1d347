/** `https://hooks.example.com/{name}`: an operator's receiver of audit events. A test says what it answers and reads what came. */
interface Received {
  readonly signature: string;
  readonly body: string;
  readonly status: number;
}

const received = new Map<string, Received[]>();
const answers = new Map<string, number>();

export async function hooks(request: Request, url: URL): Promise<Response> {
  const name = url.pathname.slice(1);
  if (name === "echo") return Response.json(Object.fromEntries(request.headers));
  if (request.method === "GET") return Response.json(received.get(name) ?? []);
  if (request.method === "PUT") {
    answers.set(name, Number(await request.text()));
    return new Response(null, { status: 204 });
  }
  const status = answers.get(name) ?? 204;
  const signature = request.headers.get("vestibule-signature") ?? "";
  received.set(name, [...(received.get(name) ?? []), { signature, body: await request.text(), status }]);
  const location = status === 302 ? { location: "https://internal.example.com/" } : undefined;
  return new Response(null, { status, headers: location });
}
