import type { QuestionnaireRecord } from "#server/questionnaire/list-questionnaires.ts";

/** What tells a template from another: its id, or its name when Chevet ships it. */
export const templateKey = ({ id, shipped }: Pick<QuestionnaireRecord, "id" | "shipped">): string =>
  id ?? shipped ?? "";

/** As a field offers them. @param own said of one's own */
export const templateOptions = (templates: readonly QuestionnaireRecord[], own: string) =>
  templates.map((one) => ({ value: templateKey(one), label: one.own ? `${one.title} (${own})` : one.title }));
