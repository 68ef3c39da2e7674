"use client";

import { Drawer } from "@mantine/core";
import { IconFolderOpen } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { useTRPC } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { ErrorPanel } from "../../../_ui/error-panel/error-panel.tsx";
import { useFocusBack } from "../../../_ui/focus/use-focus-back.ts";
import { LinkButton } from "../../../_ui/link-button/link-button.tsx";
import { SkeletonForm } from "../../../_ui/skeleton/skeleton.tsx";
import { Promotion } from "../_record/promotion.tsx";
import { sayNumber } from "../_record/say-number.ts";
import { SeeAgain } from "../_record/see-again.tsx";
import classes from "./patient-preview.module.css";

/** Who this patient is, beside the page one was on, and when to see them again. Opening it leaves a line in the journal. */
export function PatientPreview({ id, mayPlan, onClose }: { id: string; mayPlan: boolean; onClose: () => void }) {
  const { clinic: slug } = useParams<{ clinic: string }>();
  const t = useTranslations("workspace.patient");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const say = useErrorText();
  useFocusBack();
  const read = useQuery({ ...trpc.patient.read.queryOptions({ id }), retry: false });
  const patient = read.data;
  const toChart = useRef<HTMLAnchorElement>(null);
  // Enter, then Enter again: a name that was looked for is opened.
  useEffect(() => {
    if (patient) toChart.current?.focus();
  }, [patient]);
  const facts = patient && [
    [t("birthDate"), patient.birthDate],
    [t("sex"), patient.sex && t(`sexes.${patient.sex}`)],
    [t("fileNumber"), patient.fileNumber],
    [t("nam"), patient.namMasked],
    [t("language"), t(`languages.${patient.language}`)],
    ...patient.contacts.map(({ system, value, city, postalCode }) => [
      t(`contacts.${system}`),
      [system === "phone" || system === "sms" ? sayNumber(value) : value, city, postalCode].filter(Boolean).join(", "),
    ]),
    ...patient.relatedPersons.map(({ givenName, familyName }) => [t("relatedPerson"), `${givenName} ${familyName}`]),
  ];

  return (
    <Drawer
      opened
      onClose={onClose}
      title={patient?.displayName ?? t("opening")}
      position="right"
      size={420}
      closeButtonProps={{ "aria-label": common("close") }}
    >
      {read.isError && (
        <ErrorPanel requestId={say(read.error).requestId} onRetry={() => void read.refetch()}>
          {say(read.error).message}
        </ErrorPanel>
      )}
      {read.isPending && <SkeletonForm fields={4} />}
      {facts && (
        <>
          <dl className={classes.facts}>
            {facts
              .filter(([, fact]) => fact)
              .map(([term, fact]) => (
                <div key={`${term}${fact}`} className={classes.fact}>
                  <dt>{term}</dt>
                  <dd>{fact}</dd>
                </div>
              ))}
          </dl>
          <LinkButton
            ref={toChart}
            href={`/clinic/${slug}/patients/${id}`}
            // It would stay over the chart that it leads to.
            onClick={onClose}
            leftSection={<IconFolderOpen size={18} aria-hidden />}
            data-autofocus
          >
            {t("openChart")}
          </LinkButton>
          <p className={classes.told}>{t("told")}</p>
          {mayPlan && patient && <SeeAgain patientId={id} name={patient.displayName} />}
          <Promotion patientId={id} mayWrite={mayPlan} />
        </>
      )}
    </Drawer>
  );
}
