import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { plantNote, type Written } from "./demo-notes.ts";

/** Two courses of care as a physiotherapist writes them: an assessment, then what each session brought. */
const courses: readonly (readonly Written[])[] = [
  [
    {
      monthsAgo: 2,
      reason: "Lombalgie, évaluation",
      template: "physio-assessment.fr",
      values: { consent: "Libre et éclairé, obtenu de vive voix", pain: 6 },
      sections: {
        reason: "Douleur au bas du dos depuis 3 semaines, après un déménagement.",
        history:
          "Début progressif, sans traumatisme. Acétaminophène au besoin. Aucun épisode avant. Aucun drapeau rouge.",
        function: "- Assis : 20 minutes\n- Dort mal sur le dos\n- Travail de bureau, 3 jours sur 5 à la maison",
        objective:
          "Flexion limitée de moitié, douloureuse en fin de course. Extension libre. Force et sensibilité normales, EJT négatif des deux côtés.",
        analysis: "Lombalgie mécanique sans signe neurologique. Bon pronostic.",
        goals: "1. Assis 45 minutes sans douleur dans 3 semaines\n2. Course de 5 km dans 8 semaines",
        plan: "Une séance par semaine pendant 4 semaines : enseignement, thérapie manuelle, renforcement progressif. Marche tous les jours.",
      },
      diagnoses: [["Lombalgie", "724.2"]],
    },
    {
      monthsAgo: 1,
      reason: "Lombalgie, 4e séance",
      template: "physio-follow-up.fr",
      values: { pain: 2 },
      sections: {
        subjective: "Assis une heure sans douleur. A repris la course, 3 km. Fait ses exercices 5 jours sur 7.",
        objective: "Flexion complète. Ponts 3 × 12, planche 45 s. Mobilisations L4-L5, grade III.",
        analysis: "Objectif 1 atteint, objectif 2 en bonne voie.",
        plan: "Programme à la maison. Revoir dans 3 semaines, congé prévu.",
      },
      diagnoses: [["Lombalgie", "724.2"]],
    },
  ],
  [
    {
      monthsAgo: 1,
      reason: "Entorse de la cheville droite",
      template: "physio-assessment.fr",
      values: { consent: "Libre et éclairé, obtenu par écrit", pain: 4.5 },
      sections: {
        reason: "Cheville droite tordue au soccer il y a 10 jours.",
        history: "Inversion. Radiographie négative. Béquilles 3 jours, glace.",
        function: "Marche avec boiterie. Escaliers une marche à la fois. Pas de sport.",
        objective: "Œdème latéral. Dorsiflexion 5° de moins qu’à gauche. Tiroir antérieur négatif. Appui unipodal 8 s.",
        analysis: "Entorse latérale de grade 1, stable.",
        goals: "1. Marche sans boiterie dans 1 semaine\n2. Retour au soccer dans 5 semaines",
        plan: "Mobilité, proprioception, retour progressif à la course. Revoir dans 1 semaine.",
      },
      diagnoses: [["Entorse de la cheville", "845.0"]],
    },
  ],
];

/** What the physiotherapist wrote of those whom they saw. */
export async function plantPhysio(ctx: ClinicContext, practitionerId: string): Promise<void> {
  const people = await withStaff(
    ctx,
    (db) =>
      db.$queryRaw<{ patientId: string }[]>`
      select a.patient_id as "patientId" from clinic.appointment a
      join clinic.sitting s on s.clinic_id = a.clinic_id and s.id = a.sitting_id
      where a.clinic_id = ${ctx.clinic.id}::uuid and s.resource_id = ${practitionerId}::uuid and a.patient_id is not null
        and a.status in ('booked', 'arrived', 'checked-in', 'fulfilled')
      group by a.patient_id order by min(s.starts_at), a.patient_id limit 4`,
  );
  for (const [at, { patientId }] of people.entries())
    for (const note of courses[at % courses.length] ?? []) await plantNote(ctx, patientId, note);
}
