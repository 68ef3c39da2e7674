import { defineJob } from "#server/queue/define-job.ts";
import { ids } from "#server/queue/ids.ts";

/** Reads the words of a document that came in, and proposes what it is and whose: for whoever brought it, who sees what they may see. */
export const readDocumentText = defineJob({ name: "read-document-text", payload: ids("documentId", "userId") });
