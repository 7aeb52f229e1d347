/** The connection check as a probe into our network (threat 18). Who may ask for one: `admin-rights.test.ts`. */
import { beforeAll, expect, it } from "vitest";
import { api, must, problem } from "../api.ts";
import { makeWorld, random, type World } from "../world.ts";

let world: World;

beforeAll(async () => {
  world = await makeWorld();
});

const body = (issuer_url: string) => ({
  name: "X",
  method: "oidc",
  settings: { issuer_url, client_id: "app" },
  credentials: { client_secret: "x" },
});

it.each(["http://169.254.169.254", "https://10.0.0.1", "https://localhost", "https://db.internal"])(
  "%s is not called",
  async (issuer_url) => {
    const answer = await api("POST", `workspaces/${world.id}/connections/x/check`, body(issuer_url));
    expect(problem(answer)).toEqual([422, "the record is not valid", "settings.issuer_url"]);
  },
);

/** Whatever reaches a host that nobody answers for fails the test (`setup.ts`). */
it.each(["privatetoken", "httptoken", "privatepar"])(
  "an endpoint that a discovery document puts inside (%s) is not called",
  async (word) => {
    const path = `workspaces/${world.id}/connections/x/check`;
    const { findings } = await must("POST", path, body(`https://${word}-0${random()}.op.example.com`));
    expect(JSON.stringify(findings)).not.toContain("10.0.0.1");
  },
);
