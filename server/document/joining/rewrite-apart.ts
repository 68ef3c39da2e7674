import { beginJoin, keepBytes } from "#server/pdf/join-pdf.ts";
import { answerApart } from "../reading/answer-apart.ts";

/** Three reams of paper on both sides; pages that draw nothing cost as much as the others. */
const mostPages = 3_000;

/** The process in which one PDF is written anew: joined with no other, it is what joining it would keep of it. */
await answerApart(async (content) => {
  const kept = keepBytes();
  // Neither title, language nor date goes on: whoever joins it has their own.
  const joined = await beginJoin("", "fr", new Date(0), kept.sink);
  if ((await joined.addPdf(content)) > mostPages) throw new RangeError("too many pages");
  await joined.end();
  return kept.bytes();
});
