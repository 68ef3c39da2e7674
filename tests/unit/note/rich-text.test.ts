import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bringNote } from "#app/clinic/[clinic]/patients/[patient]/_note/bring-note.ts";
import { joinContents } from "#app/clinic/[clinic]/patients/[patient]/_note/join-contents.ts";
import { cleanPasted } from "#app/clinic/[clinic]/patients/[patient]/_note/paste-word.ts";
import { fromEditor, toEditor } from "#app/clinic/[clinic]/patients/[patient]/_note/rich-text.ts";
import {
  answersSchema,
  type Block,
  countCharacters,
  plainText,
  type RichText,
  richTextSchema,
} from "#server/note/rich-text-schema.ts";

const lines = (...texts: string[]): RichText => texts.map((text) => ({ runs: text ? [text] : [] }));

const run = fc.oneof(
  fc.string({ minLength: 1 }).filter((text) => !/\p{Cc}/u.test(text)),
  fc.record({ text: fc.constantFrom("gras", "du dossier"), bold: fc.constant(true as const) }),
  fc.record({
    text: fc.constant("68 ans"),
    source: fc.constant({ kind: "variable" as const, name: "age", on: "2026-11-30" }),
  }),
);
/** Lists whose items go no more than one level deeper than the one before, as an editor makes them. */
const text = fc
  .array(
    fc.record({ kind: fc.constantFrom(undefined, "bullet" as const, "number" as const), deeper: fc.nat(1), run }),
    { maxLength: 12 },
  )
  .map((items) => {
    let depth = 0;
    return items.map(({ kind, deeper, run: one }): Block => {
      depth = kind ? Math.min(depth + deeper, 4) || 1 : 0;
      return { ...(kind && { list: kind, ...(depth > 1 && { depth }) }), runs: [one] };
    });
  });

describe("a note's text", () => {
  it("comes back from the editor as it went in", () => {
    fc.assert(
      fc.property(text, (written) => {
        expect(fromEditor(toEditor(written))).toEqual(written);
      }),
    );
  });

  it("holds no empty line at its end, and nothing at all when nothing was written", () => {
    expect(fromEditor(toEditor([]))).toEqual([]);
    expect(fromEditor(toEditor(lines("Toux", "", "")))).toEqual(lines("Toux"));
  });

  it("counts characters as a person does, over all sections", () => {
    expect(countCharacters({ a: lines("é👍"), b: lines("ab", "c"), c: "oui", d: 3 })).toBe(2 + 4 + 3 + 1);
    expect(answersSchema.safeParse({ a: lines("x".repeat(49_999)), b: lines("y") }).success).toBe(true);
    expect(answersSchema.safeParse({ a: lines("x".repeat(50_000)), b: lines("y") }).error?.issues[0]?.message).toBe(
      "note.tooLong",
    );
  });

  it("takes no control character and no mark that it does not know", () => {
    expect(richTextSchema.parse([{ runs: ["a\u0000b\u202ec\td"] }])).toEqual([{ runs: ["abc d"] }]);
    expect(richTextSchema.safeParse([{ runs: [{ text: "x", href: "https://x.example" }] }]).data).toEqual([
      { runs: [{ text: "x" }] },
    ]);
    expect(richTextSchema.safeParse([{ html: "<b>x</b>" }]).success).toBe(false);
  });
});

