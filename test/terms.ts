/** Who writes, where a test calls the authority itself. */
export const BY_TEST = { by: "a test", request_id: "test" } as const;
