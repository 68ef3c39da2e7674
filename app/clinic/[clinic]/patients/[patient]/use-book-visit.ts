"use client";

import { useRouter } from "next/navigation";
import type { PatientView } from "#server/patient/record.ts";
import { bookFor } from "../../_schedule/booking-person.ts";

/** Opens the agenda on a new visit of this person's. */
export function useBookVisit(slug: string, { id, displayName }: PatientView): () => void {
  const router = useRouter();
  return () => {
    bookFor({ known: true, id, name: displayName });
    router.push(`/clinic/${slug}/agenda?new=1`);
  };
}
