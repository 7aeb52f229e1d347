/** One kind of work, done again and again. `index` is another number each time. */
export type Once = (index: number) => Promise<unknown>;

/** Sets up what the work needs, which is not measured. */
export type Work = (origin: string) => Promise<Once>;

export type Works = Readonly<Record<string, Work>>;

/**
 * People who come again and again. Enough that no two of many in flight are one person, and few enough that everybody is back
 * within the ten seconds after which the runtime puts an object to sleep: waking it would be measured for slow works only.
 */
export const RETURNING = 128;
