/** A SAML identity provider with the people of the pool, whose messages are made by `samlp`. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Named } from "../../saml/keys.ts";
import { samlpLogout } from "../../saml/logout.ts";
import { parseRequest } from "../../saml/samlp.ts";
import { listen } from "../listen.ts";
import { find, form } from "../pool/login.ts";
import { page } from "../pool/page.ts";
import { people, type Person } from "../pool/people.ts";
import { metadata } from "./metadata.ts";
import { respond, type Waiting } from "./respond.ts";

export interface SamlProvider {
  /** Another site than the broker's `localhost`, so that SameSite counts. */
  readonly origin: string;
  /** Stays as it is when ports change, so that a second start changes nothing. */
  readonly metadataUrl: string;
  /** What is found there. */
  readonly metadata: () => Response;
  stop(): Promise<void>;
}

/** Stays as it is when ports change: who somebody is depends on it. */
const ENTITY_ID = "https://partners.example.com/saml";
const SESSION = "partners-session";

interface Options {
  readonly by: Named;
  /** Whom it knows: answers go to no other addresses. */
  readonly sp: ServiceProvider;
}

export interface ServiceProvider {
  /** Its entity id. */
  readonly audience: string;
  readonly acs: string;
  readonly slo: string;
  /** What its requests to sign out are signed with. */
  readonly certificate: string;
}

interface Session {
  readonly person: Person;
  readonly index: string;
}

export async function startSamlProvider({ by, sp }: Options): Promise<SamlProvider> {
  const waiting = new Map<string, Waiting>();
  const sessions = new Map<string, Session>();

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (!response.headersSent)
        show(response, 400, "<h1>This did not work</h1><p>Start again at the app.</p>");
      console.error(error);
    });
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", origin);
    const fields = request.method === "POST" ? await read(request) : url.searchParams;
    if (url.pathname === "/sso") await arrive(request, response, fields);
    else if (url.pathname === "/slo") await signOut(request, response, url.search);
    else if (url.pathname.startsWith("/login/"))
      await signIn(url.pathname.slice(7), request, response, fields);
    else show(response, 404, "<h1>There is nothing here</h1>");
  }

  async function arrive(request: IncomingMessage, response: ServerResponse, fields: URLSearchParams) {
    const asked = await parseRequest(request.method ?? "", fields.get("SAMLRequest") ?? "");
    const { issuer = "", id = "", assertionConsumerServiceURL: to = "", forceAuthn } = asked;
    if (to !== sp.acs) throw new Error("nobody registered this Assertion Consumer Service");
    const login = { audience: issuer, acs: to, request: id, relay: fields.get("RelayState") ?? "" };
    const known = sessions.get(cookie(request));
    if (known && forceAuthn !== "true")
      return show(response, 200, await respond(ENTITY_ID, by, login, known.person, known.index));
    const handle = crypto.randomUUID();
    waiting.set(handle, login);
    response.writeHead(303, { location: `/login/${handle}` }).end();
  }

  async function signIn(
    handle: string,
    request: IncomingMessage,
    response: ServerResponse,
    fields: URLSearchParams,
  ) {
    const login = waiting.get(handle);
    if (!login)
      return show(
        response,
        400,
        "<h1>This sign-in has expired</h1><p>Go back to the app and start again.</p>",
      );
    const posted = request.method === "POST";
    const person = posted ? find(people, fields) : undefined;
    if (!person)
      return show(response, posted ? 400 : 200, form(fields.get("username") ?? "", posted, "Partners"));
    waiting.delete(handle);
    const session = crypto.randomUUID();
    const index = `_${crypto.randomUUID()}`;
    sessions.set(session, { person, index });
    response.setHeader("set-cookie", `${SESSION}=${session}; Path=/; HttpOnly; SameSite=Lax`);
    show(response, 200, await respond(ENTITY_ID, by, login, person, index));
  }

  /** SAML Profiles §4.4.3.2: whoever asks has to have signed that, and to name the session of this very browser. */
  async function signOut(request: IncomingMessage, response: ServerResponse, query: string) {
    const known = sessions.get(cookie(request));
    if (!known) throw new Error("nobody is signed in with this browser");
    const named = { name_id: known.person.sub, session_index: known.index };
    const to = await samlpLogout({ by, issuer: ENTITY_ID, ...sp, ...named, asked: { query } });
    sessions.delete(cookie(request));
    response.writeHead(303, { location: to, "cache-control": "no-store" }).end();
  }

  const origin = `http://127.0.0.1:${await listen(server, 0)}`;
  return {
    origin,
    metadataUrl: `${ENTITY_ID}/metadata`,
    metadata: () =>
      new Response(metadata(ENTITY_ID, origin, by), {
        headers: { "content-type": "application/samlmetadata+xml" },
      }),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function show(response: ServerResponse, status: number, body: string): void {
  const headers = { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" };
  response.writeHead(status, headers).end(page("Sign in", body));
}

function cookie({ headers }: IncomingMessage): string {
  return new RegExp(`(?:^|; )${SESSION}=([^;]*)`).exec(headers.cookie ?? "")?.[1] ?? "";
}

async function read(stream: AsyncIterable<Buffer>): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return new URLSearchParams(Buffer.concat(chunks).toString());
}
