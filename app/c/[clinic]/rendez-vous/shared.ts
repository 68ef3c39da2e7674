import type { FreeTime } from "#server/booking/free-times.ts";
import type { Bookable, BookableService } from "#server/booking/list-services.ts";
import type { ChosenTime } from "#server/booking/schema.ts";
import type { ErrorText } from "../../../_trpc/use-error-text.ts";
import type { makeProofs, VisitClient } from "../../_visit/visit-client.ts";
import type { ChosenSlot, Draft } from "./draft.ts";
import type { Step } from "./use-steps.ts";

/** What every step of a booking is given. */
export interface StepProps {
  readonly slug: string;
  readonly clinicName: string;
  readonly timeZone: string;
  readonly noticeVersion: string;
  readonly noticeHref: string;
  readonly bookHref: string;
  readonly bookable: Bookable;
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
  readonly service: BookableService | null;
  readonly client: VisitClient;
  readonly proofs: ReturnType<typeof makeProofs>;
  readonly announce: (text: string) => void;
  readonly locale: "fr" | "en";
  readonly zoneOf: (locationId: string) => string;
  readonly busy: boolean;
  readonly setBusy: (busy: boolean) => void;
  readonly fail: (error: unknown) => ErrorText;
  readonly choice: (slot: ChosenSlot) => Omit<ChosenTime, "code"> & { code: string };
  readonly hold: (slot: ChosenSlot) => Promise<boolean>;
  readonly go: (step: Step, how?: "push" | "replace") => void;
  /** Free times in the place of one that was just taken; undefined when none was. */
  readonly offers: readonly FreeTime[] | undefined;
  readonly setOffers: (offers: readonly FreeTime[] | undefined) => void;
  readonly setSettled: (settled: boolean) => void;
}

/** The form that the one primary button of a step sends, wherever that button stands. */
export const formId = "visit-step";
