/**
 * A sample post-authentication application: people accept terms of service, and the day they did so becomes an attribute.
 * It uses nothing but what any application has: its URL, its client of the workspace `system`, and the API for such applications.
 */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { listen } from "../listen.ts";
import { escape, page } from "../pool/page.ts";

export interface Terms {
  readonly url: string;
  /** Its credentials come later: they are made with its record. */
  register(client: { readonly client_id: string; readonly client_secret: string }): void;
  stop(): Promise<void>;
}

/** The attribute that it adds. */
export const TERMS_ACCEPTED = "terms_accepted";

interface Login {
  readonly id: string;
  readonly login_state: string;
}

/** @param origin of the broker */
export async function startTerms(origin: string, port: number): Promise<Terms> {
  let authorization = "";

  /** The application's own token, anew each time: it lives an hour, and this is a sample. */
  async function token(): Promise<string> {
    const response = await fetch(`${origin}/system/oauth2/token`, {
      method: "POST",
      headers: { authorization },
      body: new URLSearchParams({ grant_type: "client_credentials", scope: "manage_post_authn" }),
    });
    const { access_token } = (await response.json()) as { access_token: string };
    return access_token;
  }

  async function call(
    { id, login_state }: Login,
    action: string,
    body?: object,
  ): Promise<Record<string, unknown>> {
    const query = body ? "" : `?login_state=${encodeURIComponent(login_state)}`;
    const url = `${origin}/api/system/default/post-authn/${encodeURIComponent(id)}${action}${query}`;
    const response = await fetch(url, {
      method: body ? "POST" : "GET",
      headers: { authorization: `Bearer ${await token()}`, "content-type": "application/json" },
      ...(body && { body: JSON.stringify({ id, login_state, ...body }) }),
    });
    if (!response.ok) throw new Error(`the login cannot be answered any more (${response.status})`);
    return (await response.json()) as Record<string, unknown>;
  }

  async function ask(login: Login): Promise<string> {
    const { client_info, authentication_context } = await call(login, "");
    const { client_name } = client_info as { client_name: string };
    const { given_name } = authentication_context as { given_name?: string };
    return page(
      "Terms of service",
      `<h1>Terms of service</h1>
<p>Hello ${escape(given_name ?? "")}, before you go on to ${escape(client_name)}: be kind, and do not scrape.</p>
<form method="post">
<input type="hidden" id="login_id" name="login_id" value="${escape(login.id)}">
<input type="hidden" id="login_state" name="login_state" value="${escape(login.login_state)}">
<p><button id="accept" name="answer" value="accept">I accept</button></p>
<p><button id="decline" name="answer" value="decline">I do not accept</button></p>
</form>`,
    );
  }

  async function answer(login: Login, accepted: boolean): Promise<string> {
    const answered = accepted
      ? await call(login, "/complete", {
          authentication_context: { [TERMS_ACCEPTED]: new Date().toISOString().slice(0, 10) },
        })
      : await call(login, "/abort", {
          error: "terms_refused",
          error_description: "the person did not accept the terms of service",
          status_code: 403,
        });
    return String(answered["redirect_to"]);
  }

  const server = createServer((request, response) => {
    void handle(request).then(
      ({ to, html = "" }) => {
        response.writeHead(
          to ? 303 : 200,
          to ? { location: to } : { "content-type": "text/html; charset=utf-8" },
        );
        response.end(html);
      },
      (error: unknown) => {
        response.writeHead(400, { "content-type": "text/html; charset=utf-8" });
        response.end(
          page("Terms of service", `<h1>This did not work</h1><p role="alert">${escape(String(error))}</p>`),
        );
      },
    );
  });

  async function handle(request: IncomingMessage): Promise<{ to?: string; html?: string }> {
    const posted = request.method === "POST" ? new URLSearchParams(await read(request)) : undefined;
    const sent = posted ?? new URL(request.url ?? "", "http://127.0.0.1").searchParams;
    const login = { id: sent.get("login_id") ?? "", login_state: sent.get("login_state") ?? "" };
    return posted
      ? { to: await answer(login, posted.get("answer") === "accept") }
      : { html: await ask(login) };
  }

  await listen(server, port);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    register({ client_id, client_secret }) {
      authorization = `Basic ${btoa(`${client_id}:${client_secret}`)}`;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
