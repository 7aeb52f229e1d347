import { expected, parameter, send } from "../../load/http.ts";
import { pkce } from "../../load/pkce.ts";
import { RETURNING, type Works } from "./work.ts";

const APP = "http://127.0.0.1/callback";

export const workersOauthProvider: Works = {
  "authorize and token": async (origin) => {
    const made = expected(200, await send(`${origin}/client`));
    const { clientId } = JSON.parse(made.body) as { clientId: string };
    return async (index) => {
      const { verifier, challenge } = pkce();
      const asked = new URLSearchParams({
        client_id: clientId,
        redirect_uri: APP,
        response_type: "code",
        scope: "profile",
        state: "state",
        code_challenge: challenge,
        code_challenge_method: "S256",
      });
      const headers = { "x-person": `old-${index % RETURNING}` };
      const back = expected(302, await send(`${origin}/authorize?${asked}`, { headers }));
      const form = {
        grant_type: "authorization_code",
        code: parameter(back, "code"),
        redirect_uri: APP,
        client_id: clientId,
        code_verifier: verifier,
      };
      expected(200, await send(`${origin}/token`, { form }));
    };
  },
};
