/** What can be wrong at AWS's side of a pool, switched on and off while it runs. */
export type PoolFault = "discovery-down" | "discovery-other" | "clock-ahead" | "no-domain" | "domain-gone";

/** Regions that exist, as far as a pool in one of them needs to know; a host of any other has no address. */
const REGIONS = ["eu-central-1", "eu-west-1", "us-east-1"];

/** The issuer's host of another region: it knows no pool of ours, or there is no such host. */
export function otherRegion({ hostname }: URL): Response | undefined {
  const [, region] = /^cognito-idp\.([a-z0-9-]+)\.amazonaws\.com$/.exec(hostname) ?? [];
  if (region === undefined) return undefined;
  if (REGIONS.includes(region))
    return Response.json({ message: "User pool does not exist." }, { status: 404 });
  return noSuchHost();
}

/** How a fetch of a Worker ends for a name without address. */
export const noSuchHost = () => new Response("error code: 1016", { status: 530 });

/** The issuer host's answer, as the faults that are switched on leave it. */
export async function spoilt(
  answer: Response,
  issuer: string,
  faults: ReadonlySet<PoolFault>,
): Promise<Response> {
  if (faults.has("discovery-down")) return new Response("Service Unavailable", { status: 503 });
  const ahead = faults.has("clock-ahead") ? 600_000 : 0;
  const headers = { date: new Date(Date.now() + ahead).toUTCString() };
  const { status } = answer;
  const body = (await answer.json()) as Record<string, unknown>;
  if (faults.has("discovery-other")) body.issuer = `${issuer}-other`;
  if (faults.has("no-domain")) body.authorization_endpoint = `${new URL(issuer).origin}/oauth2/authorize`;
  return Response.json(body, { status, headers });
}
