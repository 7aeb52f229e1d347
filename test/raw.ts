/** Requests as anybody could make them, where a correct client would be in the way. */
import { exports } from "cloudflare:workers";
import type { Page, Via } from "./browser.ts";

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON, or undefined. */
  readonly json: Record<string, unknown> | undefined;
}

type Fields = Readonly<Record<string, string>> | URLSearchParams;
type Headed = Readonly<Record<string, string>>;

const worker: Via = (request) => exports.default.fetch(request);

export async function get(url: string | URL, headers: Headed = {}, via = worker): Promise<Reply> {
  return read(await via(new Request(url, { headers, redirect: "manual" })));
}

export async function post(
  url: string | URL,
  fields: Fields,
  headers: Headed = {},
  via = worker,
): Promise<Reply> {
  const body = new URLSearchParams(fields as Record<string, string>).toString();
  const form = { "content-type": "application/x-www-form-urlencoded", ...headers };
  return read(await via(new Request(url, { method: "POST", headers: form, body, redirect: "manual" })));
}

export function basic(id: string, secret: string): Headed {
  return { authorization: `Basic ${btoa(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`)}` };
}

/** What an app is told at its redirect URI. */
export function told(page: Page | URL): Record<string, string> {
  const url = page instanceof URL ? page : page.url;
  return Object.fromEntries(page instanceof URL || !page.posted ? url.searchParams : page.posted);
}

async function read(response: Response): Promise<Reply> {
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: parsed(text) };
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
