/**
 * The pages of one connection, in the order of the tabs. To add one, write `connection/NAME.tsx` that exports a
 * {@link Tab} and add it to the list: its word, its path, `get` and, where it has a form, `post`. Both are given the
 * connection as it is stored, with its version; change it by `desk.write("PATCH", "connections/{id}", patch, { "if-match": etag })`.
 * Name, tabs, rights and errors are drawn around what they return (a `View` with a title of its own replaces all of it).
 */
import { attributes } from "./attributes.tsx";
import { configuration } from "./configuration.tsx";
import { end } from "./end.tsx";
import { extensions } from "./extensions.tsx";
import { mappings } from "./mappings.tsx";
import { remove } from "./remove.tsx";
import type { Tab } from "./tab.ts";

export const TABS: readonly Tab[] = [configuration, ...attributes, ...mappings, extensions, end, remove];
