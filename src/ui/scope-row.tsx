import { STANDARD_SCOPES } from "../config/scope.ts";
import { Shared, type SharedValue } from "./shared.tsx";
import type { Text } from "./text/en.ts";

export interface Scope {
  readonly name: string;
  readonly display_name: string;
  readonly description?: string;
  readonly values?: readonly SharedValue[];
}

/** One scope to choose. `openid` cannot be unchosen: its box is fixed, and a hidden field says it to the server. */
export function ScopeRow({ scope, words }: { scope: Scope; words: Text["consent"] }) {
  const { name, values } = scope;
  const id = `scope-${name}`;
  const fixed = name === "openid";
  const standard = standardWords(scope, words);
  const description = fixed
    ? words.openidNote
    : (standard?.note ?? scope.description ?? (name === "offline_access" ? words.offlineNote : undefined));
  return (
    <div class={fixed ? "scope fixed" : "scope"}>
      {fixed && <input type="hidden" id={`${id}-fixed`} name="scopes" value={name} />}
      <label for={id}>
        <input type="checkbox" id={id} name="scopes" value={name} checked disabled={fixed} />
        <span class="scope-words">
          <span class="scope-name">
            <bdi>{scopeLabel(scope, words)}</bdi>
          </span>
          {description && (
            <span class="scope-note">
              <bdi>{description}</bdi>
            </span>
          )}
        </span>
      </label>
      {values && values.length > 0 && <Shared values={values} />}
    </div>
  );
}

/** What a person reads in the place of a scope's name. */
export function scopeLabel(scope: Scope, words: Text["consent"]): string {
  return scope.name === "openid" ? words.openid : (standardWords(scope, words)?.name ?? scope.display_name);
}

/** What a workspace starts with is in our words, so in the reader's; what the operator wrote stays as it is. */
function standardWords({ name, display_name, description }: Scope, { standard }: Text["consent"]) {
  const known = STANDARD_SCOPES.find((scope) => scope.name === name);
  const unchanged = known?.display_name === display_name && known.description === description;
  return unchanged ? standard[name as keyof typeof standard] : undefined;
}
