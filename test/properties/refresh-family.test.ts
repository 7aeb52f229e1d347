/** A refresh family in the person's real object, under any order of refreshes, retries, replays and waits (design §5.3). */
import { env } from "cloudflare:workers";
import fc from "fast-check";
import { expect, it } from "vitest";
import { pass } from "../clock.ts";
import { randomId } from "../../src/crypto/handle.ts";
import type { SignIn } from "../../src/store/subject/sign-in.ts";

const asking = { trusted: true, scopes: [], again: false, since: 0 };
const floors = { everywhere: 0, connections: { pool: 0 } };
const lifetimes = { refresh_lifetime: 1_000_000_000, tokens_for: 3_600 };
const wanted = { client_id: "app", scope: [], resource: [], apis: [], ...lifetimes, asking, floors };

const arrival = (subject: string): SignIn => ({
  about: { workspace: "model", subject, request_id: "r" },
  arriving: { connection: "pool", rules: [] },
  present: { session: randomId(), connection: "pool", authentication: "sealed" },
  visitor: "sealed",
  limits: { session_for: 3_600, idle_for: 3_600 },
  person: { connection: "pool", issuer: "https://issuer.example" },
  lineage: { lineage: "sealed" },
  left_out: [],
  request: {
    client_id: "app",
    redirect_uri: "https://app.example.com/cb",
    scope: ["openid", "offline_access"],
    resource: [],
    offline_for: 1_000_000_000,
    tokens_for: 3_600,
  },
  asking,
});

/** What the family must do: the expected generation, when it last moved, and whether it lives. */
interface Model {
  generation: number;
  movedAt: number;
  alive: boolean;
}

type Step = { do: "wait"; seconds: number } | { do: "present"; back: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant("wait" as const), seconds: fc.constantFrom(1, 10, 11, 3_600) }),
  fc.record({ do: fc.constant("present" as const), back: fc.constantFrom(0, 0, 0, 1, 1, 2, 3) }),
);

it("gives n+1 for n, the same n+1 for a quick retry, and ends for everything else", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const subject = Array.from(crypto.getRandomValues(new Uint8Array(32)), (byte) =>
        byte.toString(16).padStart(2, "0"),
      ).join("");
      const object = env.SUBJECT.getByName(`model/${subject}`);
      const { about, request } = arrival(subject);
      const decision = await object.signIn(arrival(subject));
      if (decision.as !== "granted") throw new Error("the client is trusted");
      const { client_id, redirect_uri } = request;
      await object.redeem(about, decision.grant, { client_id, redirect_uri });
      const model: Model = { generation: 1, movedAt: -Infinity, alive: true };
      for (const move of steps) {
        if (move.do === "wait") {
          pass(move.seconds);
          continue;
        }
        const presented = model.generation - move.back;
        if (presented < 1) continue;
        const clock = Math.floor(Date.now() / 1_000);
        const retry = move.back === 1 && clock - model.movedAt <= 10;
        const answer = await object.refresh(about, decision.grant, presented, wanted);
        if (!model.alive) expect(answer).toMatchObject({ as: "refused", reason: "gone" });
        else if (move.back === 0) {
          model.generation += 1;
          model.movedAt = clock;
          expect(answer).toMatchObject({ as: "refreshed", grant: { generation: model.generation } });
        } else if (retry)
          expect(answer).toMatchObject({ as: "refreshed", grant: { generation: model.generation } });
        else {
          expect(answer).toMatchObject({ as: "refused", reason: "reused" });
          model.alive = false;
        }
        expect((await object.grant(decision.grant)) !== undefined).toBe(model.alive);
      }
    }),
    { numRuns: 40 },
  );
});
