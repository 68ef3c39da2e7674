/** Fictional people who are followed for years: what the demo's charts show. Nobody of them exists. */

type Range = readonly [low: string | null, high: string | null];

/** Measured together, every so often, from one value to another. A word instead of a range is a finding. */
export interface Followed {
  readonly years: number;
  readonly everyMonths: number;
  readonly lastDaysAgo: number;
  readonly values: readonly (readonly [code: string, from: number, until: number, range?: Range | string])[];
}

export interface Charted {
  readonly person: {
    readonly familyName: string;
    readonly givenName: string;
    readonly birthDate: string;
    readonly sex: "female" | "male";
  };
  readonly problems: readonly (readonly [label: string, onset: string, abatement?: string])[];
  readonly allergies: readonly (readonly [
    kind: "allergy" | "intolerance",
    substance: string,
    reaction: string,
    severity: "" | "mild" | "moderate" | "severe",
    onset: string,
  ])[];
  readonly history: readonly (readonly [
    kind: "personal" | "family" | "social",
    label: string,
    occurred: string,
    relation?: string,
    atAge?: number,
  ])[];
  readonly vaccines: readonly (readonly [vaccine: string, occurred: string, more?: object])[];
  readonly followed: readonly Followed[];
}

const arm = { site: "left-arm", route: "im", dose: "0,5 mL" } as const;
const elsewhere = { origin: "elsewhere" } as const;

