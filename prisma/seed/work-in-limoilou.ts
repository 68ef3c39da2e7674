import type { ClinicContext } from "#server/context.ts";
import { addRooms, addServices, closeOnHolidays, dayIn, except, needs, openWeek } from "./demo-schedule.ts";

interface People {
  readonly main: string;
  readonly roch: string;
  readonly gagnon: string;
  readonly benali: string;
  readonly nurse: string;
  readonly physio: string;
}

/** What the family practice offers, where, and when. */
export async function workInLimoilou(ctx: ClinicContext, people: People): Promise<void> {
  const { main, roch, gagnon, benali, nurse, physio } = people;
  await addRooms(ctx, main, [
    ["room", "Salle 1", "salle d’examen"],
    ["room", "Salle 2", "salle d’examen"],
    ["room", "Salle 3", "salle d’examen"],
    ["room", "Salle de soins", "salle de soins"],
    ["room", "Physiothérapie", "physiothérapie"],
    ["device", "Appareil d’ultrasons", "ultrasons"],
  ]);
  await addRooms(ctx, roch, [["room", "Bureau A", "salle d’examen"]]);
  await addServices(ctx, servicesOf(people));

  await openWeek(ctx, null, main, "1-5 7:30-18:00", "6 9:00-13:00");
  await openWeek(ctx, null, roch, "5 8:00-12:00");
  await openWeek(ctx, gagnon, main, "1-4 8:00-12:00 13:00-16:30");
  await openWeek(ctx, gagnon, roch, "5 8:00-12:00", {
    week: "5 8:00-12:00",
    rule: { kind: "closed", newPatients: true },
  });
  await openWeek(ctx, benali, main, "1-3 9:00-12:00 13:00-17:00", "5 9:00-12:00 13:00-16:00", {
    week: "4 16:00-18:00",
    rule: { everyWeeks: 2 },
  });
  await openWeek(ctx, nurse, main, "1-5 7:30-12:00 13:00-15:30");
  await openWeek(ctx, physio, main, "1-5 8:30-12:00 13:00-18:00", "6 9:00-13:00");

  await closeOnHolidays(ctx);
  await except(ctx, "leave", [dayIn(ctx, 4, 1), dayIn(ctx, 4, 5)], { resourceId: benali, title: "Vacances" });
  await except(ctx, "leave", [dayIn(ctx, 2, 3), dayIn(ctx, 2, 3)], {
    resourceId: nurse,
    title: "Formation",
    fromMinute: 780,
    untilMinute: 930,
  });
  await except(ctx, "extra", [dayIn(ctx, 2, 6), dayIn(ctx, 2, 6)], {
    resourceId: gagnon,
    locationId: main,
    fromMinute: 540,
    untilMinute: 780,
  });
  await except(ctx, "closure", [dayIn(ctx, 3, 4), dayIn(ctx, 3, 4)], {
    title: "Réunion d’équipe",
    locationId: main,
    fromMinute: 720,
    untilMinute: 840,
  });
}

function servicesOf({ gagnon, benali, nurse, physio }: People): Parameters<typeof addServices>[1] {
  const doctors = [gagnon, benali];
  return [
    {
      name: "Consultation médicale",
      nameEn: "Medical visit",
      description: "Pour un nouveau problème de santé, ou un problème qui revient.",
      descriptionEn: "For a new health concern, or one that has come back.",
      preparation: "Votre carte d’assurance maladie\nLa liste de vos médicaments",
      preparationEn: "Your health insurance card\nThe list of your medications",
      durationMinutes: 20,
      stepMinutes: 20,
      color: "sapin",
      insured: true,
      requirements: needs(doctors),
    },
    {
      name: "Suivi médical",
      nameEn: "Medical follow-up",
      description: "Résultats, renouvellement, suivi d’une maladie chronique. Sur place, au téléphone ou en vidéo.",
      descriptionEn: "Results, renewals, follow-up of a chronic illness. On site, by phone or by video.",
      durationMinutes: 15,
      color: "ciel",
      insured: true,
      modes: ["in-person", "phone", "video"],
      videoLink: "https://rencontre.limoilou.example/salle-attente",
      audience: "existing",
      requirements: needs(doctors),
    },
    {
      name: "Examen médical périodique",
      nameEn: "Periodic health exam",
      description: "Un examen complet, tous les deux ou trois ans.",
      descriptionEn: "A full exam, every two or three years.",
      preparation: "Apportez la liste de vos médicaments et votre carnet de vaccination.",
      preparationEn: "Bring the list of your medications and your vaccination record.",
      durationMinutes: 45,
      stepMinutes: 30,
      bufferAfterMinutes: 5,
      color: "encre",
      insured: true,
      audience: "existing",
      noticeMinutes: 2880,
      dailyLimit: 3,
      requirements: needs(doctors),
    },
    {
      name: "Petite chirurgie",
      nameEn: "Minor surgery",
      durationMinutes: 40,
      bufferBeforeMinutes: 5,
      bufferAfterMinutes: 10,
      color: "brique",
      insured: true,
      online: false,
      requirements: [
        ...needs([benali], "salle de soins"),
        { kind: "practitioner", quantity: 1, resourceType: "", candidates: [nurse] },
      ],
    },
    {
      name: "Prélèvements",
      nameEn: "Blood draw and samples",
      description: "Prises de sang et autres prélèvements, avec une ordonnance.",
      descriptionEn: "Blood draws and other samples, with a prescription.",
      preparation: "Apportez votre ordonnance. Si elle demande d’être à jeun : rien à manger depuis 12 heures.",
      preparationEn: "Bring your prescription. If it asks for fasting: nothing to eat for 12 hours.",
      durationMinutes: 10,
      stepMinutes: 10,
      color: "lampe",
      insured: true,
      noticeMinutes: 720,
      dailyLimit: 24,
      requirements: needs([nurse], "salle de soins"),
    },
    {
      name: "Vaccination",
      nameEn: "Vaccination",
      durationMinutes: 15,
      color: "mousse",
      insured: true,
      requirements: needs([nurse]),
    },
    {
      name: "Évaluation en physiothérapie",
      nameEn: "Physiotherapy assessment",
      description: "Première rencontre : examen, explications et plan de traitement.",
      descriptionEn: "First visit: examination, explanations and a treatment plan.",
      preparation: "Portez des vêtements souples. Apportez vos imageries récentes.",
      preparationEn: "Wear loose clothing. Bring recent imaging.",
      durationMinutes: 60,
      stepMinutes: 30,
      bufferAfterMinutes: 10,
      color: "prune",
      priceCents: 11500,
      requirements: needs([physio], "physiothérapie"),
    },
    {
      name: "Traitement de physiothérapie",
      nameEn: "Physiotherapy treatment",
      durationMinutes: 30,
      color: "ardoise",
      priceCents: 8500,
      audience: "existing",
      requirements: [
        ...needs([physio], "physiothérapie"),
        { kind: "device", quantity: 1, resourceType: "ultrasons", candidates: [] },
      ],
    },
    {
      name: "Atelier « Bouger sans douleur »",
      nameEn: "“Moving without pain” workshop",
      description: "En petit groupe, pour apprivoiser une douleur au dos qui dure.",
      descriptionEn: "In a small group, for back pain that lasts.",
      durationMinutes: 90,
      color: "mousse",
      priceCents: 3500,
      capacity: 8,
      requirements: needs([physio]),
    },
  ];
}
