import { permissionsOf } from "#server/access/permissions.ts";
import type { ClinicContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import type { GeneratedClinic } from "./generate.ts";

/** The owner of a generated clinic, as a call would be made in their name. */
export function contextOf(clinic: GeneratedClinic): ClinicContext {
  const now = new Date().toISOString();
  return {
    requestId: newId(),
    locale: "fr",
    origin: { address: "127.0.0.1", userAgent: "bench" },
    sessionHash: new Uint8Array(32),
    session: {
      id: newId(),
      realm: "staff",
      method: "password",
      locked: false,
      clinicId: null,
      idleMinutes: 240,
      secondFactorAt: now,
      confirmedAt: now,
      createdAt: now,
      expiresAt: now,
    },
    user: {
      id: clinic.ownerId,
      email: "bench@clinique.example",
      displayName: "Maude Lavallée",
      locale: "fr",
      hasSecondFactor: true,
    },
    clinic: {
      id: clinic.id,
      slug: clinic.slug,
      name: clinic.slug,
      timeZone: "America/Toronto",
      status: "approved",
      requireSecondFactor: false,
      idleMinutes: 240,
    },
    membership: {
      id: clinic.ownerId,
      role: "owner",
      privacyOfficer: true,
      displayName: "Maude Lavallée",
      locationIds: null,
      profession: "",
      permissions: permissionsOf("owner", true, ""),
    },
  };
}
