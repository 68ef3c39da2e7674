"use client";

import { useLocale, useTranslations } from "next-intl";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { FreeTime } from "#server/booking/free-times.ts";
import type { Bookable } from "#server/booking/list-services.ts";
import { type AppLocale, languageOf } from "../../../_i18n/locale.ts";
import { useAnnounce } from "../../_visit/announce.tsx";
import { offersIn } from "../../_visit/offers-in.ts";
import { useVisitError } from "../../_visit/use-visit-error.ts";
import { keyOf, makeProofs, makeVisitClient, releaseOnLeaving } from "../../_visit/visit-client.ts";
import { visitToken } from "../../_visit/visit-token.ts";
import classes from "./booking.module.css";
import { DetailsStep } from "./details-step.tsx";
import { DoneStep } from "./done-step.tsx";
import { type Draft, keepDraft, newDraft, readDraft, readPerson } from "./draft.ts";
import { ServiceStep } from "./service-step.tsx";
import { StepHead } from "./step-head.tsx";
import { Summary } from "./summary.tsx";
import { TimeStep } from "./time-step.tsx";
import { type Step, useSteps } from "./use-steps.ts";
import { WaitStep } from "./wait-step.tsx";

export interface BookingProps {
  readonly slug: string;
  readonly clinicName: string;
  readonly timeZone: string;
  readonly noticeVersion: string;
  readonly noticeHref: string;
  readonly bookHref: string;
  readonly bookable: Bookable;
  /** What a link asked for: a service, a professional. */
  readonly asked: { readonly service: string | null; readonly practitioner: string | null };
}

