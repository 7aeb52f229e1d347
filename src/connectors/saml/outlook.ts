/** Until when what a connection knows of its provider holds: looked at by an alarm, so that nobody has to be surprised. */
import { readCertificate } from "../../saml/certificate.ts";
import type { Outlook, Tools } from "../connector.ts";
import { copyOf, readAnew, written } from "./provider.ts";
import type { Settings } from "./settings.ts";

/** @throws UpstreamError where the metadata cannot be read */
export async function outlook(settings: Settings, tools: Pick<Tools, "fetch" | "now">): Promise<Outlook> {
  const { metadata_url } = settings;
  const provider =
    metadata_url === undefined ? written(settings, tools) : await readAnew(metadata_url, tools);
  const { certificates, valid_until, cache_duration } = provider;
  const ends = certificates.flatMap((one) => readCertificate(one)?.expires_at ?? []);
  // While one replaces another the later one counts: nobody has to do anything before that.
  const certificates_expire_at = Math.max(...ends);
  return {
    ...(ends.length > 0 && { certificates_expire_at }),
    ...(valid_until !== undefined && { valid_until }),
    ...(cache_duration !== undefined && { cache_duration }),
    ...(metadata_url !== undefined && { copy: copyOf(metadata_url, provider) }),
  };
}
