/** RFC 6749 §4.4 — a client on its own behalf. */
import { randomId } from "../crypto/handle.ts";
import { requestedResources } from "../oauth/resource.ts";
import { clientScope } from "../oauth/scope.ts";
import type { GrantType } from "./grant-type.ts";

export const clientCredentials: GrantType = {
  type: "client_credentials",

  async redeem({ workspace }, params, client) {
    const known = workspace.apis.map((api) => api.identifier);
    return {
      id: randomId(),
      client_id: client.client_id,
      scope: clientScope(params.get("scope"), client, workspace),
      resource: requestedResources(params, known),
    };
  },
};
