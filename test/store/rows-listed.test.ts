import { expect, it } from "vitest";
import type { AuditRows } from "../../src/store/audit/rows.ts";
import page from "../../src/store/README.md?raw";
import { EXPORTED } from "../../src/store/subject/export.ts";

const AUDIT = {
  event: 0,
  unsent: 0,
  forwarding: 0,
  failing: 0,
  execution: 0,
  warned: 0,
} satisfies Record<keyof AuditRows, 0>;

it.each(Object.keys({ ...EXPORTED, ...AUDIT }))("the kind of row %s is in src/store/README.md", (kind) => {
  expect(page).toContain(`\`${kind}\``);
});
