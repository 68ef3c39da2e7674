import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { measureOf, measures } from "#server/observation/measures.ts";
import type { Whom } from "#server/quick-add/read-measures.ts";
import { readQuickLine } from "#server/quick-add/read-quick-line.ts";
import type { Reading } from "#server/quick-add/reading.ts";

const today = "2026-11-30";
const read = (line: string, whom: Whom = {}) => readQuickLine(line, today, whom);
const now = new Date("2026-11-30T12:00:00Z");
const weighed = (value: string) => ({ last: { weight: { value, at: new Date("2026-06-01T12:00:00Z") } }, now });

/** What it is sure of, in short. */
const sure = (reading: Reading) => (reading.is === "sure" ? reading.meaning : reading);
const values = (reading: Reading) => {
  const meaning = sure(reading);
  return "values" in meaning ? meaning.values.map(({ code, value }) => `${code} ${value}`) : meaning;
};

describe("measures", () => {
  test.each([
    ["ta 128/76", ["bp-systolic 128", "bp-diastolic 76"]],
    ["TA: 128 / 76 mmHg", ["bp-systolic 128", "bp-diastolic 76"]],
    ["bp 128 over 76", ["bp-systolic 128", "bp-diastolic 76"]],
    ["pouls 72", ["heart-rate 72"]],
    ["poids 78,4", ["weight 78.4"]],
    ["poids 78.4 kg", ["weight 78.4"]],
    ["weight 172 lb", ["weight 78.0"]],
    ["t 37,8", ["temperature 37.8"]],
    ["temp 98.6 °F", ["temperature 37.0"]],
    ["taille 1,72", ["height 172.0"]],
    ["taille 1m72", ["height 172"]],
    ["taille 172 cm", ["height 172"]],
    ["height 5'10", ["height 177.8"]],
    ["taille 5 pi 10 po", ["height 177.8"]],
    ["a1c 7,9 %", ["hba1c 7.9"]],
    ["sat 96%", ["oxygen-saturation 96"]],
    ["tour de taille 98", ["waist 98"]],
    ["gly 6,7 mmol/L", ["capillary-glucose 6.7"]],
    [
      "ta 128/76 pouls 72, poids 78,4 kg; t 37,8",
      ["bp-systolic 128", "bp-diastolic 76", "heart-rate 72", "weight 78.4", "temperature 37.8"],
    ],
  ])("%s", (line, said) => {
    expect(values(read(line))).toEqual(said);
  });

  test.each([
    ["ta 128/76 couché", ["128 lying", "76 lying"]],
    ["TA 128/76 mmHg, couchée", ["128 lying", "76 lying"]],
    ["ta 118/70 debout pouls 84 debout", ["118 standing", "70 standing", "84 standing"]],
    ["bp 120/80 sitting", ["120 sitting", "80 sitting"]],
    ["ta 128/76 couché ta 118/70 debout", ["128 lying", "76 lying", "118 standing", "70 standing"]],
    ["pouls 72 bpm assis", ["72 sitting"]],
    ["ta 128/76 poids 78", ["128 ", "76 ", "78 "]],
    ["gestation 33", ["33 "]],
    ["âge gestationnel 36,5", ["36.5 "]],
  ])("the position is read: %s", (line, said) => {
    const meaning = sure(read(line));
    expect("values" in meaning && meaning.values.map(({ value, position }) => `${value} ${position}`)).toEqual(said);
  });

  test("a position is of a pressure or a pulse, and of nothing else", () => {
    expect(read("poids 78 debout").is).not.toBe("sure");
    expect(read("gestation 12").is).toBe("impossible");
  });

  test("pounds are kept as they were read", () => {
    expect(sure(read("poids 172 lb"))).toMatchObject({ values: [{ value: "78.0", entered: "172 lb" }] });
  });

  test("a finding keeps its words", () => {
    expect(sure(read("pieds érosion à droite"))).toMatchObject({
      values: [{ code: "foot-exam", text: "Érosion à droite" }],
    });
  });

  test.each(["pouls 900", "ta 76/128", "t 60", "sat 130", "poids 9000 lb", "poids 0"])("« %s » cannot be", (line) => {
    expect(read(line)).toMatchObject({ is: "impossible", atAge: false });
  });

  test.each(["128/76", "t 98,6", "gly 120"])("« %s » is asked about", (line) => {
    expect(read(line).is).toBe("unsure");
  });

  test("pounds among kilograms are noticed, and a person who gained weight is not", () => {
    expect(read("poids 172", weighed("78.4"))).toMatchObject({
      is: "unsure",
      meanings: [{ values: [{ value: "172" }] }, { values: [{ value: "78.0" }] }],
    });
    expect(read("poids 85", weighed("78.4")).is).toBe("sure");
    expect(read("poids 102").is).toBe("sure");
  });

  describe("of a child of four, last of 17.2 kg and 104 cm", () => {
    const at = new Date("2026-10-01T12:00:00Z");
    const child = {
      birthDate: "2022-09-12",
      last: { weight: { value: "17.2", at }, height: { value: "104", at }, "head-circumference": { value: "50", at } },
      now,
    };

    test.each(["poids 1,7", "taille 170", "taille 1m70", "poids 172", "pouls 325", "ta 300/100"])(
      "« %s » is never sure",
      (line) => {
        expect(read(line, child).is).not.toBe("sure");
      },
    );

    test.each(["poids 1,7", "poids 172", "taille 170", "taille 1m70", "taille 5'7"])("« %s » cannot be", (line) => {
      expect(read(line, child)).toMatchObject({ is: "impossible", atAge: true });
    });

    test.each([
      ["poids 7,2", "17.2"],
      ["poids 37,2 kg", "17.2"],
      ["poids 17,2 lb", "17.2"],
      ["taille 94", "104"],
      ["taille 140", "104"],
      ["pc 40", "50"],
    ])("« %s » is asked about, with the last value", (line, last) => {
      expect(read(line, child)).toMatchObject({ is: "unsure", meanings: [{}], doubt: { last } });
    });

    test.each([
      ["ta 140/90", "bp-systolic"],
      ["ta 100/30 pouls 240", "heart-rate"],
      ["fc 240", "heart-rate"],
      ["fr 12", "respiratory-rate"],
      ["temp 41,9", "temperature"],
      ["sat 60", "oxygen-saturation"],
    ])("« %s » is asked about, by the age", (line, code) => {
      expect(read(line, child)).toMatchObject({ is: "unsure", meanings: [{}], doubt: { code } });
    });

    test.each(["fc 170", "fr 40", "temp 40,6", "ta 80/45", "ta 118/75", "sat 88"])(
      "« %s » is of a sick child",
      (line) => {
        expect(read(line, child).is).toBe("sure");
      },
    );

    test.each(["poids 17,6", "poids 16,1", "taille 106", "pc 50,5", "pouls 130", "ta 98/60"])(
      "« %s » is taken at once",
      (line) => {
        expect(read(line, child).is).toBe("sure");
      },
    );

    test("without a last value, what is unlikely at that age is asked about", () => {
      const unknown = { birthDate: child.birthDate, now };
      expect(read("poids 5", unknown)).toMatchObject({ is: "unsure", doubt: { code: "weight", value: "5" } });
      expect(read("poids 17", unknown).is).toBe("sure");
    });
  });

  describe("of an adult, last of 130/78", () => {
    const at = new Date("2026-10-01T12:00:00Z");
    const adult = {
      birthDate: "1962-05-04",
      last: { "bp-systolic": { value: "130", at }, "bp-diastolic": { value: "78", at } },
      now,
    };

    test.each([
      ["ta 300/20", { code: "bp-systolic", value: "300", over: "20" }],
      ["ta 120/110", { code: "bp-systolic", value: "120", over: "110" }],
      ["ta 230/140", { code: "bp-systolic", value: "230" }],
      ["ta 128/76 pouls 200", { code: "heart-rate", value: "200" }],
      ["temp 34", { code: "temperature", value: "34" }],
      ["temp 41", { code: "temperature", value: "41" }],
      ["fr 50", { code: "respiratory-rate", value: "50" }],
      ["sat 69", { code: "oxygen-saturation", value: "69" }],
    ])("« %s » is asked about", (line, doubt) => {
      expect(read(line, adult)).toMatchObject({ is: "unsure", meanings: [{ kind: "observations" }], doubt });
    });

    test.each(["ta 210/115", "ta 190/90", "ta 82/50", "fc 38", "fc 165", "fr 32", "temp 40,2", "temp 35,1", "sat 79"])(
      "« %s » is of a week in a clinic",
      (line) => {
        expect(read(line, adult).is).toBe("sure");
      },
    );

    test("two numbers too far apart are asked about at any age, and when nobody knows it", () => {
      expect(read("ta 200/90")).toMatchObject({ is: "unsure", doubt: { over: "90" } });
      expect(read("ta 190/90").is).toBe("sure");
      expect(read("ta 90/75").is).toBe("sure");
      expect(read("ta 90/76").is).toBe("unsure");
    });
  });

  test.each([
    ["ta 118/76 assis bras gauche", ["118 sitting bras gauche", "76 sitting bras gauche"]],
    ["ta 118/76 au bras droit, couché pouls 70", ["118 lying bras droit", "76 lying bras droit", "70  "]],
    ["bp 118/76 left arm bp 122/80 right arm", ["118  left arm", "76  left arm", "122  right arm", "80  right arm"]],
    ["pouls 72 poignet gauche", ["72  poignet gauche"]],
  ])("where it was taken is kept: %s", (line, said) => {
    const meaning = sure(read(line));
    expect("values" in meaning && meaning.values.map((one) => `${one.value} ${one.position} ${one.note}`)).toEqual(
      said,
    );
  });

  test.each([
    ["ta bras gauche 118/76", "118 bras gauche"],
    ["ta: bras g 118/76", "118 bras gauche"],
    ["bp left arm 118/76", "118 left arm"],
    ["bp sitting right arm 118/76", "118 sitting right arm"],
    ["ta assis 118/76 bras droit", "118 sitting bras droit"],
    ["ta couché bras d 118/76 debout", "118 lying bras droit"],
    ["pouls 72 rég", "72 régulier"],
    ["fc 72/min irrégulier poignet gauche", "72 irrégulier, poignet gauche"],
    ["pulse 72 regular, standing", "72 standing regular"],
    ["sat 97 % aa", "97 air ambiant"],
    ["sat 97% à l'air ambiant", "97 air ambiant"],
    ["spo2 97 on room air", "97 room air"],
    ["sat 93 % 2 L lunettes nasales", "93 O2 2 L/min"],
    ["t 38,2 buccale", "38.2 buccale"],
    ["temp 101 f oral", "38.3 oral"],
    ["t 38,2 °C rectale", "38.2 rectale"],
    ["glycémie 6,2 à jeun", "6.2 à jeun"],
    ["glucose 6.2 fasting", "6.2 fasting"],
    ["gly 9,1 2 h post-prandiale", "9.1 après le repas"],
    ["douleur 4/10", "4"],
    ["pain 4 out of 10", "4"],
    ["dlr 6/10", "6"],
    ["inr 2,4", "2.4"],
    ["160 lb", "72.6"],
    ["72,5 kg", "72.5"],
    ["poids 7 lb 8 oz", "3.4"],
    [`5'9"`, "175.3"],
    ["5 pieds 9 pouces", "175.3"],
    ["38,2 °C", "38.2"],
    ["fc72", "72"],
    ["pc 45 cm", "45"],
    ["taille 175", "175"],
  ])("as it is said at the bedside: %s", (line, said) => {
    const meaning = sure(read(line));
    const [first] = "values" in meaning ? meaning.values : [];
    expect(first && [first.value, first.position, first.note].filter(Boolean).join(" ")).toEqual(said);
  });

  test.each(["ta bras", "ta bras gauche", "160", "97 %", "sat 97 % en haut", "pouls 72 hier", "ta 118/76 jambon"])(
    "« %s » is not guessed",
    (line) => {
      expect(sure(read(line))).not.toMatchObject({ kind: "observations" });
    },
  );

  test.each(["ta 128", "TA : 128", "bp 128/", "ta 128/7", "tension 128 sur", "ta 128 pouls 72"])(
    "« %s » is half a pressure, and said to be",
    (line) => {
      expect(read(line)).toEqual({ is: "half" });
    },
  );

  test("grams are of an infant: of whom is older, a weight without its point cannot be", () => {
    const of = (birthDate: string) => read("poids 7840", { birthDate, now });
    expect(of("1958-05-04")).toMatchObject({ is: "impossible", code: "weight", value: "7840" });
    expect(of("2022-09-12").is).toBe("impossible");
    expect(of("2026-05-04")).toMatchObject({
      is: "unsure",
      meanings: [{ values: [{ value: "7.840", entered: "7840 g" }] }],
    });
  });

  test.each([
    ["imc 27", "bmi"],
    ["bmi 27.4", "bmi"],
    ["sc 1,8", "body-surface"],
  ])("what is calculated is said to be: %s", (line, code) => {
    expect(read(line)).toEqual({ is: "derived", code });
  });

  test.each([
    ["né à 34 sem", "34", ""],
    ["Née à 34 semaines de gestation", "34", ""],
    ["né à 39+2", "39.3", "39+2"],
    ["born at 34 weeks", "34", ""],
    ["prématurée 29 SA", "29", ""],
    ["gestation 34", "34", ""],
    ["gestation 39+2 sem", "39.3", "39+2"],
    ["âge gestationnel 34 sem", "34", ""],
  ])("weeks of gestation at birth: %s", (line, value, entered) => {
    expect(sure(read(line))).toMatchObject({ values: [{ code: "gestational-age", value, entered }] });
  });

  test("weeks that nobody said to be of a birth are a child's, and asked about for whom they may be of a pregnancy", () => {
    const child = { birthDate: "2025-09-12", now };
    for (const line of ["34 semaines de gestation", "39+2 sem"]) {
      expect(values(read(line, child))).toHaveLength(1);
      expect(read(line, { birthDate: "1996-09-12", now })).toMatchObject({
        is: "unsure",
        meanings: [{ values: [{}] }],
      });
    }
    expect(read("né à 12 sem", child)).toMatchObject({ is: "impossible", value: "12" });
    expect(read("né à 34 sem poids 2,1 kg", { ...child, birthDate: "2026-11-29" }).is).toBe("sure");
    expect(read("né à montréal").is).not.toBe("sure");
  });

  test("an infant doubles in months and a child grows in years, and nobody asks", () => {
    const at = (days: number) => new Date(now.getTime() - days * 86_400_000);
    const of = (line: string, birthDate: string, last: Whom["last"] = {}) => read(line, { birthDate, last, now }).is;
    expect(of("poids 5,9 kg", "2026-09-20", { weight: { value: "3.4", at: at(70) } })).toBe("sure");
    expect(of("taille 61", "2026-09-01", { height: { value: "50", at: at(90) } })).toBe("sure");
    expect(of("poids 24 kg", "2019-06-01", { weight: { value: "12", at: at(1900) } })).toBe("sure");
    expect(of("poids 120 kg", "1980-06-01", { weight: { value: "70", at: at(4000) } })).toBe("unsure");
    expect(of("taille 168", "1940-06-01", { height: { value: "170", at: at(4000) } })).toBe("sure");
  });

  test("every possible value of every measure is read as it was written", () => {
    const said = measures.filter(({ limits, words, key }) => limits && words.length > 0 && key !== "height");
    fc.assert(
      fc.property(
        fc.constantFrom(...said),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat(),
        (measure, part, nth) => {
          const [least, most] = measure.limits ?? [0, 0];
          const value = (least + part * (most - least)).toFixed(measure.decimals);
          fc.pre(Number(value) >= least && Number(value) <= most);
          const word = measure.words[nth % measure.words.length];
          const answer = read(`${word} ${value.replace(".", ",")}`);
          const [meaning] = answer.is === "unsure" ? answer.meanings : answer.is === "sure" ? [answer.meaning] : [];
          // The first that is offered, where a value is asked about.
          expect(meaning).toMatchObject({ kind: "observations", values: [{ code: measure.key, value }] });
        },
      ),
    );
  });

  test("nothing impossible is ever sure", () => {
    fc.assert(
      fc.property(fc.constantFrom(...measures), fc.double({ min: 0, max: 99_999, noNaN: true }), (measure, number) => {
        const meaning = sure(read(`${measure.words[0] ?? "ta"} ${number.toFixed(1)}`));
        if (!("values" in meaning)) return;
        for (const { code, value } of meaning.values) {
          const [least, most] = measureOf(code)?.limits ?? [];
          if (value === null || least === undefined || most === undefined) continue;
          expect(Number(value)).toBeGreaterThanOrEqual(least);
          expect(Number(value)).toBeLessThanOrEqual(most);
        }
      }),
    );
  });
});

