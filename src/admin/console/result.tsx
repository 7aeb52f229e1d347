/** What came of a sign-in: the whole authentication context, and which token has what of it. */
import type { Json } from "../../flow.ts";
import type { Absent, Changed, Mapped } from "../../lineage.ts";
import { List } from "../../ui/list.tsx";
import { Refused } from "./call.ts";
import type { Desk } from "./desk.ts";
import { spelled } from "./text.ts";

export const TOKENS = { id_token: "ID token", access_token: "access token", userinfo: "user info" } as const;
export type Token = keyof typeof TOKENS;

interface SignIn {
  readonly mapped: readonly Mapped[];
  readonly changed: readonly Changed[];
  readonly clients: readonly (Readonly<
    Record<Token, readonly { readonly name: string; readonly path: readonly string[] }[]>
  > & {
    readonly client_id: string;
    readonly scope: readonly string[];
    readonly absent: readonly { readonly token: Token; readonly name: string; readonly reason: Absent }[];
  })[];
  /** Only while the workspace records them. */
  readonly values?: { readonly context: Readonly<Record<string, Json>> };
}

/** @returns undefined where nothing is known of it any more */
export async function readSignIn(desk: Desk, subject: string, session: string): Promise<SignIn | undefined> {
  if (!desk.may("subjects", "read") || !subject || !session) return undefined;
  const path = `subjects/${encodeURIComponent(subject)}/sign-ins/${encodeURIComponent(session)}/lineage`;
  try {
    return (await desk.read<SignIn>(path)).body;
  } catch (error) {
    if (error instanceof Refused && error.status === 404) return undefined;
    throw error;
  }
}

export function ResultOf({ signIn: { mapped, changed, clients, values } }: { signIn: SignIn }) {
  const from = new Map<string, string>();
  for (const { target, source, left_out } of mapped) if (!left_out) from.set(target, source ?? "a constant");
  for (const { name, by, change } of changed) {
    if (change === "removed") from.delete(name);
    if (change === "set") from.set(name, "name" in by ? `${by.from} ${by.name}` : by.from);
  }
  const missing = mapped.filter(({ target, left_out }) => left_out && !from.has(target));
  const tokensOf = (name: string) =>
    (Object.keys(TOKENS) as Token[])
      .filter((token) =>
        clients.some((client) => client[token].some(({ path }) => path.includes(`authn_ctx.${name}`))),
      )
      .map((token) => TOKENS[token])
      .join(", ");
  return (
    <>
      <List
        label="The authentication context"
        columns={["Attribute", "From", ...(values ? ["Value"] : []), "In"]}
        rows={[...from].map(([name, source]) => ({
          id: `context-${name}`,
          name: <code>{name}</code>,
          cells: [
            <code>{source}</code>,
            ...(values ? [<bdi>{spelled(values.context[name])}</bdi>] : []),
            tokensOf(name) || "no token",
          ],
        }))}
      />
      {missing.length > 0 && (
        <p class="quiet">
          The provider did not say: <bdi>{[...new Set(missing.map(({ target }) => target))].join(", ")}</bdi>.
        </p>
      )}
    </>
  );
}
