export interface Count {
  readonly passed: number;
  readonly failed: number;
  /** Why tests were skipped, a reason each; a machine without a browser has some. */
  readonly skipped: readonly string[];
}

const number = (text: string, pattern: RegExp): number => Number(pattern.exec(text)?.[1] ?? 0);

/** How many tests a runner says have passed and failed; undefined when it did not come so far. */
export const count = {
  /** `Tests  1 failed | 12 passed | 1 skipped (14)` */
  vitest: (output: string): Count | undefined => {
    const line = /^\s*Tests\s+(.*)$/m.exec(output)?.[1];
    if (line === undefined) return undefined;
    const skipped = Array<string>(number(line, /(\d+) skipped/)).fill("marked so");
    return { passed: number(line, /(\d+) passed/), failed: number(line, /(\d+) failed/), skipped };
  },
  /** `ℹ pass 14`, `﹣ title (0.1ms) # reason`; a cancelled test has not passed. */
  nodeTest: (output: string): Count | undefined => {
    if (!/^ℹ tests \d+$/m.test(output)) return undefined;
    const failed = number(output, /^ℹ fail (\d+)$/m) + number(output, /^ℹ cancelled (\d+)$/m);
    const skipped = Array.from(output.matchAll(/^ *﹣ .* # (.+)$/gm), ([, reason = ""]) => reason);
    return { passed: number(output, /^ℹ pass (\d+)$/m), failed, skipped };
  },
};