/** From a service to a booked visit. What was chosen is always in view; each step begins at its title. */
export function Booking(props: BookingProps) {
  const { slug, bookable: offered, asked } = props;
  const t = useTranslations("booking");
  const locale = languageOf(useLocale() as AppLocale);
  const client = useMemo(() => makeVisitClient(slug), [slug]);
  const proofs = useMemo(() => makeProofs(client), [client]);
  const { announce, voice } = useAnnounce();
  const { failure, fail, clear } = useVisitError();
  const [bookable, setBookable] = useState(offered);
  const [draft, setDraft] = useState<Draft>(() => newDraft(wishOf(offered, asked)));
  const [busy, setBusy] = useState(false);
  const [offers, setOffers] = useState<readonly FreeTime[]>();
  const [urlStep, go] = useSteps();
  const [ready, setReady] = useState(false);
  // On the waiting list: nothing is left to press in this step.
  const [settled, setSettled] = useState(false);
  const live = useRef({ draft, keeps: false });

  const change = useCallback((part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part })), []);

  // The tab's own storage is there only in a browser: what was under way comes back after the first drawing.
  useEffect(() => {
    const known = readDraft(slug);
    const person = readPerson(slug);
    const wish = wishOf(offered, asked);
    if (known)
      setDraft({ ...known, ...(wish.serviceId && wish.serviceId !== known.serviceId && { ...wish, slot: null }) });
    else if (person) setDraft((before) => ({ ...before, person }));
    setReady(true);
  }, [slug, offered, asked]);

  visitToken.keep(draft.token);
  useEffect(() => {
    if (ready) live.current = { draft, keeps: keepDraft(slug, draft) };
  }, [slug, draft, ready]);

  useEffect(() => {
    const leave = () => {
      const { draft: last, keeps } = live.current;
      if (last.hold && !last.bookedAs) releaseOnLeaving(slug, keeps);
    };
    addEventListener("pagehide", leave);
    return () => removeEventListener("pagehide", leave);
  }, [slug]);

  const service = bookable.services.find(({ id }) => id === draft.serviceId) ?? null;
  const step: Step = !ready
    ? "service"
    : draft.bookedAs && urlStep === "done"
      ? "done"
      : reachable(urlStep, draft, service !== null);

  // A step that one comes to begins at its title, for the eyes and for whoever listens.
  const title = useRef<HTMLHeadingElement>(null);
  const seen = useRef<Step>(step);
  useEffect(() => {
    if (seen.current === step) return;
    seen.current = step;
    setSettled(false);
    clear();
    title.current?.focus();
    scrollTo({ top: 0 });
  }, [step, clear]);

  const choice = useCallback(
    (slot: NonNullable<Draft["slot"]>) => ({
      serviceId: draft.serviceId ?? "",
      startsAt: new Date(slot.startsAt),
      locationId: slot.locationId,
      resourceId: draft.practitionerId ?? slot.resourceId,
      anyResource: draft.practitionerId === null,
      mode: draft.mode ?? service?.modes[0] ?? ("in-person" as const),
      newPatient: draft.newPatient,
      code: draft.code,
    }),
    [draft, service],
  );

  /** Sets the time aside; at once for whoever holds one, after the small sum for a newcomer. */
  const hold = useCallback(
    async (slot: NonNullable<Draft["slot"]>): Promise<boolean> => {
      setBusy(true);
      clear();
      setOffers(undefined);
      try {
        const wish = choice(slot);
        const known = draft.hold?.expiresAt && new Date(draft.hold.expiresAt) > new Date();
        const held = await client.booking.hold
          .mutate({ ...wish, ...(!known && { proof: await proofs.take() }) })
          .catch(async (error: unknown) => {
            if (!known || keyOf(error) !== "proofNeeded") throw error;
            return client.booking.hold.mutate({ ...wish, proof: await proofs.take() });
          });
        change({
          slot,
          hold: {
            expiresAt: held.expiresAt?.toISOString() ?? null,
            endsAt: held.endsAt.toISOString(),
            resourceId: held.resourceId,
          },
        });
        return true;
      } catch (error) {
        // Booked from another tab under the same name: this one begins anew, with all that it shows.
        if (keyOf(error) === "booking.tokenSpent")
          change({ token: newDraft().token, hold: null, verified: false, sentTo: "" });
        setOffers(offersIn(error));
        if (!offersIn(error)) fail(error);
        return false;
      } finally {
        setBusy(false);
      }
    },
    [choice, client, proofs, draft.hold, change, fail, clear],
  );

  const zoneOf = (locationId: string) =>
    offered.locations.find(({ id }) => id === locationId)?.timeZone ?? props.timeZone;
  const shared = {
    ...props,
    bookable,
    draft,
    change,
    service,
    client,
    proofs,
    announce,
    locale,
    zoneOf,
    busy,
    setBusy,
    fail,
    choice,
    hold,
    go,
    offers,
    setOffers,
    setSettled,
  };

  const current = {
    service: <ServiceStep {...shared} setBookable={setBookable} />,
    time: <TimeStep {...shared} />,
    details: <DetailsStep {...shared} />,
    wait: <WaitStep {...shared} />,
    done: <DoneStep {...shared} startAnew={() => startAnew(draft, change, go)} />,
  }[step];

  return (
    <div className={classes.page}>
      <StepHead step={step} title={title} onBack={() => history.back()} name={draft.bookedAs?.givenName ?? ""} />
      {failure && (
        <p className={classes.failure} role="alert">
          {failure}
        </p>
      )}
      <div className={classes.columns} data-done={step === "done" || undefined}>
        {current}
        {step !== "done" && <Summary {...shared} step={step} settled={settled} label={t("summary.title")} />}
      </div>
      {voice}
    </div>
  );
}

/** A link to a service or to a professional begins with it chosen. */
function wishOf({ services }: Bookable, { service, practitioner }: BookingProps["asked"]): Partial<Draft> {
  const given = practitioner && services.filter(({ practitionerIds }) => practitionerIds.includes(practitioner));
  const one = services.find(({ id }) => id === service) ?? (given && given.length === 1 ? given[0] : undefined);
  return {
    ...(one && { serviceId: one.id, mode: one.modes[0] ?? null, newPatient: one.audience === "new" }),
    ...(practitioner && given && given.length > 0 && { practitionerId: practitioner }),
  };
}

/** The step of the address, or the last one before it that what was chosen allows. */
function reachable(step: Step, draft: Draft, hasService: boolean): Step {
  if (step === "service" || !hasService) return "service";
  if (step === "wait") return "wait";
  if (step === "time" || !draft.slot || !draft.hold) return "time";
  return "details";
}

function startAnew(
  { newPatient, person }: Draft,
  change: (part: Partial<Draft>) => void,
  go: (step: Step) => void,
): void {
  change({ ...newDraft({ newPatient, person: { ...person, bookerName: "" } }) });
  go("service");
}
