import { Text, View } from "@react-pdf/renderer";
import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound } from "#server/errors.ts";
import { sayPosology } from "#server/medication/posology.ts";
import { medicationSelect } from "#server/medication/record.ts";
import type { PosologyCard } from "#server/medication/schema.ts";
import { groundOf } from "#server/patient/ground.ts";
import { todayIn } from "#server/patient/today.ts";
import { ChartPages, styles } from "#server/pdf/chart-page.tsx";
import { renderPdf } from "#server/pdf/render-pdf.ts";
import { tag } from "#server/pdf/tag.ts";
import { showPhone } from "#server/phone.ts";
import type { PrintedFile } from "./print-prescription.ts";

const words = {
  fr: {
    title: "Médicaments actuels",
    on: "En date du",
    born: "Date de naissance",
    none: "Aucun médicament inscrit.",
    for: "pour",
    since: "depuis",
    reviewed: "Liste révisée le",
    notOrder: "Ceci n’est pas une ordonnance.",
    elsewhere: "prescrit ailleurs",
  },
  en: {
    title: "Current medications",
    on: "As of",
    born: "Date of birth",
    none: "No medication on file.",
    for: "for",
    since: "since",
    reviewed: "List reviewed on",
    notOrder: "This is not a prescription.",
    elsewhere: "prescribed elsewhere",
  },
} as const;

/** What the patient takes today, on paper, in their language. It is no prescription, carries no NAM, and says so. @throws NotFound */
export async function printMedications(ctx: ClinicContext, { patientId }: { patientId: string }): Promise<PrintedFile> {
  requirePermission(ctx, "chart:read");
  const clinicId = ctx.clinic.id;
  const { patient, clinic, medications, review } = await withStaff(ctx, async (db) => {
    const found = await db.patient.findFirst({ where: { clinicId, id: patientId } });
    if (!found) throw notFound();
    await recordAudit(db, ctx, {
      event: "medication.printed",
      action: "R",
      entity: "Patient",
      entityIds: [patientId],
      patientId,
      ground: groundOf(ctx),
    });
    return {
      patient: found,
      clinic: await db.clinic.findFirstOrThrow({ where: { clinicId }, select: { name: true, phone: true } }),
      medications: await db.medication.findMany({
        where: { clinicId, patientId, status: "active" },
        orderBy: [{ createdAt: "asc" }, { id: "asc" }],
        select: medicationSelect,
        take: 200,
      }),
      review: await db.medicationReview.findFirst({
        where: { clinicId, patientId },
        orderBy: { id: "desc" },
        select: { createdAt: true },
      }),
    };
  });
  const language = patient.language === "en" ? "en" : "fr";
  const w = words[language];
  const today = todayIn(ctx.clinic.timeZone);
  const pdf = await renderPdf(
    ChartPages({
      title: w.title,
      language,
      madeAt: `${today}T12:00:00Z`,
      clinic: { name: clinic.name, lines: [], phone: showPhone(clinic.phone, language) },
      facts: [
        `${w.on} ${today}`,
        ...(review ? [`${w.reviewed} ${todayIn(ctx.clinic.timeZone, review.createdAt)}`] : []),
      ],
      patient: {
        name: `${patient.givenName} ${patient.familyName}`,
        lines: patient.birthDate ? [`${w.born} : ${patient.birthDate.toISOString().slice(0, 10)}`] : [],
        aside: [w.notOrder],
      },
      children:
        medications.length === 0 ? (
          <Text>{w.none}</Text>
        ) : (
          medications.map((one, at) => (
            <View key={one.id} {...tag("LI")} style={styles.row} wrap={false}>
              <Text {...tag("Lbl")} style={styles.nth}>
                {at + 1}
              </Text>
              <View {...tag("LBody")} style={styles.body}>
                <Text style={styles.strong}>
                  {[[one.label, one.strength].filter(Boolean).join(" "), one.form].filter(Boolean).join(", ")}
                </Text>
                <Text>{sayPosology({ ...(one as unknown as PosologyCard), durationDays: null }, language)}</Text>
                <Text style={styles.quiet}>
                  {[
                    one.reason && `${w.for} ${one.reason}`,
                    one.started && `${w.since} ${one.started}`,
                    one.origin === "elsewhere" && w.elsewhere,
                  ]
                    .filter(Boolean)
                    .join(" · ")}
                </Text>
              </View>
            </View>
          ))
        ),
    }),
  );
  return { name: `medicaments-${today}.pdf`, pdf: pdf.toString("base64") };
}
