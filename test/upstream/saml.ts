/** `https://samlp.idp.example.com`, `https://samlify.idp.example.com`: two libraries that write what a test asks them for. */
import { samlifyResponse, type SamlifyAnswer } from "../saml/samlify.ts";
import { samlpResponse, type SamlAnswer } from "../saml/samlp.ts";

const WRITERS: Readonly<Record<string, (told: never) => Promise<string>>> = {
  "samlp.idp.example.com": (told: SamlAnswer) => samlpResponse(told),
  "samlify.idp.example.com": (told: SamlifyAnswer) => samlifyResponse(told),
};

/** @returns undefined for other hosts */
export async function samlWriter(request: Request, { hostname }: URL): Promise<Response | undefined> {
  const write = WRITERS[hostname];
  return write && new Response(await write((await request.json()) as never));
}
