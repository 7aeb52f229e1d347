/** In workerd: an assertion accepted over and over, whole or only a part of the work. */
import { verify } from "node:crypto";
import { readCertificate } from "../../../src/saml/certificate.ts";
import { guard, MESSAGE } from "../../../src/saml/guard.ts";
import { readResponse } from "../../../src/saml/response.ts";
import { parse } from "../../../src/saml/tree.ts";

export interface Measured {
  readonly message: string;
  readonly certificate: string;
  readonly signature: string;
  readonly said: {
    readonly audience: string;
    readonly acs: string;
    readonly issuer: string;
    readonly request: string;
  };
  readonly now: number;
}

export default {
  async fetch(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    const given = (await request.json()) as Measured;
    const work = WORK[pathname];
    if (!work) return new Response("no such work", { status: 404 });
    for (let n = Number(searchParams.get("times")); n > 0; n--) await work(given);
    return new Response("done");
  },
};

const WORK: Readonly<Record<string, (given: Measured) => unknown>> = {
  async "/accept"({ message, certificate, said, now }) {
    const key = readCertificate(certificate)?.key;
    if (!key) throw new Error("no key");
    const trust = { keys: [key], weak: [], decryption_key: undefined, contexts: [], skew: 30 };
    const { audience, acs: recipient, issuer, request } = said;
    await readResponse(message, { ...trust, audience, recipient, issuer, request, now });
  },
  /** As often as it is parsed to be accepted: by us, by the library, and what was signed once more. */
  "/parse"({ message }) {
    const document = guard(atob(message), MESSAGE);
    for (let n = 0; n < 3; n++) parse(document);
  },
  "/signature"({ certificate, signature }) {
    const key = readCertificate(certificate)?.key.pem ?? "";
    verify("sha256", Buffer.from("signed info".repeat(60)), key, Buffer.from(signature, "base64"));
  },
};
