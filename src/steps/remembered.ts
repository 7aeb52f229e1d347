/**
 * How a person chose to sign in in this browser, kept only because they asked for it. All that is known is in the
 * browser's own sealed cookie: whoever comes without it learns nothing, and it names no place to go but a connection.
 */
import type { Broker } from "../broker.ts";
import { seal, unseal } from "../crypto/seal.ts";
import type { Seconds } from "../flow.ts";

export interface Remembered {
  readonly connection: string;
  /** As the consent page would call them. */
  readonly name?: string;
}

/** Seconds. */
export const REMEMBERED_FOR = 90 * 86_400;

type RememberingBroker = Pick<Broker, "keyring" | "workspace" | "now">;

export function rememberedName(workspace: string): string {
  return `__Host-${workspace}-remembered`;
}

/** With the time, so that it ends whatever the browser does. */
export function sealRemembered(broker: RememberingBroker, remembered: Remembered): Promise<string> {
  return seal(broker.keyring, place(broker), { remembered, since: broker.now() });
}

/** @returns undefined for what was not sealed for this workspace, or is too old */
export async function openRemembered(
  broker: RememberingBroker,
  value: string,
): Promise<Remembered | undefined> {
  const opened = await unseal<{ remembered: Remembered; since: Seconds }>(
    broker.keyring,
    place(broker),
    value,
  );
  return opened && opened.since + REMEMBERED_FOR > broker.now() ? opened.remembered : undefined;
}

function place({ workspace }: RememberingBroker) {
  return { purpose: "remembered", workspace: workspace.id } as const;
}
