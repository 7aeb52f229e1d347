/** A script on trial. */
import * as z from "zod";
import { Script } from "./script.ts";

/** What is run on trial: a script as it is in the editor, whether saved or not. */
export const TestRun = z.strictObject({
  body: Script.shape.body,
  hosts: Script.shape.hosts,
  secrets: Script.shape.secrets,
  input: z.record(z.string(), z.unknown()).default({}),
});
