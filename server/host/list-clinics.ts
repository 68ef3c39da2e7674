import type { z } from "zod";
import type { HostContext } from "#server/context.ts";
import { withHost } from "#server/db/with-host.ts";
import type { listClinicsInput } from "./schema.ts";

/** What the host knows of a clinic: nothing of its records, its members or its patients. */
export interface HostedClinic {
  readonly clinicId: string;
  readonly displayName: string;
  readonly slug: string;
  readonly region: string;
  readonly professions: readonly string[];
  readonly status: "pending" | "approved" | "suspended";
  readonly createdAt: Date;
  readonly version: number;
}

/** The clinics of this host, newest first, one page at a time. */
export async function listClinics(
  ctx: HostContext,
  { status, search, before, most }: z.output<typeof listClinicsInput>,
): Promise<{ clinics: HostedClinic[]; next: string | null }> {
  const contains = { contains: search.trim(), mode: "insensitive" as const };
  const rows = await withHost(ctx, (db) =>
    db.clinicRegistration.findMany({
      where: {
        ...(status !== "all" && { status }),
        ...(search.trim() !== "" && { OR: [{ displayName: contains }, { slug: contains }] }),
        ...(before && { clinicId: { lt: before } }),
      },
      orderBy: { clinicId: "desc" },
      take: most + 1,
      select: {
        clinicId: true,
        displayName: true,
        slug: true,
        region: true,
        professions: true,
        status: true,
        createdAt: true,
        version: true,
      },
    }),
  );
  const shown = rows.slice(0, most);
  return {
    clinics: shown.map((row) => ({ ...row, status: row.status as HostedClinic["status"] })),
    next: rows.length > most ? (shown.at(-1)?.clinicId ?? null) : null,
  };
}
