import { answerApart } from "./answer-apart.ts";
import type { MediaType } from "./check-document.ts";
import { extractText } from "./extract-text.ts";

/** The process in which one document is read: what a hostile file makes it do ends with it. */
await answerApart(async (content, type) => JSON.stringify(await extractText(content, type as MediaType)));
