import type { ClinicContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { roundTo } from "#server/observation/decimal.ts";
import { recordObservations } from "#server/observation/record-observations.ts";
import { recordObservationsInput } from "#server/observation/schema.ts";
import { todayIn } from "#server/patient/today.ts";
import { plantInventedGrowth } from "./fictional-growth.ts";
import { makePatient, seededChance, syntheticNam } from "./fictional-patient.ts";

type Measures = Readonly<Record<string, number>>;
interface Grown {
  readonly person: { readonly familyName: string; readonly givenName: string; readonly sex: "female" | "male" };
  /** How old they are today. */
  readonly months: number;
  /** What was measured at an age in months. */
  readonly at: readonly (readonly [months: number, measures: Measures])[];
}

const baby = (weight: number, height: number, head: number) => ({ weight, height, "head-circumference": head });

/** Two children who are followed since they were born: one born some weeks early, who catches up and slows down, one who leaves his curve. */
const grown: readonly Grown[] = [
  {
    person: { familyName: "Gingras", givenName: "Rosalie", sex: "female" },
    months: 19,
    at: [
      [0, { ...baby(2.38, 46, 32.5), "gestational-age": 35 }],
      [0.5, baby(2.7, 47.5, 33.4)],
      [1, baby(3.4, 50.5, 35)],
      [2, baby(4.5, 54.5, 37.1)],
      [4, baby(6.4, 61.5, 40)],
      [6, baby(7.2, 65.5, 41.7)],
      [9, baby(7.9, 70, 43.3)],
      [12, baby(8.2, 73.5, 44.3)],
      [15, baby(8.25, 76, 45)],
      [17, baby(8.3, 77.5, 45.4)],
      [18.5, baby(8.3, 79, 45.6)],
    ],
  },
  {
    person: { familyName: "Pouliot", givenName: "Mathéo", sex: "male" },
    months: 151,
    at: [
      [24, { weight: 12.6, height: 87 }],
      [36, { weight: 14.6, height: 95.5 }],
      [48, { weight: 16.8, height: 103 }],
      [60, { weight: 19.4, height: 110 }],
      [72, { weight: 22.6, height: 116.5 }],
      [84, { weight: 26.4, height: 122 }],
      [96, { weight: 31, height: 128 }],
      [108, { weight: 36.2, height: 133 }],
      [120, { weight: 42, height: 138.5 }],
      [132, { weight: 48.5, height: 144 }],
      [144, { weight: 55, height: 150.5 }],
      [150.5, { weight: 58.4, height: 154 }],
    ],
  },
];

/** The curves that nobody may judge a child by, and the children of the demo who are measured against them. @returns their ids */
export async function plantGrowth(ctx: ClinicContext): Promise<string[]> {
  await plantInventedGrowth();
  const chance = seededChance(19);
  const ids: string[] = [];
  for (const { person, months, at } of grown) {
    const bornMs = Date.now() - months * 30.4375 * 86_400_000;
    const birthDate = todayIn(ctx.clinic.timeZone, new Date(bornMs));
    const { id: patientId } = await makePatient(ctx, {
      preferredName: "",
      language: "fr",
      ...person,
      birthDate,
      nam: {
        value: syntheticNam(person.familyName, person.givenName, birthDate, person.sex),
        expiry: "2030-05",
        status: "valid",
      },
    });
    for (const [month, measures] of at) {
      // Nobody comes on the very day, and everybody in the afternoon.
      const days = month === 0 ? 0 : Math.round(month * 30.4375 + chance() * 6);
      const values = Object.entries(measures).map(([code, value]) => ({
        id: newId(),
        code,
        value: roundTo(value, code === "gestational-age" ? 0 : code === "weight" && value < 10 ? 2 : 1),
      }));
      await recordObservations(
        ctx,
        recordObservationsInput.parse({
          patientId,
          panelId: newId(),
          at: new Date(Date.parse(`${birthDate}T19:20:00Z`) + days * 86_400_000),
          values,
        }),
      );
    }
    ids.push(patientId);
  }
  return ids;
}
