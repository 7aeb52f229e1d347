/** Whose signatures a connection believes, and which algorithms of theirs. */
import { readCertificate } from "../../saml/certificate.ts";
import type { Provider } from "../../saml/metadata.ts";
import type { Trust } from "../../saml/signature.ts";
import type { Settings } from "./settings.ts";

export function trustIn({ certificates }: Provider, { allow: weak }: Pick<Settings, "allow">): Trust {
  const keys = certificates.flatMap((certificate) => readCertificate(certificate)?.key ?? []);
  return { keys, weak };
}
