/** A process that runs one subject: `serve.ts NAME ADDRESS_OF_THE_PROVIDER`. */
import { answerWith } from "../processes.ts";
import { subjects, type Started } from "./index.ts";

const [name = "", provider = ""] = process.argv.slice(2);
const subject = subjects[name as keyof typeof subjects];
const started: Promise<Started> = subject(provider);

answerWith<"address", { origin: string; pid: number }>(
  async () => {
    const { origin, pid } = await started;
    return { origin, pid };
  },
  async () => (await started).stop(),
);
