import { answerApart } from "../reading/answer-apart.ts";
import { showOffice } from "./show-office.ts";

/** The process in which one Office file is made into a page: what a hostile file makes it do ends with it. */
await answerApart((content, language) => showOffice(content, language === "en" ? "en" : "fr"));
