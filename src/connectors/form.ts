/** What an operator reads at the settings of a kind: the console's forms and the API's description come from it. */
import type * as z from "zod";

export interface Field {
  readonly label: string;
  /** One or two sentences: what the value does. */
  readonly help?: string;
  readonly placeholder?: string;
  /** Where in the provider's console the value is found. */
  readonly where?: string;
  /** Shown after the others: most connections leave it as it is. */
  readonly advanced?: true;
}

/** A field for every setting: a setting without words does not compile. */
export type Fields<S extends z.ZodType> = { readonly [K in keyof z.infer<S>]-?: Field };

export interface Form<S extends z.ZodType, C extends z.ZodType> {
  readonly settings: Fields<S>;
  readonly credentials: Fields<C>;
}
