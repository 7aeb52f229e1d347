/** A user pool: its misbehaviour is the word in front of the first `0` of its name, so no pool needs to be set up. */
export interface Pool {
  readonly id: string;
  readonly issuer: string;
  readonly domain: string;
  /** `DiscoveryDown` of `eu-central-1_DiscoveryDown0x7`. */
  readonly fault: string;
}

/** `https://cognito-idp.{region}.amazonaws.com/{pool}/…` */
export function poolOfIssuer(url: URL): Pool | undefined {
  const [, region] = /^cognito-idp\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?$/.exec(url.hostname) ?? [];
  const id = url.pathname.split("/")[1];
  return region && id ? pool(region, id) : undefined;
}

/** `https://{hexadecimal name}.auth.{region}.amazoncognito.com/…`: host names have no upper case, pools have. */
export function poolOfDomain(url: URL): Pool | undefined {
  const [, name, region] = /^([0-9a-f]+)\.auth\.([a-z0-9-]+)\.amazoncognito\.com$/.exec(url.hostname) ?? [];
  return name && region ? pool(region, `${region}_${Buffer.from(name, "hex").toString()}`) : undefined;
}

function pool(region: string, id: string): Pool {
  const [, name = ""] = id.split("_");
  const country = region.startsWith("cn-") ? ".cn" : "";
  return {
    id,
    issuer: `https://cognito-idp.${region}.amazonaws.com${country}/${id}`,
    domain: `https://${Buffer.from(name).toString("hex")}.auth.${region}.amazoncognito.com`,
    fault: name.split("0")[0] ?? "",
  };
}
