import { Refusal } from "../refusal.ts";

/** A secret that travels in the clear is everybody's: http only on this machine. @throws Refusal */
export function safeOrigin(what: string, text: string | undefined): string {
  const url = URL.canParse(text ?? "") ? new URL(text ?? "") : undefined;
  const here = ["localhost", "127.0.0.1", "[::1]"].includes(url?.hostname ?? "");
  if (url?.protocol === "https:" || (url?.protocol === "http:" && here)) return url.origin;
  throw new Refusal(`${what} must be an https URL, for example https://login.example.com`);
}
