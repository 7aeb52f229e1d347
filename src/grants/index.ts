/** The grant types of the token endpoint. A new one is a file beside this and a line in the list. */
import { authorizationCode } from "./authorization-code.ts";
import { clientCredentials } from "./client-credentials.ts";
import type { GrantType } from "./grant-type.ts";
import { refreshToken } from "./refresh-token.ts";

export const GRANTS: readonly GrantType[] = [authorizationCode, refreshToken, clientCredentials];
