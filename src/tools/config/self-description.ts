/** What the API says of itself to everybody: where it is, and where its tokens come from. The two may be apart. */
import * as z from "zod";
import { Refusal } from "../refusal.ts";

export interface SelfDescription {
  /** What the API is called in `resource` and `aud`. */
  readonly api: string;
  readonly tokenUrl: string;
}

const Document = z.object({
  servers: z.tuple([z.object({ url: z.url() })]),
  components: z.object({
    securitySchemes: z.object({
      token: z.object({ flows: z.object({ clientCredentials: z.object({ tokenUrl: z.url() }) }) }),
    }),
  }),
});

export async function readSelfDescription(origin: string): Promise<SelfDescription> {
  const response = await fetch(`${origin}/api/openapi.json`, { redirect: "error" }).catch(() => {
    throw new Refusal(`${origin} cannot be reached`);
  });
  const read = Document.safeParse(await response.json().catch(() => undefined));
  if (!read.success) throw new Refusal(`${origin} is not where the admin API of a deployment answers`);
  const { servers, components } = read.data;
  return { api: servers[0].url, tokenUrl: components.securitySchemes.token.flows.clientCredentials.tokenUrl };
}
