"use client";

import { useFormatter, useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import type { BoardView, Reason, SittingView, SlotView } from "#server/appointment/record.ts";
import { languageOf } from "../../../_i18n/locale.ts";
import { stateOfSitting } from "./columns.ts";
import { addDays, dayDate, sayMinute, wallClock } from "./wall-time.ts";

/** What the words need of a reading: its names, and the walls on which its times hang. */
export type NamedAgenda = Pick<BoardView, "timeZone" | "locations" | "resources" | "services" | "today">;

/** Names, times and reasons of an agenda in the reader's language. */
export function useAgendaWords(agenda: NamedAgenda | undefined) {
  const t = useTranslations("agenda");
  const format = useFormatter();
  const language = languageOf(useLocale());
  return useMemo(() => {
    const resources = new Map(agenda?.resources.map((resource) => [resource.id, resource]));
    const services = new Map(agenda?.services.map((service) => [service.id, service]));
    const locations = new Map(agenda?.locations.map((location) => [location.id, location]));

    const resource = (id: string | null | undefined) => (id && resources.get(id)?.name) || "";
    const service = (id: string | null | undefined) => {
      const found = id ? services.get(id) : undefined;
      return found ? (language === "en" && found.nameEn) || found.name : "";
    };
    const minute = (at: number) => sayMinute(at, language);
    const zoneOf = (locationId: string | null | undefined) =>
      (locationId && locations.get(locationId)?.timeZone) || agenda?.timeZone || "America/Toronto";
    const instant = (at: string, locationId?: string | null) => minute(wallClock(zoneOf(locationId))(at).minute);
    const span = (from: number, until: number) => t("span", { from: minute(from), until: minute(until) });
    const date = (day: string, form: "date" | "longDate" | "dayAndMonth" = "date") =>
      format.dateTime(dayDate(day), form, { timeZone: "UTC" });
    /** « lun. 24 nov. »; today and tomorrow by their names. */
    const shortDay = (day: string) => {
      if (day === agenda?.today) return t("today");
      if (agenda && day === addDays(agenda.today, 1)) return t("tomorrow");
      return format
        .dateTime(dayDate(day), { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" })
        .replaceAll(/(\d) (\p{L})/gu, "$1\u00a0$2");
    };

    function sitting(one: SittingView) {
      const state = stateOfSitting(one);
      const time = minute(one.localMinute);
      const given = service(one.serviceId);
      const visit = one.kind === "visit" ? one.appointments[0] : undefined;
      const seated = one.appointments.filter(({ status }) => status !== "cancelled").length;
      const title =
        one.kind === "block"
          ? one.title || t("blocked")
          : one.kind === "group"
            ? one.title || given
            : (visit?.name ?? t(one.status === "held" ? "heldVisit" : "closedVisit"));
      const second =
        one.kind === "group"
          ? t("places", { taken: seated, capacity: one.capacity })
          : one.kind === "block"
            ? ""
            : visit?.reason || given;
      const label = [
        span(one.localMinute, one.localMinute + one.durationMinutes),
        title,
        second,
        resource(one.resourceId),
        one.kind === "visit" && one.status !== "held" && state && t(`states.${state}`),
        one.overbooked && t("overbooked"),
        visit && !visit.patientId && t("toCheck"),
      ].filter(Boolean);
      return { title, second, time, label: label.join(", ") };
    }

    /** Why a time is refused, in one line. */
    function reason({ code, resourceId, from, until, needed, free, resourceType }: Reason, locationId?: string) {
      return t(`reasons.${code}`, {
        who: resource(resourceId) || t("someone"),
        from: from ? instant(from, locationId) : "",
        until: until ? instant(until, locationId) : "",
        needed: needed ?? 0,
        free: free ?? 0,
        type: resourceType ?? "",
      });
    }

    const slot = ({ date: day, minute: at, resourceId }: SlotView) =>
      t("slot", { who: resource(resourceId), day: shortDay(day), time: minute(at) });

    return { resource, service, minute, instant, span, date, shortDay, sitting, reason, slot, zoneOf, language };
  }, [agenda, format, language, t]);
}

export type AgendaWords = ReturnType<typeof useAgendaWords>;
