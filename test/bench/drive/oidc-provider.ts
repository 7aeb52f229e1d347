import { expected, send } from "../../load/http.ts";
import type { Works } from "./work.ts";

const authorization = `Basic ${Buffer.from(`app:${"s".repeat(43)}`).toString("base64")}`;

export const oidcProvider: Works = {
  "client credentials": async (origin) => async () =>
    expected(
      200,
      await send(`${origin}/token`, {
        headers: { authorization },
        form: { grant_type: "client_credentials", scope: "read" },
      }),
    ),
};
