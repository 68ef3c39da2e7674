import { parentPort, workerData } from "node:worker_threads";
import { extractText } from "./extract-text.ts";

/** The thread in which one document is read: what a hostile file makes it do ends with it. */
const { content, type } = workerData;
extractText(content, type).then(
  (extraction) => parentPort?.postMessage(extraction),
  () => parentPort?.postMessage({ state: "failed", pages: null, text: "" }),
);
