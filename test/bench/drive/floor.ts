import { writeCode } from "../../load/provider/pool.ts";
import { expected, parameter, send } from "../../load/http.ts";
import { RETURNING, type Works } from "./work.ts";

async function signIn(origin: string, person: string, fresh: boolean) {
  expected(303, await send(`${origin}/authorize?state=s`));
  const code = writeCode({ person });
  const back = expected(303, await send(`${origin}/callback?code=${code}${fresh ? "&fresh" : ""}`));
  expected(200, await send(`${origin}/token`, { form: { code: parameter(back, "code") } }));
}

export const floor: Works = {
  hello: async (origin) => async () => expected(200, await send(`${origin}/hello`)),
  "sign-in, new person": async (origin) => {
    const run = Date.now();
    return (index) => signIn(origin, `new-${run}-${index}`, true);
  },
  "sign-in, returning person": async (origin) => (index) => signIn(origin, `old-${index % RETURNING}`, false),
};
