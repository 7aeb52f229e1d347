/** Until when what a connection knows of its provider holds: looked at by an alarm, so that nobody has to be surprised. */
import { readCertificate } from "../../saml/certificate.ts";
import type { Outlook, Tools } from "../connector.ts";
import { providerOf, readAnew } from "./provider.ts";
import type { Settings } from "./settings.ts";

/** @throws UpstreamError where the metadata cannot be read */
export async function outlook(settings: Settings, tools: Pick<Tools, "fetch" | "now">): Promise<Outlook> {
  const { metadata_url } = settings;
  const provider = metadata_url === undefined ? providerOf(settings, tools) : readAnew(metadata_url, tools);
  const { certificates, valid_until } = await provider;
  const ends = certificates.flatMap((one) => readCertificate(one)?.expires_at ?? []);
  // While one replaces another the later one counts: nobody has to do anything before that.
  const certificates_expire_at = Math.max(...ends);
  return {
    ...(ends.length > 0 && { certificates_expire_at }),
    ...(valid_until !== undefined && { valid_until }),
    fetched: metadata_url !== undefined,
  };
}
