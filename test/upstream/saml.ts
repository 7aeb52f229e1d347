/** `https://samlp.idp.example.com`, `https://samlify.idp.example.com`: two libraries that write what a test asks them for, and judge our requests and sign-outs. */
import { type RequestAsked, samlifyRequest } from "../saml/asked.ts";
import { type LogoutAsked, samlifyLogout, samlpLogout } from "../saml/logout.ts";
import { samlifyResponse, type SamlifyAnswer } from "../saml/samlify.ts";
import { samlpResponse, type SamlAnswer } from "../saml/samlp.ts";

const WRITERS: Readonly<Record<string, (told: never) => Promise<string>>> = {
  "samlp.idp.example.com": (told: SamlAnswer) => samlpResponse(told),
  "samlify.idp.example.com": (told: SamlifyAnswer) => samlifyResponse(told),
  "samlify-request.idp.example.com": (asked: RequestAsked) => samlifyRequest(asked),
  "samlp-logout.idp.example.com": (asked: LogoutAsked) => samlpLogout(asked),
  "samlify-logout.idp.example.com": (asked: LogoutAsked) => samlifyLogout(asked),
};

/** @returns undefined for other hosts */
export async function samlWriter(request: Request, { hostname }: URL): Promise<Response | undefined> {
  const write = WRITERS[hostname];
  if (!write) return undefined;
  try {
    return new Response(await write((await request.json()) as never));
  } catch (error) {
    return new Response(String(error), { status: 400 });
  }
}
