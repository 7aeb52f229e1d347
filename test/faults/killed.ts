/** The runtime is killed in the middle of each step. What was acknowledged is there; whoever was not answered goes on. */
import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import { parameter } from "../load/http.ts";
import { Jar } from "../load/jar.ts";
import { pkce } from "../load/pkce.ts";
import type { Tokens, Workspace } from "../load/workspace.ts";
import type { Fault } from "./index.ts";
import type { World } from "./world.ts";

const SCOPE = "openid email offline_access";

interface Step {
  readonly name: string;
  /** @returns how to see whether what was acknowledged holds, and what to do where nothing was */
  readonly run: (workspace: Workspace, person: string) => Promise<Ready>;
}

interface Ready {
  readonly act: () => Promise<unknown>;
  readonly acknowledged: (answer: unknown) => Promise<void>;
  readonly unanswered: () => Promise<void>;
}

const STEPS: readonly Step[] = [
  {
    name: "authorize",
    run: async (workspace, person) => {
      const jar = new Jar();
      return {
        act: () => workspace.open(workspace.authorizeUrl(SCOPE), jar),
        acknowledged: async (leaving) => {
          const back = await workspace.callback(
            leaving as Awaited<ReturnType<Workspace["open"]>>,
            person,
            jar,
          );
          assert.match(back.location, /\/consent\//);
        },
        unanswered: () => again(workspace, person),
      };
    },
  },
  {
    name: "callback",
    run: async (workspace, person) => {
      const [jar, { verifier, challenge }] = [new Jar(), pkce()];
      const leaving = await workspace.open(workspace.authorizeUrl(SCOPE, challenge), jar);
      return {
        act: () => workspace.callback(leaving, person, jar),
        acknowledged: async (back) => {
          const { location } = back as Awaited<ReturnType<Workspace["open"]>>;
          await workspace.redeem(parameter(await workspace.agree(location, jar), "code"), verifier);
        },
        unanswered: () => again(workspace, person),
      };
    },
  },
  {
    name: "consent",
    run: async (workspace, person) => {
      const [jar, { verifier, challenge }] = [new Jar(), pkce()];
      const leaving = await workspace.open(workspace.authorizeUrl(SCOPE, challenge), jar);
      const { location } = await workspace.callback(leaving, person, jar);
      return {
        act: () => workspace.agree(location, jar),
        acknowledged: async (left) => {
          await workspace.redeem(
            parameter(left as Awaited<ReturnType<Workspace["agree"]>>, "code"),
            verifier,
          );
          await remembered(workspace, person);
        },
        unanswered: () => again(workspace, person),
      };
    },
  },
  {
    name: "token",
    run: async (workspace, person) => {
      const { code, verifier } = await codeOf(workspace, person);
      return {
        act: () => workspace.redeem(code, verifier),
        acknowledged: async (tokens) => {
          assert.equal(await active(workspace, tokens as Tokens), true);
          await workspace.refresh((tokens as Tokens).refresh_token ?? "");
          assert.equal((await spend(workspace, code, verifier)).status, 400, "a code is spent once");
        },
        unanswered: async () => {
          const first = await spend(workspace, code, verifier);
          if (first.status === 200) assert.equal((await spend(workspace, code, verifier)).status, 400);
          else assert.equal((JSON.parse(first.body) as { error: string }).error, "invalid_grant");
          await again(workspace, person);
        },
      };
    },
  },
  {
    name: "refresh",
    run: async (workspace, person) => {
      const { refresh_token = "" } = await workspace.signIn({ name: person }, SCOPE);
      return {
        act: () => workspace.refresh(refresh_token),
        acknowledged: async (tokens) => {
          const next = await workspace.refresh((tokens as Tokens).refresh_token ?? "");
          assert.equal(await active(workspace, next), true);
        },
        // Whether it was taken or not: the same token gives its one successor.
        unanswered: async () => {
          const next = await workspace.refresh(refresh_token);
          await workspace.refresh(next.refresh_token ?? "");
        },
      };
    },
  },
  {
    name: "revoke",
    run: async (workspace, person) => {
      const tokens = await workspace.signIn({ name: person }, SCOPE);
      const token = tokens.refresh_token ?? "";
      return {
        act: async () => assert.equal((await workspace.post("revoke", { token })).status, 200),
        acknowledged: async () => {
          assert.equal(await active(workspace, tokens), false, "an acknowledged revocation stands");
          await again(workspace, person);
        },
        unanswered: async () => {
          assert.equal((await workspace.post("revoke", { token })).status, 200);
          assert.equal(await active(workspace, tokens), false);
        },
      };
    },
  },
  {
    name: "withdrawal",
    run: async (workspace, person) => {
      const jar = new Jar();
      const tokens = await workspace.signIn({ name: person, jar }, SCOPE);
      const revoke = async () =>
        assert.equal((await workspace.press("/me/clients/app/revoke", jar)).status, 303);
      const stands = async () => {
        assert.equal(await active(workspace, tokens), false, "an acknowledged withdrawal stands");
        const form = { grant_type: "refresh_token", refresh_token: tokens.refresh_token ?? "" };
        assert.equal((await workspace.post("token", form)).status, 400);
        await again(workspace, person);
      };
      return { act: revoke, acknowledged: stands, unanswered: () => revoke().then(stands) };
    },
  },
  {
    name: "sign-out",
    run: async (workspace, person) => {
      const jar = new Jar();
      const tokens = await workspace.signIn({ name: person, jar }, "openid email");
      const leave = async () =>
        assert.equal((await workspace.press("/sign-out", jar, { action: "sign-out" })).status, 200);
      const stands = async () => {
        assert.equal(await active(workspace, tokens), false, "what was to last no longer has ended");
        assert.equal((await workspace.press("/me/sessions/end", jar)).status, 403, "so has the session");
        await again(workspace, person);
      };
      return { act: leave, acknowledged: stands, unanswered: () => leave().then(stands) };
    },
  },
];

/** The person can simply go on. */
async function again(workspace: Workspace, person: string): Promise<void> {
  const tokens = await workspace.signIn({ name: person }, SCOPE);
  assert.equal(await active(workspace, tokens), true);
}

async function remembered(workspace: Workspace, person: string): Promise<void> {
  const jar = new Jar();
  const leaving = await workspace.open(workspace.authorizeUrl(SCOPE), jar);
  const back = await workspace.callback(leaving, person, jar);
  assert.ok(parameter(back, "code"), "consent that was acknowledged is not asked again");
}

async function codeOf(workspace: Workspace, person: string) {
  const [jar, { verifier, challenge }] = [new Jar(), pkce()];
  const leaving = await workspace.open(workspace.authorizeUrl(SCOPE, challenge), jar);
  const { location } = await workspace.callback(leaving, person, jar);
  return { code: parameter(await workspace.agree(location, jar), "code"), verifier };
}

const spend = (workspace: Workspace, code: string, code_verifier: string) =>
  workspace.post("token", {
    grant_type: "authorization_code",
    code,
    redirect_uri: "http://127.0.0.1/callback",
    code_verifier,
  });

async function active(workspace: Workspace, { access_token }: Tokens): Promise<boolean> {
  const { body } = await workspace.post("introspect", { token: access_token });
  return (JSON.parse(body) as { active: boolean }).active;
}

/** Milliseconds that the step takes when nothing happens to it. */
async function undisturbed({ act }: Ready): Promise<number> {
  const began = performance.now();
  await act();
  return performance.now() - began;
}

/**
 * One kill in the middle of every step at once, each begun so that the kill falls somewhere into it.
 * @param within milliseconds that each takes @returns whether each had been answered
 */
async function killDuring(
  world: World,
  ready: readonly Ready[],
  within: readonly number[],
): Promise<boolean[]> {
  const longest = Math.max(...within);
  const acting = ready.map(async ({ act }, index) => {
    await wait(longest - Math.random() * (within[index] ?? 0));
    return act().then(
      (answer) => ({ answer }),
      () => undefined,
    );
  });
  await wait(longest);
  await world.kill();
  const done = await Promise.all(acting);
  await Promise.all(
    ready.map(({ acknowledged, unanswered }, index) => {
      const answered = done[index];
      return answered ? acknowledged(answered.answer) : unanswered();
    }),
  );
  return done.map((answered) => answered !== undefined);
}

export const killed: Fault = {
  name: "runtime killed in the middle of a step",
  async run(world, { kills }) {
    const workspace = await world.workspace({ trusted: false });
    const prepare = (round: string) =>
      Promise.all(STEPS.map(({ name, run }) => run(workspace, `${name}-${round}`)));
    const within = await Promise.all((await prepare("undisturbed")).map(undisturbed));
    const answered = STEPS.map(() => 0);
    for (let round = 0; round < kills; round++) {
      const done = await killDuring(world, await prepare(String(round)), within);
      done.forEach((was, index) => (answered[index] = (answered[index] ?? 0) + Number(was)));
    }
    const counts = STEPS.map(({ name }, index) => `${name} ${kills} (${answered[index]} had been answered)`);
    return `${counts.join(", ")}: nothing acknowledged was lost, everybody went on`;
  },
};
