/** Who a person is to us (design §5.1): connection, issuer and upstream subject, and nothing else. */
import type { Broker } from "../broker.ts";
import { Bounded } from "../config/bounded.ts";
import { toHex } from "../crypto/hex.ts";
import { unseal } from "../crypto/seal.ts";
import type { Authentication } from "../flow.ts";

type SubjectBroker = Pick<Broker, "keyring" | "workspace">;

/** Salts that the isolate has opened, as HMAC keys, by workspace: one that is sealed for another is opened by nobody. */
const salts = new Bounded<CryptoKey>(500);

/** HMAC-SHA-256 over the JSON array of the three, under the workspace's salt, in hex. Never changes for a person. */
export async function subjectOf(
  broker: SubjectBroker,
  connection: string,
  issuer: string,
  upstreamSubject: string,
): Promise<string> {
  return mac(broker, JSON.stringify([connection, issuer, upstreamSubject]));
}

/** A keyed hash to find a person by an address or login name without keeping it. */
export async function lookupHash(
  broker: SubjectBroker,
  kind: "email" | "login",
  value: string,
): Promise<string> {
  return mac(broker, JSON.stringify([kind, value.trim().toLowerCase()]));
}

/** What the directory finds an identity by. */
export async function lookupHashes(broker: SubjectBroker, { context }: Pick<Authentication, "context">) {
  const [email, login] = [context["email"]?.value, context["preferred_username"]?.value];
  return {
    ...(typeof email === "string" && { email_hash: await lookupHash(broker, "email", email) }),
    ...(typeof login === "string" && { login_hash: await lookupHash(broker, "login", login) }),
  };
}

async function mac({ keyring, workspace }: SubjectBroker, text: string): Promise<string> {
  const name = `${workspace.id} ${workspace.salt}`;
  let key = salts.get(name);
  if (!key) {
    const salt = await unseal(keyring, { purpose: "salt", workspace: workspace.id }, workspace.salt);
    if (!salt) throw new Error("the salt of the workspace cannot be opened with this DEPLOYMENT_KEY");
    const algorithm = { name: "HMAC", hash: "SHA-256" };
    key = await crypto.subtle.importKey("raw", new TextEncoder().encode(salt), algorithm, false, ["sign"]);
    salts.set(name, key);
  }
  return toHex(new Uint8Array(await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(text))));
}
