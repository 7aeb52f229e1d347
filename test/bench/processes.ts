import { fork, type ChildProcess } from "node:child_process";

/** A process that does what it is asked, one question at a time. */
export interface Running<Q, A> {
  readonly pid: number;
  ask(question: Q): Promise<A>;
  stop(): Promise<void>;
}

/** Starts `file` as a process of its own: what measures must not take CPU from what is measured unseen. */
export function start<Q, A>(file: string, ...args: readonly string[]): Running<Q, A> {
  const child = fork(new URL(file, import.meta.url), args, { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  return {
    pid: child.pid!,
    ask: (question) =>
      new Promise((resolve, reject) => {
        const ended = () => reject(new Error(`${file} ended before it answered`));
        child.once("exit", ended);
        child.once("message", (answer: { done?: A; failed?: string }) => {
          child.off("exit", ended);
          if (answer.failed === undefined) resolve(answer.done as A);
          else reject(new Error(`${file}: ${answer.failed}`));
        });
        child.send(question as object);
      }),
    stop: () => stopped(child),
  };
}

function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.disconnect();
  });
}

/** The other side: answers questions until the process that asks is gone. */
export function answerWith<Q, A>(
  answer: (question: Q) => Promise<A>,
  end: () => Promise<void> = async () => {},
) {
  process.on("message", (question: Q) => {
    answer(question).then(
      (done) => process.send?.({ done }),
      (error: unknown) =>
        process.send?.({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
  process.once("disconnect", () => void end().finally(() => process.exit(0)));
}