describe("what Word puts on the clipboard", () => {
  it("what would change what is said is put in words: cells apart, what is struck out, powers, ticked boxes; what is hidden stays behind", () => {
    const table = "<table><tr><td>K</td><td>5,6</td></tr><tr><td><b>Na</b></td><td>138</td></tr></table>";
    expect(cleanPasted(table)).toBe("<table><p>K | 5,6</p><p>Na | 138</p></table>");
    const worded = "<table><tr><td><p>K</p></td><td><p>5,6</p></td></tr></table>";
    expect(cleanPasted(worded)).toBe(worded);
    const dose = 'Warfarine <s>5 mg</s> <span style="text-decoration:line-through">4 mg</span> <del>3 mg</del> 2 mg';
    expect(cleanPasted(dose)).toBe("Warfarine (biffé\u00a0: 5 mg) (biffé\u00a0: 4 mg) (biffé\u00a0: 3 mg) 2 mg");
    expect(cleanPasted("<s>5 mg</s>", "en-CA")).toBe("(struck out: 5 mg)");
    expect(cleanPasted("12 x10<sup>9</sup>/L, m<sup>2</sup>, 10<sup>-3</sup>")).toBe("12 x10⁹/L, m², 10⁻³");
    expect(cleanPasted('<input type="checkbox" checked="checked">Allergie <input type="checkbox">Aucune')).toBe(
      "☒ Allergie ☐ Aucune",
    );
    expect(cleanPasted('Vu<span style="display:none">interne</span>')).toBe("Vu");
  });

  it("is cleaned of its comments, styles and own tags, and its lists become lists", () => {
    const cleaned =
      cleanPasted(`<html><head><style>p.MsoNormal{mso-style-unhide:no}</style><xml><w:WordDocument/></xml></head><body>
      <!--StartFragment--><p class=MsoNormal style='mso-margin-top-alt:auto'>Se sent bien.<o:p></o:p></p>
      <p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·<span style='font:7.0pt'>&nbsp;&nbsp; </span></span><![endif]>Toux<o:p></o:p></p>
      <p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><!--[if !supportLists]--><span style='mso-list:Ignore'>·<span> </span></span><!--[endif]-->Fièvre</p><!--EndFragment--></body></html>`);
    expect(cleaned).toContain("<ul><li><p>Toux</p></li><li><p>Fièvre</p></li></ul>");
    expect(cleaned).toContain("Se sent bien.");
    expect(cleaned).not.toMatch(/o:p|w:Word|<!|mso-style|·/);
  });
});

describe("two texts of one note", () => {
  it("lose no line of either, and say none twice", () => {
    const standing = { title: "", answers: { s: lines("Toux", "Fièvre") }, diagnoses: [] };
    const other = {
      title: "Suivi",
      answers: { s: lines("Toux", "Frissons"), p: lines("Repos") },
      diagnoses: [{ text: "Grippe", code: "", system: "" as const }],
    };
    const joined = joinContents(standing, other);
    expect(plainText(joined.answers.s)).toBe("Toux\nFièvre\nFrissons");
    expect(plainText(joined.answers.p)).toBe("Repos");
    expect([joined.title, joined.diagnoses.length]).toEqual(["Suivi", 1]);
  });

  it("a line as it was some letters earlier is not joined to itself", () => {
    const text = (...said: string[]) => ({ title: "", answers: { p: lines(...said) }, diagnoses: [] });
    const joined = joinContents(
      text("Repos, hydratation", "Revoir au besoin"),
      text("Repos, hydra", "Revoir", "Arrêt"),
    );
    expect(plainText(joined.answers.p)).toBe("Repos, hydratation\nRevoir au besoin\nArrêt");
  });

  it("an earlier note is brought after what is there, each piece marked with where it came from", () => {
    const item = (linkId: string) => ({
      linkId,
      label: linkId,
      letter: "",
      type: "text" as const,
      options: [],
      unit: "",
      help: "",
      required: false,
    });
    const id = "0193e6a0-0000-7000-8000-000000000001";
    const earlier = {
      id,
      answers: { p: lines("Metformine"), other: lines("Ailleurs") },
    };
    const source = { kind: "note", id, on: "2026-08-24" };
    expect(bringNote(earlier, "2026-08-24", [item("s"), item("p")], { p: lines("Repos") })).toEqual({
      p: [{ runs: ["Repos"] }, { runs: [{ text: "Metformine", source }] }],
      s: [{ runs: [{ text: "Ailleurs", source }] }],
    });
  });
});
