import type { ClinicContext } from "#server/context.ts";
import { addRooms, addServices, closeOnHolidays, dayIn, except, needs, openWeek } from "./demo-schedule.ts";

interface People {
  readonly place: string;
  readonly dentist: string;
  readonly hygienist: string;
}

/** What the dental clinic offers, in which chairs, and when. */
export async function workInChicoutimi(ctx: ClinicContext, people: People): Promise<void> {
  const { place, dentist, hygienist } = people;
  await addRooms(ctx, place, [
    ["room", "Fauteuil 1", "fauteuil"],
    ["room", "Fauteuil 2", "fauteuil"],
    ["device", "Appareil panoramique", "radiographie"],
  ]);
  await addServices(ctx, servicesOf(people));

  await openWeek(ctx, null, place, "1-4 8:00-17:00", "5 8:00-12:00");
  await openWeek(ctx, dentist, place, "1-4 8:00-12:00 13:00-17:00", "5 8:00-12:00");
  await openWeek(ctx, hygienist, place, "1-4 8:00-12:00 13:00-16:00");

  await closeOnHolidays(ctx);
  await except(ctx, "leave", [dayIn(ctx, 5, 1), dayIn(ctx, 5, 5)], { resourceId: dentist, title: "Congrès" });
}

function servicesOf({ dentist, hygienist }: People): Parameters<typeof addServices>[1] {
  return [
    {
      name: "Examen dentaire",
      nameEn: "Dental exam",
      description: "Examen complet et radiographies au besoin.",
      descriptionEn: "A full exam, with X-rays if needed.",
      durationMinutes: 30,
      stepMinutes: 30,
      color: "sapin",
      priceCents: 9500,
      requirements: needs([dentist], "fauteuil"),
    },
    {
      name: "Nettoyage",
      nameEn: "Cleaning",
      description: "Détartrage, polissage et conseils.",
      descriptionEn: "Scaling, polishing and advice.",
      durationMinutes: 60,
      stepMinutes: 30,
      bufferAfterMinutes: 10,
      color: "ciel",
      priceCents: 14000,
      requirements: needs([hygienist], "fauteuil"),
    },
    {
      name: "Nettoyage, enfant",
      nameEn: "Child cleaning",
      durationMinutes: 30,
      color: "lampe",
      priceCents: 7500,
      requirements: needs([hygienist], "fauteuil"),
    },
    {
      name: "Obturation",
      nameEn: "Filling",
      durationMinutes: 60,
      bufferAfterMinutes: 10,
      color: "encre",
      online: false,
      requirements: needs([dentist], "fauteuil"),
    },
    {
      name: "Urgence dentaire",
      nameEn: "Dental emergency",
      description: "Douleur vive, dent cassée, enflure.",
      descriptionEn: "Sharp pain, a broken tooth, swelling.",
      durationMinutes: 30,
      color: "brique",
      noticeMinutes: 30,
      horizonDays: 3,
      dailyLimit: 3,
      requirements: needs([dentist], "fauteuil"),
    },
  ];
}
