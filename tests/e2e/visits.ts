import type { Realm } from "#server/context.ts";
import type { TestClinic } from "#tests/factories/clinic.ts";

/** How each page of `app/` is reached, and as whom. A page that is missing here fails every-page.spec.ts. */
export interface Visit {
  readonly path: (clinic: TestClinic) => string;
  /** Whose session opens it; absent for a page that anybody reads. */
  readonly session?: (clinic: TestClinic) => Promise<{ realm: Realm; token: string }>;
  /** Where it lands when that is not its own path. */
  readonly lands?: (clinic: TestClinic) => string;
}

export const visits: Record<string, Visit> = {
  "/": { path: () => "/" },
  "/legal/conditions": { path: () => "/legal/conditions" },
  "/legal/vie-privee": { path: () => "/legal/vie-privee" },
  "/securite": { path: () => "/securite" },
  "/statut": { path: () => "/statut" },
  "/ouvrir": { path: () => "/ouvrir" },
};
