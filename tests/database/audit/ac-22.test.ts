import { describe, expect, it } from "vitest";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import type { Role } from "#server/access/permissions.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { findPatients } from "#server/patient/find-patients.ts";
import { readPatient } from "#server/patient/read-patient.ts";
import { updatePatient } from "#server/patient/update-patient.ts";
import { makeClinic, makeMember } from "#tests/factories/clinic.ts";

describe("AC-22: the journal says what was accessed or used, who did it, and when", () => {
  it.each<Role>(["professional", "assistant", "trainee"])("for a %s, as for everybody", async (role) => {
    const clinic = await makeClinic();
    const patient = await makePatient(clinic.owner.ctx, { familyName: "Doe", givenName: "Jane" });
    const { ctx } = await makeMember(clinic, role);
    const before = new Date();
    await findPatients(ctx, { text: "doe jane", limit: 20 });
    const { version } = await readPatient(ctx, { id: patient.id });
    await updatePatient(ctx, { id: patient.id, version, changes: { language: "en" } });
    const lines = await withStaff(clinic.owner.ctx, (db) =>
      db.auditEvent.findMany({
        where: { agentId: ctx.user.id },
        orderBy: { id: "asc" },
        select: { event: true, action: true, agentRole: true, entityIds: true, recordedAt: true },
      }),
    );
    expect(lines.map(({ event, action, agentRole }) => [event, action, agentRole])).toEqual([
      ["patient.searched", "R", role],
      ["patient.read", "R", role],
      ["patient.updated", "U", role],
    ]);
    for (const { entityIds, recordedAt } of lines) {
      expect(entityIds).toContain(patient.id);
      expect(recordedAt.getTime()).toBeGreaterThanOrEqual(before.getTime());
      expect(recordedAt.getTime()).toBeLessThanOrEqual(Date.now());
    }
  });

  it("and nobody who serves rewrites or removes a line", async () => {
    const clinic = await makeClinic();
    const { ctx } = clinic.owner;
    await makePatient(ctx);
    const where = { clinicId: clinic.id };
    await expect(
      withStaff(ctx, (db) => db.auditEvent.updateMany({ where, data: { agentId: null } })),
    ).rejects.toThrow();
    await expect(withStaff(ctx, (db) => db.auditEvent.deleteMany({ where }))).rejects.toThrow();
    expect(await withStaff(ctx, (db) => db.auditEvent.count({ where }))).toBeGreaterThan(0);
  });
});
