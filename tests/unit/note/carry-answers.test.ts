import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { joinContents } from "#app/clinic/[clinic]/patients/[patient]/_note/join-contents.ts";
import { carryAnswers, withCarriedOver } from "#server/note/carry-answers.ts";
import { type Answers, carriedId, plainText } from "#server/note/rich-text-schema.ts";
import { findShipped, shippedQuestionnaires } from "#server/questionnaire/shipped.ts";
import { written } from "#tests/factories/note.ts";

const itemsOf = (key: string) => findShipped(key)?.items ?? [];
const [soap, telephone, free, physio, medical] = [
  "soap.fr",
  "telephone.fr",
  "free.fr",
  "physio-assessment.fr",
  "medical-assessment.fr",
].map(itemsOf) as [
  ReturnType<typeof itemsOf>,
  ReturnType<typeof itemsOf>,
  ReturnType<typeof itemsOf>,
  ReturnType<typeof itemsOf>,
  ReturnType<typeof itemsOf>,
];

const words = (answers: Answers) =>
  Object.values(answers)
    .flatMap((answer) => plainText(answer).split(/\s+/))
    .filter(Boolean)
    .map((word) => word.replace(",", "."));

describe("a note whose template changes", () => {
  it("takes along the sections of the same name, and keeps the others under theirs", () => {
    const carried = carryAnswers({ subjective: written("Toux."), plan: written("Repos.") }, soap, telephone);
    expect(carried.plan).toEqual(written("Repos."));
    expect(carried[carriedId]).toEqual([{ runs: [{ text: "Subjectif", bold: true }] }, { runs: ["Toux."] }]);
    expect(Object.keys(carried).sort()).toEqual([carriedId, "plan"]);
  });

  it("goes by the name where the section is another’s, whatever the accents", () => {
    const own = [{ ...free[0], linkId: "s1234abcd", label: "OBJECTIF" }] as typeof free;
    expect(carryAnswers({ objective: written("Gorge rouge.") }, soap, own)).toEqual({
      s1234abcd: written("Gorge rouge."),
    });
  });

  it("keeps a choice and a number as words, and gives them back", () => {
    const choice = physio.find(({ linkId }) => linkId === "consent")?.options[0] ?? "";
    const answers: Answers = { consent: choice, pain: 4.5, history: written("Chute.") };
    const away = carryAnswers(answers, physio, soap);
    expect(plainText(away[carriedId])).toBe(`Consentement\n${choice}\nHistoire\nChute.\nDouleur\n4,5 /10`);
    expect(carryAnswers(away, soap, physio)).toEqual(answers);
  });

  it("changed and changed back is as it was, with what was written meanwhile", () => {
    const away = carryAnswers({ subjective: written("Toux."), plan: written("Repos.") }, soap, free);
    const back = carryAnswers({ ...away, text: written("Rappelé.") }, free, soap);
    expect(back).toMatchObject({ subjective: written("Toux."), plan: written("Repos.") });
    expect(plainText(back[carriedId])).toBe("Note\nRappelé.");
  });

  it("shows what a window still held by another template, and leaves alone what is at home", () => {
    const here = { subjective: written("Toux.") };
    expect(withCarriedOver(here, soap)).toBe(here);
    expect(plainText(withCarriedOver({ ...here, caller: written("Sa mère.") }, soap)[carriedId])).toBe("Sa mère.");
  });

  it("a window that was killed on the template before finds its words beside what stands, none of them twice", () => {
    const standing = carryAnswers({ subjective: written("Toux.\nFièvre."), plan: written("Repos.") }, soap, telephone);
    const kept = { subjective: written("Toux.\nFièvre hier."), plan: written("Repos.") };
    const joined = joinContents(
      { title: "", answers: standing, diagnoses: [] },
      { title: "", answers: withCarriedOver(kept, telephone), diagnoses: [] },
    );
    expect(plainText(joined.answers.plan)).toBe("Repos.");
    expect(plainText(joined.answers[carriedId])).toBe("Subjectif\nToux.\nFièvre.\nFièvre hier.");
  });

  const text = fc
    .array(
      fc.string({ minLength: 1, maxLength: 12 }).filter((one) => one.trim() !== ""),
      { minLength: 1, maxLength: 4 },
    )
    .map((lines) => written(lines.map((line) => line.replaceAll(/\s+/g, " ").trim()).join("\n")));
  const templates = shippedQuestionnaires.filter(({ key }) => key.endsWith(".fr")).map(({ items }) => items);
  const filled = fc.constantFrom(...templates).chain((items) =>
    fc
      .tuple(
        ...items.map((item) =>
          fc.option(
            item.type === "choice"
              ? fc.constantFrom(...item.options)
              : item.type === "number"
                ? fc.integer({ min: 0, max: 200 }).map((value) => value / 2)
                : text,
          ),
        ),
      )
      .map((values) => {
        const answers: Answers = {};
        for (const [at, { linkId }] of items.entries()) {
          const value = values[at];
          if (value !== null && value !== undefined) answers[linkId] = value as Answers[string];
        }
        return { items, answers };
      }),
  );

  it("loses no word, through any templates in any order, and comes back as it was", () => {
    fc.assert(
      fc.property(
        filled,
        fc.array(fc.constantFrom(...templates), { minLength: 1, maxLength: 4 }),
        ({ items, answers }, ways) => {
          let [now, at] = [answers, items];
          for (const next of ways) {
            now = carryAnswers(now, at, next);
            at = next;
            const left = words(now);
            for (const word of words(answers)) {
              const place = left.indexOf(word);
              expect(place, word).toBeGreaterThanOrEqual(0);
              left.splice(place, 1);
            }
          }
        },
      ),
    );
  });

  it("comes home word for word from a template that shares no section", () => {
    fc.assert(
      fc.property(filled, ({ items, answers }) => {
        fc.pre(items !== free && !items.some(({ linkId }) => linkId === "text"));
        expect(carryAnswers(carryAnswers(answers, items, free), free, items)).toEqual(answers);
      }),
    );
  });

  it("has a home for the plan of every medical template", () => {
    expect(carryAnswers({ plan: written("Revoir.") }, soap, medical)).toEqual({ plan: written("Revoir.") });
  });
});