describe("words", () => {
  test.each([
    [
      "allergie pénicilline urticaire",
      { kind: "allergy", substance: "Pénicilline", reaction: "urticaire", intolerance: false },
    ],
    ["allergie à la pénicilline", { kind: "allergy", substance: "Pénicilline", reaction: "" }],
    [
      "allergy to peanuts severe anaphylaxis",
      { kind: "allergy", substance: "Peanuts", reaction: "anaphylaxis", severity: "severe" },
    ],
    ["intolérance ramipril toux", { kind: "allergy", substance: "Ramipril", reaction: "toux", intolerance: true }],
    ["allergie jaune d'oeuf: éruption", { kind: "allergy", substance: "Jaune d'oeuf", reaction: "éruption" }],
    ["aucune allergie connue", { kind: "no-allergy" }],
    ["problème hta 2014", { kind: "problem", label: "HTA", onset: "2014" }],
    ["problem type 2 diabetes since 2017-03", { kind: "problem", label: "Type 2 diabetes", onset: "2017-03" }],
    ["vaccin grippe", { kind: "vaccine", vaccine: "Grippe", occurred: today, refused: false }],
    ["vaccine shingles 2024", { kind: "vaccine", vaccine: "Shingles", occurred: "2024" }],
    [
      "vaccin covid refusé préfère attendre",
      { kind: "vaccine", vaccine: "Covid", refused: true, reason: "Préfère attendre" },
    ],
    ["atcd cholécystectomie 1999", { kind: "history", of: "personal", label: "Cholécystectomie", occurred: "1999" }],
    ["père infarctus", { kind: "history", of: "family", relation: "father", label: "Infarctus" }],
    ["antécédent familial mère: diabète", { kind: "history", of: "family", relation: "mother", label: "Diabète" }],
  ])("%s", (line, said) => {
    expect(sure(read(line))).toMatchObject(said);
  });

  test.each([
    ["atcd père infarctus 58 ans", "father", "Infarctus"],
    ["atcd mère diabète", "mother", "Diabète"],
    ["atcd : mère, cancer du sein", "mother", "Cancer du sein"],
    ["antécédent chez le frère asthme", "brother", "Asthme"],
    ["atcd son père avc", "father", "AVC"],
    ["hx father heart attack", "father", "Heart attack"],
    ["hx son asthma", "child", "Asthma (son)"],
    ["atcd fille asthme", "child", "Asthme (fille)"],
    ["atcd grand-père maternel alzheimer", "grandparent", "Alzheimer (grand-père maternel)"],
    ["atcd grand mère paternelle diabète", "grandparent", "Diabète (grand mère paternelle)"],
    ["hx maternal grandmother breast cancer", "grandparent", "Breast cancer (maternal grandmother)"],
    ["atcd tante lupus", "other", "Lupus (tante)"],
    ["oncle paternel infarctus", "other", "Infarctus (oncle paternel)"],
    ["atcd familial diabète chez la mère", "mother", "Diabète"],
  ])("%s is of the family: %s", (line, relation, label) => {
    expect(sure(read(line))).toMatchObject({ kind: "history", of: "family", relation, label });
  });

  test.each([
    ["atcd mère asthme, père eczéma", ["mother Asthme", "father Eczéma"]],
    ["mère asthme 1999 et père eczéma", ["mother Asthme", "father Eczéma"]],
    ["mère asthme père eczéma", ["mother Asthme", "father Eczéma"]],
    ["atcd mère et père diabète", ["mother Diabète", "father Diabète"]],
    [
      "atcd familial diabète chez la mère, grand-père paternel avc",
      ["mother Diabète", "grandparent AVC (grand-père paternel)"],
    ],
  ])("of two relatives, two entries are offered and none is taken at once: %s", (line, said) => {
    const reading = read(line);
    const [apart] = reading.is === "unsure" ? reading.meanings : [];
    expect(apart?.kind === "histories" && apart.entries.map((one) => `${one.relation} ${one.label}`)).toEqual(said);
  });

  test.each(["atcd père infarctus, diabète", "atcd tante du père eczéma"])("« %s » is one entry", (line) => {
    expect(read(line).is).toBe("sure");
  });

  test.each([
    ["mother breast cancer 60", "Breast cancer", 60],
    ["father mi 58", "MI", 58],
    ["mère, cancer du sein, 60", "Cancer du sein", 60],
    ["père diabète 2", "Diabète 2", null],
    ["père diabète type 2", "Diabète type 2", null],
    ["mother covid 19", "Covid 19", null],
    ["père fumeur 20", "Fumeur 20", null],
    ["mère irc stade 4", "Irc stade 4", null],
    ["mère asthme 120", "Asthme 120", null],
  ])(
    "a bare number that ends a relative's illness is their age, unless it is the illness's: %s",
    (line, label, atAge) => {
      expect(sure(read(line))).toMatchObject({ of: "family", label, atAge });
    },
  );

  test.each([
    ["frère décédé infarctus 45 ans", "Infarctus", 45, "Décédé"],
    ["mère décédée d'un cancer du sein à 60 ans", "Cancer du sein", 60, "Décédée"],
    ["brother died of a stroke at 45", "Stroke", 45, "Died"],
    ["père infarctus décédé 58 ans", "Infarctus", 58, "Décédé"],
    ["père décédé 2019", "Décédé", null, undefined],
  ])("that a relative died stands in the note: %s", (line, label, atAge, note) => {
    expect(sure(read(line))).toMatchObject({ of: "family", label, atAge, ...(note && { note }) });
  });

  test.each([
    ["rappel dans 3 mois mammographie", "Mammographie", "2027-02-28"],
    ["tâche mammographie dans 3 mois", "Mammographie", "2027-02-28"],
    ["task in 3 months mammogram", "Mammogram", "2027-02-28"],
    ["remind in 3 months mammogram", "Mammogram", "2027-02-28"],
    ["remind me to call in 2 weeks about labs", "Call about labs", "2026-12-14"],
    ["rappel dans 3 mois: mammographie", "Mammographie", "2027-02-28"],
    ["rappel demain pour appeler la pharmacie", "Appeler la pharmacie", "2026-12-01"],
    ["tâche revoir les résultats de lundi avec le patient", "Revoir les résultats de lundi avec le patient", null],
  ])("a task's day is taken where it stands: %s", (line, title, dueOn) => {
    expect(sure(read(line))).toEqual({ kind: "task", title, dueOn });
  });

  test.each([
    ["vaccin zona dose 2 deltoïde gauche lot A123", "Zona", { doseNumber: 2, site: "left-arm", lot: "A123" }],
    ["vaccine shingles 2nd dose right arm lot #ab12", "Shingles", { doseNumber: 2, site: "right-arm", lot: "AB12" }],
    ["vaccin dcat cuisse d, lot: X9Z 2026-03-01", "Dcat", { site: "right-thigh", lot: "X9Z", occurred: "2026-03-01" }],
    ["vaccin grippe dose 0,5 mL", "Grippe dose 0,5 mL", { doseNumber: null }],
    ["vaccin grippe dose 2 mL", "Grippe dose 2 mL", { doseNumber: null }],
    ["vaccin hépatite b", "Hépatite b", { doseNumber: null, site: "", lot: "" }],
    ["vaccin covid refusé : préfère attendre", "Covid", { refused: true, reason: "Préfère attendre" }],
    ["flu shot refused", "Flu", { refused: true, reason: "" }],
    ["flu vaccine refused does not want", "Flu", { refused: true, reason: "Does not want" }],
  ])("how a vaccine was given stands apart from which it was: %s", (line, vaccine, more) => {
    expect(sure(read(line))).toMatchObject({ kind: "vaccine", vaccine, ...more });
  });

  test.each([
    ["stop metformine", "Metformine"],
    ["cesser la metformine", "Metformine"],
    ["arrêter l'aspirine", "Aspirine"],
  ])("a medication is stopped by its name: %s", (line, label) => {
    expect(sure(read(line))).toEqual({ kind: "stop", label });
  });

  test.each([
    ["appendicectomie 1998", "personal", "Appendicectomie", "1998"],
    ["hysterectomy 2010", "personal", "Hysterectomy", "2010"],
    ["césarienne 2004", "personal", "Césarienne", "2004"],
    ["ex smoker 20 pack years", "social", "Ex smoker 20 pack years", ""],
    ["ex-fumeur 20 p.a.", "social", "Ex-fumeur 20 p.a.", ""],
    ["ancien fumeur 20 p.a.", "social", "Ancien fumeur 20 p.a.", ""],
  ])("what they lived is of the history: %s", (line, of, label, occurred) => {
    expect(sure(read(line))).toMatchObject({ kind: "history", of, relation: "", label, occurred });
  });

  test("an operation without its year is offered as history first, and waits for a choice", () => {
    expect(read("appendicectomie")).toMatchObject({
      is: "unsure",
      meanings: [{ of: "personal" }, { kind: "problem" }],
    });
  });

  test.each(["ta 128 ", "vaccin dose ", "mère ", "décédé ", "rappel dans 3 ", "stop ", "a-", "ectomie", "ex ", "1,"])(
    "ten thousand characters of « %s » are answered",
    (piece) => {
      const long = piece.repeat(Math.ceil(10_000 / piece.length));
      expect(read(long)).toEqual({ is: "nothing" });
      void read(long.slice(0, 300));
    },
  );

  test("a relative within the words is asked: the family's illness, or what the person lived", () => {
    expect(read("atcd décès du père 2019")).toMatchObject({
      is: "unsure",
      meanings: [
        { of: "family", relation: "father", label: "Décès", occurred: "2019" },
        { of: "personal", label: "Décès du père", occurred: "2019" },
      ],
    });
  });

  test.each([
    ["infarctus père 52 ans", "unsure", "father", "Infarctus", 52],
    ["père infarctus 52 ans", "sure", "father", "Infarctus", 52],
    ["atcd infarctus père à 52 ans", "unsure", "father", "Infarctus", 52],
    ["atcd père infarctus, 58 ans", "sure", "father", "Infarctus", 58],
    ["mère cancer sein 60 ans", "sure", "mother", "Cancer sein", 60],
    ["atcd mère cancer du sein à l’âge de 60 ans", "sure", "mother", "Cancer du sein", 60],
    ["atcd soeur 34 ans lupus", "unsure", "sister", "Lupus", 34],
    ["hx mother breast cancer at 60", "sure", "mother", "Breast cancer", 60],
    ["father heart attack at age 52", "sure", "father", "Heart attack", 52],
    ["hx father stroke 71 yo", "sure", "father", "Stroke", 71],
    ["atcd père diabète depuis 10 ans", "sure", "father", "Diabète depuis 10 ans", null],
    ["atcd appendicectomie à 12 ans", "sure", "", "Appendicectomie", 12],
    ["hx appendectomy at age 12", "sure", "", "Appendectomy", 12],
    ["chirurgie hernie inguinale à l'âge de 8 ans", "sure", "", "Chirurgie hernie inguinale", 8],
    ["atcd dépression 10 ans", "sure", "", "Dépression 10 ans", null],
    ["atcd migraines depuis 20 ans", "sure", "", "Migraines depuis 20 ans", null],
    ["hx gout 20 years ago", "sure", "", "Gout 20 years ago", null],
  ] as const)("how old they were stands apart from what it was: %s", (line, is, relation, label, atAge) => {
    const reading = read(line);
    expect(reading.is).toBe(is);
    const [first] = reading.is === "unsure" ? reading.meanings : [sure(reading)];
    expect(first).toMatchObject({ relation, label, atAge });
  });

  const forty = { birthDate: "1986-05-05", now };
  test.each([
    ["père vivant 88 ans hta", { relation: "father", label: "HTA", atAge: null, note: "Vivant 88 ans" }],
    [
      "mère décédée 80 ans cancer du sein 52 ans",
      { relation: "mother", label: "Cancer du sein", atAge: 52, note: "Décédée 80 ans" },
    ],
    ["chirurgie genou à 80 ans", { label: "Chirurgie genou à 80 ans", atAge: null }],
    ["appendicectomie à 12 ans", { label: "Appendicectomie", atAge: 12 }],
    ["med cesser metformine", { kind: "stop", label: "Metformine" }],
    ["medication allergie penicilline", { kind: "allergy", substance: "Penicilline" }],
  ])("an age that is no age of the illness, and a drug that is none: %s", (line, meaning) => {
    expect(sure(read(line, forty))).toMatchObject(meaning);
  });

  test.each([
    "NKDA",
    "pas d’allergie médicamenteuse",
    "no known drug allergies",
    "mère 75 ans diabète",
    "rx du thorax",
  ])("may be two things, and is asked: %s", (line) => expect(read(line).is).toBe("unsure"));

  test("two pressures, each with its own position or arm; two weights are one of them", () => {
    const positions = sure(read("ta couché 150/90 debout 120/70"));
    expect("values" in positions && positions.values.map(({ value, position }) => `${value} ${position}`)).toEqual([
      "150 lying",
      "90 lying",
      "120 standing",
      "70 standing",
    ]);
    const arms = sure(read("ta bras gauche 118/76 bras droit 130/80"));
    expect("values" in arms && arms.values.map(({ note }) => note)).toEqual([
      "bras gauche",
      "bras gauche",
      "bras droit",
      "bras droit",
    ]);
    expect(read("poids 72 kg 160 lb").is).toBe("unsure");
  });

  test.each([
    ["dt2 depuis 2012", { kind: "problem", label: "DT2", onset: "2012" }],
    ["hta", { kind: "problem", label: "HTA", onset: "" }],
    ["mpoc 2019", { kind: "problem", label: "MPOC", onset: "2019" }],
    ["asthme depuis 2012-03", { kind: "problem", label: "Asthme", onset: "2012-03" }],
    ["migraine since 2012", { kind: "problem", label: "Migraine", onset: "2012" }],
    ["tabac 1 paquet/jour", { kind: "history", of: "social", label: "Tabac 1 paquet/jour" }],
    ["alcool 3/sem", { kind: "history", of: "social", label: "Alcool 3/sem" }],
    ["smoker 1 ppd since 1990", { kind: "history", of: "social", label: "Smoker 1 ppd", occurred: "1990" }],
    ["non-fumeur", { kind: "history", of: "social", label: "Non-fumeur" }],
    ["chirurgie bariatrique 2015", { kind: "history", of: "personal", occurred: "2015" }],
    ["vaccin grippe refusé", { kind: "vaccine", vaccine: "Grippe", refused: true, reason: "" }],
    ["allergie arachides anaphylaxie sévère", { substance: "Arachides", reaction: "anaphylaxie", severity: "severe" }],
    ["pas d'allergie", { kind: "no-allergy" }],
    ["allergies: aucune", { kind: "no-allergy" }],
    ["denies allergies", { kind: "no-allergy" }],
    ["rx metformine 500 bid", { kind: "medication", label: "Metformine 500 bid" }],
    ["rx chestnut", { kind: "medication", label: "Chestnut" }],
    ["med ramipril", { kind: "medication", label: "Ramipril" }],
  ])("as it is said every day: %s", (line, said) => {
    expect(sure(read(line))).toMatchObject(said);
  });

  test.each(["rx thorax normal", "rx poumons", "tabac", "alcool"])("« %s » waits for a choice", (line) => {
    expect(read(line).is).toBe("unsure");
  });

  test.each(["atcd mère porteuse 2018", "atcd personnel père inconnu", "atcd fracture du poignet 2003"])(
    "« %s » is not of the family",
    (line) => {
      expect(sure(read(line))).toMatchObject({ kind: "history", of: "personal", relation: "" });
    },
  );

  test("what may be one name or a substance and its reaction is asked", () => {
    expect(read("allergie jaune d'oeuf")).toMatchObject({
      is: "unsure",
      meanings: [{ substance: "Jaune d'oeuf" }, { substance: "Jaune", reaction: "d'oeuf" }],
    });
  });

  test("words alone are asked about: a problem, an allergy or a vaccine", () => {
    const reading = read("grippe");
    expect(reading.is === "unsure" && reading.meanings.map(({ kind }) => kind)).toEqual([
      "problem",
      "allergy",
      "vaccine",
    ]);
  });

  test("nothing begins next year", () => {
    expect(read("problème zona 2031")).toEqual({ is: "future", date: "2031" });
    expect(read("vaccin grippe 2026-12-24")).toEqual({ is: "future", date: "2026-12-24" });
  });

  test.each(["", "  ", "allergie", "x", "12", "???", "problème", "!".repeat(400)])("« %s » is nothing", (line) => {
    expect(read(line)).toEqual({ is: "nothing" });
  });

  test("whatever is typed, it answers", () => {
    fc.assert(fc.property(fc.string({ maxLength: 400, unit: "grapheme" }), (line) => void read(line)));
  });
});

