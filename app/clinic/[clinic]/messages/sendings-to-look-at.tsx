"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { useTRPC } from "../../../_trpc/client.tsx";
import { Chip } from "../../../_ui/chip/chip.tsx";
import { sayNumber } from "../_record/say-number.ts";
import classes from "../_sending/sending.module.css";

/** Documents that did not leave or came back, whoever's chart they are of. Nothing is shown where there is nothing to do. */
export function SendingsToLookAt({ slug, timeZone }: { slug: string; timeZone: string }) {
  const t = useTranslations("sending");
  const format = useFormatter();
  const trpc = useTRPC();
  const rows = useQuery(trpc.communication.toLookAt.queryOptions({ refresh: false })).data ?? [];
  if (rows.length === 0) return null;
  return (
    <section aria-label={t("lookAt.title")}>
      <h2>{t("lookAt.title")}</h2>
      <p className={classes.quiet}>{t("lookAt.lead")}</p>
      <ul className={classes.list}>
        {rows.map(({ id, patientId, patientName, channel, status, recipientName, contact, errorCode, occurredAt }) => (
          <li key={id} className={classes.one} data-sending={id}>
            <div className={classes.words}>
              <span className={classes.to}>
                <strong>{patientName}</strong>
                <Chip tone={status === "queued" ? "attention" : "danger"}>
                  {t(
                    channel === "fax" && status !== "bounced"
                      ? `list.states.fax.${status}`
                      : `list.states.link.${status}`,
                  )}
                </Chip>
              </span>
              <span className={classes.quiet}>
                {[
                  recipientName,
                  channel === "fax" ? sayNumber(contact) : contact,
                  format.dateTime(new Date(occurredAt), "dateAndTime", { timeZone }),
                  errorCode && t("list.errorCode", { code: errorCode }),
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </span>
            </div>
            <div className={classes.side}>
              <Link
                href={`/clinic/${slug}/patients/${patientId}/communications`}
                prefetch={false}
                aria-label={t("lookAt.open", { name: patientName })}
              >
                {t("list.title")}
              </Link>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
