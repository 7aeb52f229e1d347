/** The signing keys of a workspace, kept in its object: making, rotating and revoking them. */
import { SIGNING_ALGORITHMS } from "../../config/algorithms.ts";
import {
  nextKeyDue,
  PUBLISHED_BEFORE,
  publishedKeys,
  signingKey,
  type SigningKey,
} from "../../config/keys.ts";
import type { Keyring } from "../../crypto/keyring.ts";
import type { Seconds } from "../../flow.ts";
import { keyOf } from "../published.ts";
import { clock } from "../rows.ts";
import { makeSigningKey } from "./make-signing-key.ts";
import type { Versions } from "./versions.ts";

export const keysOf = (versions: Versions) => JSON.parse(versions.meta("keys") ?? "[]") as SigningKey[];

export class KeyRing {
  readonly #versions: Versions;
  readonly #keyring: Keyring;

  constructor(versions: Versions, keyring: Keyring) {
    this.#versions = versions;
    this.#keyring = keyring;
  }

  get all(): readonly SigningKey[] {
    return keysOf(this.#versions);
  }

  /** The first key of every algorithm, in use at once. */
  async first(workspace: string): Promise<SigningKey[]> {
    return Promise.all(
      SIGNING_ALGORITHMS.map((alg) => makeSigningKey(this.#keyring, workspace, alg, clock(), clock())),
    );
  }

  /** Makes the keys whose time has come. Safe to repeat: what is there is not made again. */
  async rotate(workspace: string): Promise<void> {
    for (const alg of SIGNING_ALGORITHMS) {
      const due = () => nextKeyDue(this.all, alg) <= clock();
      if (!due()) continue;
      const key = await makeSigningKey(this.#keyring, workspace, alg, clock(), clock() + PUBLISHED_BEFORE);
      if (due()) this.#keep(workspace, [...this.all, key]);
    }
  }

  /** *Revoke now*: the key leaves the key set, and another signs from this moment. */
  async revoke(workspace: string, kid: string): Promise<boolean> {
    const revoked = this.all.find((key) => key.kid === kid && key.revoked_at === undefined);
    if (!revoked) return false;
    const { alg } = revoked;
    const now = clock();
    const spare = await makeSigningKey(this.#keyring, workspace, alg, now, now);
    const rest = this.all.map((key) => (key.kid === kid ? { ...key, revoked_at: now } : key));
    // Only a key that is newer than the revoked one may follow it: a former key is former for good.
    const yetToCome = revoked.use_from > now;
    const follows = (key: SigningKey) =>
      key.alg === alg && key.revoked_at === undefined && key.use_from > revoked.use_from;
    const next = rest.find(follows);
    if (yetToCome) this.#keep(workspace, rest);
    else if (!next) this.#keep(workspace, [...rest, spare]);
    else
      this.#keep(
        workspace,
        rest.map((key) => (key === next ? { ...key, use_from: Math.min(key.use_from, now) } : key)),
      );
    return true;
  }

  /** When {@link rotate} has something to do. */
  get due(): Seconds {
    return Math.min(...SIGNING_ALGORITHMS.map((alg) => nextKeyDue(this.all, alg)));
  }

  /** For operators: every key with what it does, without its private half. */
  shown() {
    const now = clock();
    const published = new Set(publishedKeys(this.all, now).map((key) => key.kid));
    return this.all.map(({ private_jwk: _, ...key }) => ({
      ...key,
      published: published.has(key.kid),
      signing: signingKey(this.all, key.alg, now)?.kid === key.kid,
    }));
  }

  #keep(workspace: string, keys: readonly SigningKey[]): void {
    this.#versions.setMeta("keys", JSON.stringify(keys));
    this.#versions.touch([keyOf.workspace(workspace)]);
  }
}
