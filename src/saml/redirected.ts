/** SAML Bindings §3.4.4.1 — HTTP Redirect, read: what is signed is the query as it was sent, to the last character. */
import { allowed, SIGNATURE_METHODS } from "./algorithms.ts";
import { SamlError } from "./error.ts";
import { MESSAGE } from "./guard.ts";
import { isSignedBy, type Trust } from "./signature.ts";

/**
 * @param query as the browser sent it
 * @returns the message that the signature covers
 * @throws SamlError `document` or `signature`
 */
export async function readRedirected(query: string, trust: Trust): Promise<string> {
  const parts = query.replace(/^\?/, "").split("&");
  const of = (name: string) => {
    const [first, ...more] = parts.filter((part) => part.startsWith(`${name}=`));
    // Which one is signed, and which one is read, must not be a question.
    if (more.length > 0) throw new SamlError("document", `${name} is there more than once`);
    return first;
  };
  const [message, relay, algorithm, signature] = [
    of("SAMLResponse"),
    of("RelayState"),
    of("SigAlg"),
    of("Signature"),
  ];
  if (message === undefined) throw new SamlError("document", "there is no SAMLResponse");
  if (algorithm === undefined || signature === undefined)
    throw new SamlError("signature", "the message is not signed");
  const method = allowed(SIGNATURE_METHODS, trust.weak).find(([name]) => name === decoded(algorithm))?.[1];
  const signed = [message, relay, algorithm].filter((part) => part !== undefined).join("&");
  if (!method || !isSignedBy(trust.keys, method, signed, decoded(signature)))
    throw new SamlError("signature", "the signature is not of the connection's provider");
  return inflate(decoded(message));
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part.slice(part.indexOf("=") + 1).replaceAll("+", " "));
  } catch (cause) {
    throw new SamlError("document", "the query is not encoded as a query", { cause });
  }
}

/** As far as a message may go: a few bytes can become very many (RFC 1951). */
async function inflate(encoded: string): Promise<string> {
  try {
    const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });
    let text = "";
    for await (const chunk of stream) {
      text += decoder.decode(chunk, { stream: true });
      if (text.length > MESSAGE.longest) throw new RangeError("the message is too long");
    }
    return text + decoder.decode();
  } catch (cause) {
    throw new SamlError("document", "the message is not deflated UTF-8, or is too long", { cause });
  }
}
