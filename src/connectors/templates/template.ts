/** A ready template: presets settings of a kind and explains what to do at the provider. It decides nothing itself. */
import type { Attribute, Mapping } from "../../config/attribute.ts";
import type { JsonObject } from "../../flow.ts";
import type { Field } from "../form.ts";

/** Asked in place of settings that few would know how to write. */
export interface Question extends Field {
  /** Letters, digits and `_`; `{name}` in `settings` takes the answer. */
  readonly name: string;
  /** The answer is a list. */
  readonly several?: true;
  readonly optional?: true;
}

export interface Template {
  readonly id: string;
  /** Of the provider, as it calls itself. */
  readonly name: string;
  /** Of the kind that it presets. */
  readonly method: string;
  /** One sentence: whose logins this is for. */
  readonly summary: string;
  /** What to do at the provider, step by step; `{redirect_url}` is the connection's. */
  readonly steps: readonly string[];
  readonly asks: readonly Question[];
  /** Of the kind. A text with `{name}` takes the answer in its place; one that is nothing else takes it as it is. */
  readonly settings: JsonObject;
  /** The kind's fields in the provider's words. */
  readonly fields: Readonly<Record<string, Partial<Field>>>;
  /** In place of the kind's defaults. */
  readonly attributes?: readonly Attribute[];
  readonly mappings?: readonly Mapping[];
}
