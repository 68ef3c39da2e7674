"use client";

import { useTranslations } from "next-intl";
import button from "../../_ui/plain-button/plain-button.module.css";
import type { VisitClient } from "./visit-client.ts";

/** The visit as a file for one's own calendar, made when it is asked for. */
export function CalendarButton({ client, fail }: { client: VisitClient; fail: (error: unknown) => unknown }) {
  const t = useTranslations("booking.done");

  async function save() {
    try {
      const { text } = await client.booking.calendar.query();
      const address = URL.createObjectURL(new Blob([text], { type: "text/calendar;charset=utf-8" }));
      const link = Object.assign(document.createElement("a"), { href: address, download: "rendez-vous.ics" });
      link.click();
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
    } catch (error) {
      fail(error);
    }
  }

  return (
    <button type="button" className={button.secondary} onClick={() => void save()}>
      {t("calendar")} (.ics)
    </button>
  );
}
