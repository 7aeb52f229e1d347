import { writeCode } from "../../load/provider/pool.ts";
import { expected, parameter, send, type Answer } from "../../load/http.ts";
import { Jar } from "../../load/jar.ts";
import { pkce } from "../../load/pkce.ts";
import { RETURNING, type Works } from "./work.ts";

const APP = "http://127.0.0.1/callback";

async function signIn(origin: string, person: string): Promise<Answer> {
  const jar = new Jar();
  const { verifier, challenge } = pkce();
  const asked = new URLSearchParams({
    client_id: "app",
    redirect_uri: APP,
    response_type: "code",
    provider: "cognito",
    code_challenge: challenge,
    code_challenge_method: "S256",
    state: "state",
  });
  const get = async (url: string) =>
    jar.take(expected(302, await send(new URL(url, origin).href, { headers: jar.headers })));
  const chosen = await get(`/authorize?${asked}`);
  const leaving = await get(chosen.location);
  const state = parameter(leaving, "state");
  const back = await get(`/cognito/callback?${new URLSearchParams({ state, code: writeCode({ person }) })}`);
  return expected(
    200,
    await send(`${origin}/token`, {
      form: {
        grant_type: "authorization_code",
        code: parameter(back, "code"),
        redirect_uri: APP,
        client_id: "app",
        code_verifier: verifier,
      },
    }),
  );
}

export const openauth: Works = {
  "sign-in, new person": async (origin) => {
    const run = Date.now();
    return (index) => signIn(origin, `new-${run}-${index}`);
  },
  "sign-in, returning person": async (origin) => (index) => signIn(origin, `old-${index % RETURNING}`),
  refresh: async (origin) => {
    const tokens = new Map<number, string>();
    return async (index) => {
      const slot = index % 64;
      const token =
        tokens.get(slot) ??
        (JSON.parse((await signIn(origin, `r-${slot}`)).body) as { refresh_token: string }).refresh_token;
      tokens.delete(slot);
      const answer = expected(
        200,
        await send(`${origin}/token`, {
          form: { grant_type: "refresh_token", refresh_token: token, client_id: "app" },
        }),
      );
      tokens.set(slot, (JSON.parse(answer.body) as { refresh_token: string }).refresh_token);
    };
  },
  discovery: async (origin) => async () =>
    expected(200, await send(`${origin}/.well-known/oauth-authorization-server`)),
  JWKS: async (origin) => async () => expected(200, await send(`${origin}/.well-known/jwks.json`)),
};
