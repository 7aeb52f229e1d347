import { Agent, request } from "node:http";

export interface Answer {
  readonly status: number;
  readonly location: string;
  /** `name=value` of each cookie that was set. */
  readonly cookies: readonly string[];
  readonly body: string;
}

export interface Asking {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as a form. */
  readonly form?: Readonly<Record<string, string>> | URLSearchParams;
  readonly json?: object;
}

/** Connections stay open: what is measured is the work, not TCP. */
const agent = new Agent({ keepAlive: true, maxSockets: 256, scheduling: "lifo" });

/** A request that follows no redirect. Node's own `fetch` costs the driver more than the Worker costs. */
export function send(url: string, { method, headers, form, json }: Asking = {}): Promise<Answer> {
  const payload = form ? new URLSearchParams(form).toString() : json && JSON.stringify(json);
  const type = form ? "application/x-www-form-urlencoded" : "application/json";
  return new Promise((resolve, reject) => {
    const options = {
      agent,
      method: method ?? (payload === undefined ? "GET" : "POST"),
      headers: {
        ...headers,
        ...(payload !== undefined && { "content-type": type, "content-length": Buffer.byteLength(payload) }),
      },
    };
    const sent = request(url, options, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          location: response.headers.location ?? "",
          cookies: (response.headers["set-cookie"] ?? []).map((cookie) => cookie.split(";")[0] ?? ""),
          body: Buffer.concat(chunks).toString(),
        }),
      );
    });
    sent.on("error", reject);
    sent.end(payload);
  });
}

/** @throws when the status is another one, with what was said */
export function expected(status: number, answer: Answer): Answer {
  if (answer.status !== status)
    throw new Error(`${answer.status} in place of ${status}: ${answer.body.slice(0, 200)}`);
  return answer;
}

/** A parameter of where an answer leads. */
export function parameter({ location }: Answer, name: string): string {
  const value = URL.canParse(location) ? new URL(location).searchParams.get(name) : null;
  if (value === null) throw new Error(`no ${name} in ${location}`);
  return value;
}

/** Where a page leads that leaves by itself. */
export function left(page: Answer): Answer {
  const to = /content="0;url=([^"]+)"/.exec(page.body)?.[1];
  return to === undefined ? page : { ...page, location: to.replaceAll("&amp;", "&") };
}
