import pg from "pg";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { makeClinic, type TestClinic } from "#tests/factories/clinic.ts";
import { adminUrl } from "./instance-database.ts";

/** A clinic that anybody can book at: two physicians who see people every day from 8 h to 18 h, and services of each kind. */
export async function makeBookableClinic(name?: string): Promise<TestClinic> {
  const clinic = await makeClinic(name);
  const clinicId = clinic.id;
  const locationId = newId();
  const people = [
    { id: newId(), prefix: "Dre", givenName: "Anne-Sophie", familyName: "Gagnon" },
    { id: newId(), prefix: "Dr", givenName: "Karim", familyName: "Benali" },
  ];
  const services = [
    {
      name: "Consultation médicale",
      nameEn: "Medical consultation",
      durationMinutes: 20,
      stepMinutes: 20,
      insured: true,
      modes: ["in-person", "phone"],
      preparation: "Votre carte d’assurance maladie\nLa liste de vos médicaments",
    },
    {
      name: "Bilan de santé",
      description: "Pour les personnes de 50 ans et plus.",
      durationMinutes: 60,
      insured: true,
    },
    { name: "Certificat médical", durationMinutes: 15, priceCents: 6500n, costShown: true },
    { name: "Rencontre de nouveaux patients", durationMinutes: 45, audience: "new", insured: true },
  ].map((service, rank) => ({ ...service, clinicId, id: newId(), rank, online: true, noticeMinutes: 60 }));
  await withStaff(clinic.owner.ctx, async (db) => {
    const place = { name: "Vieux-Limoilou", addressLine: "1180, 3e Avenue", city: "Québec", postalCode: "G1L 2X1" };
    await db.location.createMany({
      data: { clinicId, id: locationId, ...place, phone: "+14185550142", timeZone: "America/Toronto" },
    });
    await db.practitioner.createMany({ data: people.map((one) => ({ clinicId, profession: "physician", ...one })) });
    for (const service of services) {
      await db.healthcareService.createMany({ data: service });
      const requirementId = newId();
      await db.serviceRequirement.createMany({
        data: { clinicId, id: requirementId, serviceId: service.id, rank: 1, kind: "practitioner" },
      });
      await db.serviceCandidate.createMany({
        data: people.map(({ id: resourceId }) => ({ clinicId, id: newId(), requirementId, resourceId })),
      });
    }
    await db.scheduleRule.createMany({
      data: people.flatMap(({ id: resourceId }) =>
        [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
          clinicId,
          id: newId(),
          resourceId,
          locationId,
          weekday,
          fromMinute: 480,
          untilMinute: 1080,
          validFrom: new Date("2026-01-01"),
        })),
      ),
    });
    await db.publicPage.createMany({
      data: { clinicId, draft: {}, published: {}, publishedAt: new Date(), publishedBy: clinic.owner.userId },
    });
  });
  // No role of ours may approve a clinic but the host's.
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin
    .query("update host.clinic_registration set status = 'approved', approved_at = now() where clinic_id = $1", [
      clinicId,
    ])
    .finally(() => admin.end());
  return clinic;
}
