/** SAML Bindings §3.4, §3.5 — a request of ours on its way to the provider, by the binding that it takes. */
import { WebUrl } from "../../config/url.ts";
import type { Departure } from "../../flow.ts";
import type { Locations } from "../../saml/metadata.ts";
import type { Binding } from "../../saml/names.ts";
import { writePosted } from "../../saml/posted.ts";
import { redirectTo, type Sending } from "../../saml/redirect.ts";
import { sign } from "../../saml/signature.ts";
import { UpstreamError } from "../upstream-error.ts";

interface Endpoint {
  readonly binding: Binding;
  readonly location: string;
}

/** By redirect where there is a choice: a form stands on a page in between, and leaves it only by a script or a click. @throws UpstreamError */
export function endpointOf(locations: Locations, use: "sign-in" | "sign-out"): Endpoint | undefined {
  const binding = locations.redirect === undefined ? "post" : "redirect";
  const location = locations[binding];
  if (location === undefined) return undefined;
  if (!WebUrl.safeParse(location).success)
    throw new UpstreamError("malformed", `the provider's ${use} URL is not an https URL`);
  return { binding, location };
}

/** Signed where there is a key: in the query of a redirect, in the message of a form. */
export async function send(
  { binding, location }: Endpoint,
  { message, relay_state, key }: Sending,
): Promise<Omit<Departure, "memory">> {
  const answered_by = "post";
  if (binding === "redirect")
    return { to: await redirectTo(location, { message, relay_state, key }), answered_by };
  const form = {
    SAMLRequest: writePosted(key === undefined ? message : sign(message, key)),
    ...(relay_state !== undefined && { RelayState: relay_state }),
  };
  return { to: new URL(location), form, answered_by };
}
