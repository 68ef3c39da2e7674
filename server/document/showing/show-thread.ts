import { parentPort, workerData } from "node:worker_threads";
import { showOffice } from "./show-office.ts";

/** The thread in which one Office file is made into a page: what a hostile file makes it do ends with it. */
const { content, language } = workerData;
showOffice(content, language).then(
  (html) => parentPort?.postMessage(html),
  () => parentPort?.postMessage(null),
);
