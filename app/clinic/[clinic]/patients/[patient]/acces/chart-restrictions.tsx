"use client";

import { Button } from "@mantine/core";
import { IconEyeOff, IconLockOpen, IconPlus } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import type { RestrictionLine } from "#server/privacy/record.ts";
import { useTRPC } from "../../../../../_trpc/client.tsx";
import { useErrorText } from "../../../../../_trpc/use-error-text.ts";
import { Chip } from "../../../../../_ui/chip/chip.tsx";
import { ErrorPanel } from "../../../../../_ui/error-panel/error-panel.tsx";
import { Section } from "../../../../../_ui/section/section.tsx";
import { SkeletonRows } from "../../../../../_ui/skeleton/skeleton.tsx";
import { EndRestriction } from "../../../_privacy/end-restriction.tsx";
import classes from "./chart-restrictions.module.css";
import { RestrictForm } from "./restrict-form.tsx";

interface ChartRestrictionsProps {
  patientId: string;
  name: string;
  timeZone: string;
}

/** What this person closed, to whom, who asked and when: written down, and lifted when they take it back. */
export function ChartRestrictions({ patientId, name, timeZone }: ChartRestrictionsProps) {
  const t = useTranslations("privacy");
  const roles = useTranslations("workspace.roles");
  const format = useFormatter();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const say = useErrorText();
  const [adding, setAdding] = useState(false);
  const [ending, setEnding] = useState<RestrictionLine>();
  const list = useQuery(trpc.privacy.restrictions.queryOptions({ patientId }));

  function settled() {
    setAdding(false);
    setEnding(undefined);
    void queries.invalidateQueries({ queryKey: trpc.privacy.restrictions.queryKey({ patientId }) });
    // The head of the page counts them, and it may be closed to this very reader by now.
    router.refresh();
  }

  const day = (at: Date) => format.dateTime(at, "date", { timeZone });
  const told = ({
    signedOn,
    signerName,
    signerContact,
    informedByName,
    createdAt,
    endedAt,
    endReason,
  }: RestrictionLine) =>
    [
      signerName
        ? t("restrict.signed", { date: signedOn, who: [signerName, signerContact].filter(Boolean).join(", ") })
        : t("restrict.signedAlone", { date: signedOn }),
      informedByName && t("restrict.informed", { who: informedByName }),
      t("restrict.since", { date: day(createdAt) }),
      endedAt && t("restrict.endedOn", { date: day(endedAt), reason: endReason }),
    ]
      .filter(Boolean)
      .join(" · ");

  return (
    <Section
      title={t("restrict.title")}
      count={list.data?.filter(({ endedAt }) => !endedAt).length || undefined}
      lead={t("restrict.lead")}
      action={
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => setAdding(true)}
        >
          {t("restrict.add")}
        </Button>
      }
    >
      {list.isPending && <SkeletonRows rows={2} />}
      {list.isError && (
        <ErrorPanel requestId={say(list.error).requestId} onRetry={() => void list.refetch()}>
          {say(list.error).message}
        </ErrorPanel>
      )}
      {list.data?.length === 0 && <p className={classes.quiet}>{t("restrict.none")}</p>}
      {list.data && list.data.length > 0 && (
        <ul className={classes.list}>
          {list.data.map((one) => (
            <li key={one.id}>
              <Chip tone={one.endedAt ? "neutral" : "attention"} icon={one.endedAt ? <IconLockOpen /> : <IconEyeOff />}>
                {t(one.endedAt ? "restrict.over" : "restrict.holds")}
              </Chip>
              <span>
                <strong>
                  {t("restrict.line", {
                    what: t(`categories.${one.category}`),
                    whom: one.role
                      ? t("restrict.role", { role: roles(one.role) })
                      : (one.userName ?? t("restrictions.formerMember")),
                  })}
                </strong>
                {one.reason && <span className={classes.said}>{`« ${one.reason} »`}</span>}
                <span className={classes.under}>{told(one)}</span>
              </span>
              {!one.endedAt &&
                (one.namesReader ? (
                  <span className={classes.act}>{t("restrictions.notYours")}</span>
                ) : (
                  <Button size="compact-sm" variant="subtle" className={classes.act} onClick={() => setEnding(one)}>
                    {t("restrictions.end")}
                  </Button>
                ))}
            </li>
          ))}
        </ul>
      )}
      {adding && (
        <RestrictForm
          patientId={patientId}
          name={name}
          timeZone={timeZone}
          onClose={() => setAdding(false)}
          onSaved={settled}
        />
      )}
      {ending && (
        <EndRestriction
          restriction={{ ...ending, patientName: name }}
          onClose={() => setEnding(undefined)}
          onEnded={settled}
        />
      )}
    </Section>
  );
}