describe("never sure where the line may say another thing", () => {
  const reading = (line: string) => {
    const answer = read(line);
    if (answer.is === "sure") return `sure ${answer.meaning.kind}`;
    if (answer.is !== "unsure") return answer.is;
    return answer.meanings
      .map((meaning) =>
        meaning.kind === "allergies"
          ? meaning.entries
              .map(({ substance, reaction }) => [substance, reaction].filter(Boolean).join(": "))
              .join(" + ")
          : meaning.kind === "allergy"
            ? [meaning.substance, meaning.reaction].filter(Boolean).join(": ")
            : meaning.kind,
      )
      .join(" | ");
  };

  test.each([
    ["allergie pénicilline, sulfa", "Pénicilline + Sulfa | Pénicilline: sulfa"],
    ["allergie pénicilline, sulfa, latex", "Pénicilline + Sulfa + Latex | Pénicilline: sulfa, latex"],
    [
      "allergie pénicilline rash sulfa anaphylaxie",
      "Pénicilline: rash + Sulfa: anaphylaxie | Pénicilline: rash sulfa anaphylaxie",
    ],
    ["allergie pénicilline/sulfa", "Pénicilline + Sulfa | Pénicilline/sulfa"],
    ["allergie pénicilline, urticaire", "sure allergy"],
    ["allergie pénicilline urticaire, œdème", "sure allergy"],
    ["allergie pénicilline urticaire et oedème", "sure allergy"],
  ])("two allergies are offered as two: %s", (line, said) => {
    expect(reading(line)).toBe(said);
  });

  test.each([
    ["all nkda", "no-allergy"],
    ["allergie nie", "no-allergy"],
    ["allergie non", "no-allergy"],
    ["allergie ras", "no-allergy"],
    ["allergie 0", "no-allergy"],
    ["allergique à rien", "no-allergy"],
    ["allergie ?", "no-allergy"],
    ["allergie pénicilline: non", "nothing"],
    ["allergie aucune sauf pénicilline", "nothing"],
    ["allergie pénicilline non confirmée", "Pénicilline: non confirmée"],
  ])("what is denied is no allergy: %s", (line, said) => {
    expect(reading(line)).toBe(said);
  });

  test.each(["à faire", "prévu", "non", "contre-indiqué", "pas donné", "due", "planned"])(
    "a vaccine that was not given is not recorded as given: %s",
    (state) => {
      expect(read(`vaccin grippe ${state}`)).toMatchObject({ is: "unsure", meanings: [{ kind: "task" }] });
    },
  );

  test.each([
    "à refaire",
    "à vérifier",
    "manquant",
    "si disponible",
    "?",
    "le 12 novembre",
    "en octobre",
    "lundi",
    "donné ailleurs",
    "reçu 2025",
  ])("a vaccine of which the line leaves in doubt whether, where or when it was given is asked: %s", (state) => {
    expect(read(`vaccin grippe ${state}`)).toMatchObject({
      is: "unsure",
      meanings: [{ kind: "task" }, { kind: "vaccine" }],
    });
  });

  test("the day of a vaccine is no part of its name, nor of a reason", () => {
    expect(sure(read("vaccin grippe hier"))).toMatchObject({ vaccine: "Grippe", occurred: "2026-11-29" });
    expect(read("vaccin grippe 11/12/2025")).toMatchObject({
      is: "unsure",
      meanings: [
        { vaccine: "Grippe", occurred: "2025-12-11" },
        { vaccine: "Grippe", occurred: "2025-11-12" },
      ],
    });
    expect(sure(read("vaccin grippe refusé 2025"))).toMatchObject({ refused: true, occurred: "2025", reason: "" });
    expect(read("vaccin non refusé grippe").is).toBe("unsure");
  });

  const adult = { birthDate: "1970-05-05", now };
  const toddler = { birthDate: "2023-11-01", now };
  const baby = { birthDate: "2026-10-20", now };

  test.each([
    ["poids 172", adult, ["172", "78.0"]],
    ["poids 32", toddler, ["32", "14.5"]],
    ["poids 9", baby, ["9", "4.1"]],
    ["poids 11", baby, ["11", "5.0"]],
    ["p 78,4", adult, ["78.4"]],
  ])("a number that may be of another unit is asked: %s", (line, whom, offered) => {
    const answer = read(line, whom);
    expect(
      answer.is === "unsure" && answer.meanings.flatMap((each) => ("values" in each ? each.values[0]?.value : [])),
    ).toEqual(offered);
  });

  test.each([
    ["inr 25", adult],
    ["poids 32 kg", toddler],
    ["poids 9 kg", baby],
  ])("and what is unlikely in its own: %s", (line, whom) => {
    expect(read(line, whom)).toMatchObject({ is: "unsure", doubt: {} });
  });

  test("a day that is none, a small number after an illness, an arrest that stops no drug", () => {
    expect(read("dx hta 2014-02-30")).toEqual({ is: "nothing" });
    expect(sure(read("mère cancer du sein 2"))).toMatchObject({ label: "Cancer du sein 2", atAge: null });
    expect(read("arrêt cardiaque 2019")).toMatchObject({ meanings: [{ kind: "problem" }, {}, {}] });
    expect(JSON.stringify(read("arrêt de travail 2 semaines"))).not.toContain('"stop"');
  });

  test.each(["ta 1280/76", "ta 480/76", "ta 128/760"])("« %s » cannot be, and says so", (line) => {
    expect(read(line)).toMatchObject({ is: "impossible" });
  });
});