export const charted: readonly Charted[] = [
  {
    person: { familyName: "Bouchard-Tremblay", givenName: "Ginette", birthDate: "1958-03-14", sex: "female" },
    problems: [
      ["HTA essentielle", "2014"],
      ["Diabète de type 2", "2017"],
      ["MRC G3a A2", "2023"],
      ["Dyslipidémie", "2015"],
      ["Hypothyroïdie", "2009"],
      ["Gonarthrose droite", "2021"],
      ["Zona", "2020-02", "2020-04"],
      ["Infection urinaire", "2022-07", "2022-07"],
    ],
    allergies: [
      ["allergy", "Pénicilline", "urticaire", "moderate", "1998"],
      ["allergy", "Sulfamides", "éruption", "mild", "2011"],
      ["intolerance", "Ramipril", "toux", "", "2016"],
    ],
    history: [
      ["personal", "Cholécystectomie", "1999"],
      ["personal", "Hystérectomie", "2006"],
      ["family", "Infarctus", "", "father", 58],
      ["family", "Diabète", "", "mother"],
      ["social", "Ex-fumeuse 20 p.-a., arrêt 2010", ""],
      ["social", "Vit seule", ""],
    ],
    vaccines: [
      ["Grippe", "2025-10-28", { ...arm, product: "Fluzone HD", lot: "UT8123AA", dose: "0,7 mL" }],
      ["COVID-19", "2025-10-28", { ...arm, lot: "HF4021" }],
      ["Pneumocoque conjugué 20", "2024-02-08", { ...arm, lot: "GX7781" }],
      ["Zona", "2024-05-16", { ...arm, lot: "ZA112", doseNumber: 1 }],
      ["Diphtérie et tétanos", "2018", elsewhere],
      ["Virus respiratoire syncytial", "2025-11-12", { status: "not-done", notDoneReason: "Préfère attendre un an" }],
    ],
    followed: [
      {
        years: 9,
        everyMonths: 3,
        lastDaysAgo: 0,
        values: [
          ["bp-systolic", 128, 152],
          ["bp-diastolic", 80, 88],
        ],
      },
      {
        years: 9,
        everyMonths: 4,
        lastDaysAgo: 0,
        values: [
          ["heart-rate", 70, 76],
          ["weight", 72, 78.4],
        ],
      },
      { years: 9, everyMonths: 60, lastDaysAgo: 200, values: [["height", 162, 161]] },
      { years: 8, everyMonths: 4, lastDaysAgo: 7, values: [["hba1c", 6.6, 7.9, [null, "7.0"]]] },
      {
        years: 6,
        everyMonths: 6,
        lastDaysAgo: 7,
        values: [
          ["creatinine", 80, 98, ["45", "84"]],
          ["egfr", 68, 54, ["60", null]],
          ["potassium", 4.4, 4.8, ["3.5", "5.0"]],
        ],
      },
      { years: 6, everyMonths: 12, lastDaysAgo: 7, values: [["albumin-creatinine", 2.1, 4.8, [null, "2.0"]]] },
      { years: 8, everyMonths: 12, lastDaysAgo: 7, values: [["ldl", 3.1, 2.3, [null, "2.0"]]] },
      { years: 9, everyMonths: 12, lastDaysAgo: 7, values: [["tsh", 2.4, 3.1, ["0.4", "4.5"]]] },
      {
        years: 3,
        everyMonths: 12,
        lastDaysAgo: 97,
        values: [["foot-exam", 0, 0, "Monofilament 10/10 aux deux pieds"]],
      },
      { years: 2, everyMonths: 24, lastDaysAgo: 780, values: [["eye-exam", 0, 0, "Sans rétinopathie"]] },
    ],
  },
  {
    person: { familyName: "Nadeau", givenName: "Réjean", birthDate: "1949-11-02", sex: "male" },
    problems: [
      ["MPOC", "2012"],
      ["Fibrillation auriculaire", "2019"],
      ["HTA", "2001"],
      ["Hypertrophie bénigne de la prostate", "2018"],
    ],
    allergies: [["intolerance", "Codéine", "nausées", "mild", "2003"]],
    history: [
      ["personal", "Pontage aortocoronarien", "2008"],
      ["social", "Ancien mineur, 40 p.-a.", ""],
    ],
    vaccines: [
      ["Grippe", "2025-11-04", { ...arm, lot: "UT8123AA" }],
      ["Pneumocoque polysaccharidique 23", "2015", elsewhere],
    ],
    followed: [
      {
        years: 5,
        everyMonths: 4,
        lastDaysAgo: 30,
        values: [
          ["bp-systolic", 142, 128],
          ["bp-diastolic", 84, 72],
        ],
      },
      {
        years: 5,
        everyMonths: 6,
        lastDaysAgo: 30,
        values: [
          ["oxygen-saturation", 95, 92],
          ["heart-rate", 78, 84],
        ],
      },
      { years: 5, everyMonths: 6, lastDaysAgo: 30, values: [["weight", 88, 81]] },
      { years: 1, everyMonths: 12, lastDaysAgo: 30, values: [["height", 174, 174]] },
    ],
  },
  {
    person: { familyName: "Lavoie-Côté", givenName: "Léo", birthDate: "2022-06-20", sex: "male" },
    problems: [
      ["Asthme", "2025"],
      ["Otite moyenne", "2024-11", "2024-12"],
    ],
    allergies: [["allergy", "Arachides", "urticaire, vomissements", "severe", "2024"]],
    history: [["family", "Asthme", "", "mother"]],
    vaccines: [
      ["DCaT-HB-VPI-Hib", "2022-08-22", { ...elsewhere, doseNumber: 1 }],
      ["DCaT-HB-VPI-Hib", "2022-10-24", { ...elsewhere, doseNumber: 2 }],
      ["Rougeole rubéole oreillons varicelle", "2023-06-26", { ...elsewhere, doseNumber: 1 }],
    ],
    followed: [
      {
        years: 4,
        everyMonths: 4,
        lastDaysAgo: 20,
        values: [
          ["weight", 6, 17.2],
          ["height", 62, 104],
        ],
      },
      {
        years: 2,
        everyMonths: 6,
        lastDaysAgo: 20,
        values: [
          ["heart-rate", 110, 104],
          ["temperature", 37.1, 36.8],
        ],
      },
    ],
  },
  {
    person: { familyName: "Ouellet", givenName: "Marie-Pier", birthDate: "1989-01-25", sex: "female" },
    problems: [
      ["Migraine", "2008"],
      ["Trouble d’anxiété généralisée", "2016"],
      ["Endométriose", "2015"],
    ],
    allergies: [],
    history: [
      ["personal", "Césarienne", "2019"],
      ["family", "Cancer du sein", "", "mother", 52],
      ["social", "Enseignante au primaire", ""],
    ],
    vaccines: [
      ["Virus du papillome humain", "2008", elsewhere],
      ["Grippe", "2025-11-18", { status: "not-done", notDoneReason: "Ne le souhaite pas cette année" }],
    ],
    followed: [
      {
        years: 3,
        everyMonths: 6,
        lastDaysAgo: 45,
        values: [
          ["bp-systolic", 116, 114],
          ["bp-diastolic", 72, 70],
        ],
      },
      { years: 3, everyMonths: 12, lastDaysAgo: 45, values: [["weight", 63, 64.5]] },
      { years: 1, everyMonths: 12, lastDaysAgo: 45, values: [["height", 167, 167]] },
    ],
  },
];
