/** What one execution of a script may take. Each protects the person who waits, or the deployment that pays. */

/** Milliseconds of CPU; the platform ends the script then. Local workerd does not count. */
export const CPU = 50;
/** Milliseconds from the start to the answer: a person is waiting. */
export const WALL = 5_000;
/** Characters of output as JSON: as large as a context may be (design §5.11). */
export const LARGEST_OUTPUT = 65_536;
/** Console lines, and characters of each. */
export const MOST_LINES = 100;
export const LONGEST_LINE = 1_000;
/** Characters of an error's name. */
export const LONGEST_NAME = 100;
/** Calls to the hosts on its list. */
export const MOST_CALLS = 10;
/** Bytes of what a call sends. */
export const LARGEST_REQUEST = 100_000;
