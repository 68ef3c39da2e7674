"use client";

import { Button } from "@mantine/core";
import { IconCalendar, IconUserPlus } from "@tabler/icons-react";
import { useLocale, useTranslations } from "next-intl";
import { useId, useState } from "react";
import type { RequestRecord } from "#server/request-person/record.ts";
import { sayWhen } from "#server/schedule/say-when.ts";
import { languageOf } from "../../../_i18n/locale.ts";
import { Chip } from "../../../_ui/chip/chip.tsx";
import { LinkButton } from "../../../_ui/link-button/link-button.tsx";
import { PatientPicker, type Person } from "../_schedule/patient-picker.tsx";
import classes from "./requests.module.css";
import { useRequestActs } from "./use-request-acts.ts";

interface RequestCardProps {
  request: RequestRecord;
  slug: string;
  mayRegister: boolean;
  onSettled: () => void;
}

/** One request: on the left what was typed, on the right whose record it may be. */
export function RequestCard({ request, slug, mayRegister, onSettled }: RequestCardProps) {
  const t = useTranslations("requests");
  const locale = languageOf(useLocale());
  const titleId = useId();
  const [other, setOther] = useState<Person | null>(null);
  const { busy, failure, match, register, unmatch, dismiss, seen } = useRequestActs(request, onSettled);
  const { givenName, familyName, birthDate, suggestions, visits, status } = request;
  const name = `${givenName} ${familyName}`;
  const standing = visits.some((visit) => !["cancelled", "noshow", "entered-in-error"].includes(visit.status));
  const facts: [string, string][] = [
    [t("birthDate"), birthDate ?? "–"],
    [t("reached"), [request.email, request.phone].filter(Boolean).join(" · ") || "–"],
    ...(request.relation === "self" ? [] : [[t("booker"), request.bookerName] as [string, string]]),
    ...(request.namLast2 ? [[t("nam"), t("namEnding", { digits: request.namLast2 })] as [string, string]] : []),
  ];

  return (
    <li className={classes.card} aria-labelledby={titleId}>
      <div className={classes.typed}>
        <div className={classes.head}>
          <h2 className={classes.name} id={titleId} tabIndex={-1}>
            {name}
          </h2>
          {request.verifiedAt && <Chip tone="good">{t("verified")}</Chip>}
          {request.relation !== "self" && <Chip tone="info">{t(`relations.${request.relation}`)}</Chip>}
          {request.newPatient && <Chip>{t("newPatient")}</Chip>}
        </div>
        <dl className={classes.facts}>
          {facts.map(([term, fact]) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd>{fact}</dd>
            </div>
          ))}
        </dl>
        <ul className={classes.visits}>
          {visits.map((visit) => (
            <li key={visit.id} data-off={visit.status === "cancelled" || undefined}>
              <IconCalendar size={16} aria-hidden />
              <span>
                {t("visit", { when: sayWhen(visit.startsAt, visit.timeZone, locale, "short"), service: visit.service })}
                {visit.status === "cancelled" && ` · ${t("cancelled")}`}
              </span>
            </li>
          ))}
        </ul>
      </div>
      <div className={classes.whose}>
        {status === "open" ? (
          <>
            <h3 className={classes.label}>{t(suggestions.length > 0 ? "likely" : "nobodyLikely")}</h3>
            {suggestions.length > 0 && (
              <ul className={classes.suggestions}>
                {suggestions.map((one) => (
                  <li key={one.id} className={classes.suggestion}>
                    <span className={classes.who}>
                      <strong>{one.displayName}</strong>
                      <span className={classes.quiet}>
                        {t("record", { birthDate: one.birthDate ?? "–", file: one.fileNumber })}
                      </span>
                      <span className={classes.why}>{one.agrees.map((why) => t(`agrees.${why}`)).join(" · ")}</span>
                    </span>
                    <Button
                      size="compact-sm"
                      variant="light"
                      disabled={busy}
                      onClick={() => void match(one.id)}
                      aria-label={t("isThemNamed", { name: one.displayName, birthDate: one.birthDate ?? "" })}
                    >
                      {t("isThem")}
                    </Button>
                  </li>
                ))}
              </ul>
            )}
            <PatientPicker
              id={`patient-${request.id}`}
              value={other}
              onChange={setOther}
              mayRegister={false}
              errors={{}}
            />
            {failure && (
              <p role="alert" className={classes.failure}>
                {failure}
              </p>
            )}
            <div className={classes.acts}>
              {other?.known && (
                <Button disabled={busy} onClick={() => void match(other.id)}>
                  {t("joinTo", { name: other.name })}
                </Button>
              )}
              {mayRegister && (
                <Button
                  variant="default"
                  leftSection={<IconUserPlus size={18} aria-hidden />}
                  disabled={busy}
                  onClick={() => void register()}
                >
                  {t(seen.length > 0 ? "registerAnyway" : "register")}
                </Button>
              )}
              {standing ? (
                <LinkButton href={`/clinic/${slug}/agenda`} variant="subtle">
                  {t("toAgenda")}
                </LinkButton>
              ) : (
                <Button variant="subtle" color="brique" disabled={busy} onClick={() => void dismiss()}>
                  {t("dismiss")}
                </Button>
              )}
            </div>
          </>
        ) : (
          <>
            <p className={classes.quiet}>{t(`settled.${status}`)}</p>
            {failure && (
              <p role="alert" className={classes.failure}>
                {failure}
              </p>
            )}
            <div className={classes.acts}>
              <Button variant="default" disabled={busy} onClick={() => void unmatch()}>
                {t("takeBack")}
              </Button>
            </div>
          </>
        )}
      </div>
    </li>
  );
}
