"use client";

import { useTranslations } from "next-intl";
import { useCallback, useEffect, useState } from "react";
import { type FreeTime, unpackTimes } from "#server/booking/free-times.ts";
import type { VisitView } from "#server/booking/read-visit.ts";
import { todayIn } from "#server/patient/today.ts";
import { tiedPractitionerName } from "#server/practitioner/practitioner-name.ts";
import { sayWhen } from "#server/schedule/say-when.ts";
import button from "../../../_ui/plain-button/plain-button.module.css";
import { offersIn } from "../../_visit/offers-in.ts";
import { TakenNotice } from "../../_visit/taken-notice.tsx";
import { TimePicker } from "../../_visit/time-picker.tsx";
import type { VisitClient } from "../../_visit/visit-client.ts";
import classes from "./manage.module.css";

interface MoveVisitProps {
  client: VisitClient;
  visit: VisitView;
  locale: "fr" | "en";
  announce: (text: string) => void;
  fail: (error: unknown) => unknown;
  onMoved: (at: Date) => void;
  onBack: () => void;
}

/** The same flow of times, for the visit's own service and with whom it is; the time that it has now is among them, and is no move. */
export function MoveVisit({ client, visit, locale, announce, fail, onMoved, onBack }: MoveVisitProps) {
  const t = useTranslations("booking.manage");
  const [chosen, setChosen] = useState<FreeTime>();
  const [earliest, setEarliest] = useState<FreeTime | null>();
  const [offers, setOffers] = useState<readonly FreeTime[]>();
  const [busy, setBusy] = useState(false);
  const { practitioner, location, timeZone, version } = visit;
  const practitionerId = practitioner?.id ?? null;
  const locationId = location?.id ?? null;

  const load = useCallback(
    async (from: string) => {
      const times = await client.booking.otherTimes.query({ from, days: 7, practitionerId, locationId });
      return unpackTimes(times).filter(({ startsAt }) => startsAt.getTime() !== visit.startsAt.getTime());
    },
    [client, practitionerId, locationId, visit.startsAt],
  );
  useEffect(() => {
    let gone = false;
    const days = { from: todayIn(timeZone), days: 31, practitionerId, locationId };
    client.booking.otherTimes
      .query(days)
      .then((times) => {
        if (!gone)
          setEarliest(
            unpackTimes(times).find(({ startsAt }) => startsAt.getTime() !== visit.startsAt.getTime()) ?? null,
          );
      })
      .catch((error: unknown) => {
        if (gone) return;
        setEarliest(null);
        fail(error);
      });
    return () => {
      gone = true;
    };
  }, [client, practitionerId, locationId, timeZone, visit.startsAt, fail]);

  async function move(time: FreeTime) {
    if (busy) return;
    setBusy(true);
    setOffers(undefined);
    try {
      const { startsAt, locationId: where, resourceId } = time;
      await client.booking.move.mutate({ version, startsAt, locationId: where, resourceId, anyResource: false });
      onMoved(startsAt);
    } catch (error) {
      const free = offersIn(error);
      setOffers(free);
      if (!free) fail(error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <div className={classes.move}>
      {offers && <TakenNotice offers={offers} zoneOf={() => timeZone} locale={locale} onTake={move} />}
      {earliest === undefined ? (
        <div className={classes.waiting} aria-hidden />
      ) : (
        <TimePicker
          load={load}
          question={`${visit.version} ${offers?.length}`}
          zoneOf={() => timeZone}
          zone={timeZone}
          earliest={earliest}
          sayWho={() => (practitioner ? tiedPractitionerName(practitioner) : "")}
          chosen={chosen ?? null}
          onChoose={(time) => {
            setChosen(time);
            announce(sayWhen(time.startsAt, timeZone, locale));
          }}
          announce={announce}
          onFailure={fail}
        />
      )}
      <div className={classes.bar}>
        {chosen && <strong>{sayWhen(chosen.startsAt, timeZone, locale, "short")}</strong>}
        <div className={classes.acts}>
          <button
            type="button"
            className={button.primary}
            disabled={busy || !chosen}
            onClick={() => chosen && void move(chosen)}
          >
            {t("moveHere")}
          </button>
          <button type="button" className={button.secondary} disabled={busy} onClick={onBack}>
            {t("moveBack")}
          </button>
        </div>
      </div>
    </div>
  );
}
