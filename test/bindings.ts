/** Variables and secrets of the Worker under test. */
export const ORIGIN = "http://localhost:8787";

export const bindings = {
  ORIGIN,
  DEPLOYMENT_KEY: `k1:${"A".repeat(43)}`,
  BOOTSTRAP_KEY: "bootstrap-key-of-the-tests-which-is-long-enough",
  // Files share one deployment: operators that one of them makes must not lock out the others.
  BOOTSTRAP: "on",
  LOOPBACK: "on",
};
