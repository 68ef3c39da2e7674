import { fewAtOnce } from "../few-at-once.ts";
import { runApart } from "../reading/run-apart.ts";
import { MAX_DOCUMENT_BYTES } from "../schema.ts";

const program = { source: new URL("./rewrite-apart.ts", import.meta.url), name: "joining/rewrite-apart" };
const limitMs = 30_000;
/** What its objects take there, they take once more where it is joined. */
const mostHeapMb = 256;
/** Objects that were packed are not any more. */
const mostSaid = MAX_DOCUMENT_BYTES + 32 * 1024 * 1024;
/** Each may take three quarters of a gigabyte. */
const inTurn = fewAtOnce(2);

/**
 * A stranger's PDF as our own hand writes it: the same pages, their tags, and nothing that acts or that unpacks when it is opened. Read in a process of
 * its own, since the library unpacks whatever a file says, at once and without end: what comes back may be joined in a process that serves others.
 * @returns nothing of one that is locked, damaged or made to harm
 */
export const rewritePdf = (content: Uint8Array): Promise<Buffer | undefined> =>
  inTurn(() => runApart(program, content, "", { limitMs, mostHeapMb, mostSaid }));
