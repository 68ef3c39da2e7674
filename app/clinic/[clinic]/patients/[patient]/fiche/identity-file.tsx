"use client";

import { Alert, Button } from "@mantine/core";
import { IconAlertTriangle, IconArrowsJoin, IconInfoCircle, IconPencil, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import type { CareProviderView, ContactView, PatientView, RelatedPersonView } from "#server/patient/record.ts";
import { useTRPC, useTRPCClient } from "../../../../../_trpc/client.tsx";
import { useErrorText } from "../../../../../_trpc/use-error-text.ts";
import { Chip } from "../../../../../_ui/chip/chip.tsx";
import { ErrorPanel } from "../../../../../_ui/error-panel/error-panel.tsx";
import { LinkButton } from "../../../../../_ui/link-button/link-button.tsx";
import { PageBody, PageHead } from "../../../../../_ui/page-head/page-head.tsx";
import { Section } from "../../../../../_ui/section/section.tsx";
import { SkeletonForm } from "../../../../../_ui/skeleton/skeleton.tsx";
import { useToast } from "../../../../../_ui/toast/toast.tsx";
import { patientHref } from "../../patient-href.ts";
import { sayAddress } from "../../say-address.ts";
import { AlertForm } from "./alert-form.tsx";
import { Consents } from "./consents.tsx";
import { ContactForm } from "./contact-form.tsx";
import classes from "./file.module.css";
import { FileList } from "./file-list.tsx";
import { IdentityForm } from "./identity-form.tsx";
import { Merges } from "./merges.tsx";
import { Photo } from "./photo.tsx";
import { RelatedForm } from "./related-form.tsx";

interface IdentityFileProps {
  slug: string;
  id: string;
  timeZone: string;
  mayWrite: boolean;
  mayMerge: boolean;
}

type Open =
  | { what: "identity" | "alert" }
  | { what: "contact"; one: ContactView | undefined }
  | { what: "related"; one: RelatedPersonView | undefined };

/** The identity file: what is known of who somebody is, changed part by part and never lost. */
export function IdentityFile({ slug, id, timeZone, mayWrite, mayMerge }: IdentityFileProps) {
  const t = useTranslations("patients");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const say = useErrorText();
  const toast = useToast();
  const read = useQuery({ ...trpc.patient.read.queryOptions({ id }), retry: false });
  const [open, setOpen] = useState<Open>();
  const patient = read.data;
  const writes = mayWrite && patient?.status !== "merged" && patient?.status !== "entered-in-error";
  const refetch = () => void read.refetch();
  const leave = () => setOpen(undefined);

  async function end(work: () => Promise<unknown>) {
    try {
      await work();
      toast({ message: t("file.ended") });
    } catch (error) {
      toast({ tone: "danger", message: say(error).message });
    }
    refetch();
  }
  function saved() {
    leave();
    refetch();
  }

  if (read.isError)
    return (
      <PageBody>
        <ErrorPanel requestId={say(read.error).requestId} onRetry={refetch}>
          {say(read.error).message}
        </ErrorPanel>
      </PageBody>
    );
  if (!patient)
    return (
      <PageBody>
        <SkeletonForm fields={6} />
      </PageBody>
    );
  const act = (label: string, icon: ReactNode, what: Open) =>
    writes && (
      <Button variant="subtle" size="compact-sm" leftSection={icon} onClick={() => setOpen(what)}>
        {label}
      </Button>
    );
  const plus = <IconPlus size={16} aria-hidden />;
  return (
    <>
      <PageHead title={patient.displayName} context={<Context patient={patient} />}>
        {mayMerge && writes && (
          <LinkButton
            href={`/clinic/${slug}/patients/${id}/fusion`}
            variant="default"
            leftSection={<IconArrowsJoin size={18} aria-hidden />}
          >
            {t("file.merge")}
          </LinkButton>
        )}
        <LinkButton href={patientHref(slug, id)}>{t("file.chart")}</LinkButton>
      </PageHead>
      <PageBody>
        {patient.mergedInto && (
          <Alert color="lampe" mb="lg">
            <span className={classes.joined}>
              {t("file.merged")}
              <LinkButton
                href={`/clinic/${slug}/patients/${patient.mergedInto}/fiche`}
                variant="default"
                size="compact-md"
              >
                {t("file.openSurvivor")}
              </LinkButton>
            </span>
          </Alert>
        )}
        <div className={classes.columns}>
          <div className={classes.column}>
            <Section
              title={t("file.identity")}
              action={act(t("file.edit"), <IconPencil size={16} aria-hidden />, { what: "identity" })}
            >
              <div className={classes.identity}>
                <Photo slug={slug} patient={patient} mayWrite={writes} onChanged={refetch} />
                <Facts patient={patient} />
              </div>
            </Section>
            <Section title={t("file.alerts")} action={act(t("file.addAlert"), plus, { what: "alert" })}>
              <FileList
                none={t("file.noAlerts")}
                mayWrite={writes}
                items={patient.alerts.map(({ id: alert, text, severity, until, version }) => ({
                  id: alert,
                  name: text,
                  kind: (
                    <Chip tone={severity} icon={severity === "info" ? <IconInfoCircle /> : <IconAlertTriangle />}>
                      {text}
                    </Chip>
                  ),
                  said: until && <span className={classes.quiet}>{t("alert.untilDay", { date: until })}</span>,
                  onEnd: () => void end(() => client.patient.endAlert.mutate({ id: alert, version, reason: "" })),
                }))}
              />
            </Section>
            <Consents patient={patient} timeZone={timeZone} mayWrite={writes} />
          </div>
          <div className={classes.column}>
            <Section
              title={t("file.contacts")}
              action={act(t("file.addContact"), plus, { what: "contact", one: undefined })}
            >
              <FileList
                none={t("file.noContacts")}
                mayWrite={writes}
                items={patient.contacts.map((one) => ({
                  id: one.id,
                  name: one.value,
                  kind: one.system === "phone" ? t(`contact.uses.${one.use}`) : t(`contact.systems.${one.system}`),
                  said: sayContact(one),
                  onEdit: () => setOpen({ what: "contact", one }),
                  onEnd: () => void end(() => client.patient.endContact.mutate({ id: one.id, version: one.version })),
                }))}
              />
            </Section>
            <Section
              title={t("file.related")}
              action={act(t("file.addRelated"), plus, { what: "related", one: undefined })}
            >
              <FileList
                none={t("file.noRelated")}
                mayWrite={writes}
                items={patient.relatedPersons.map((one) => ({
                  id: one.id,
                  name: `${one.givenName} ${one.familyName}`,
                  kind: t(`related.relationships.${one.relationship}`),
                  said: <Related person={one} />,
                  onEdit: () => setOpen({ what: "related", one }),
                  onEnd: () =>
                    void end(() => client.patient.endRelatedPerson.mutate({ id: one.id, version: one.version })),
                }))}
              />
            </Section>
            <Section title={t("file.care")}>
              <dl className={classes.facts}>
                {(["familyDoctor", "pharmacy"] as const).map((name) => (
                  <div key={name}>
                    <dt>{t(name === "pharmacy" ? "form.pharmacy" : "form.doctor")}</dt>
                    <dd>{sayProvider(patient[name], t("form.fax"))}</dd>
                  </div>
                ))}
              </dl>
            </Section>
            <Merges id={id} mayMerge={mayMerge} onChanged={refetch} />
            <p className={classes.quiet}>{t("file.told")}</p>
          </div>
        </div>
      </PageBody>
      {open?.what === "identity" && (
        <IdentityForm patient={patient} timeZone={timeZone} onClose={leave} onSaved={saved} />
      )}
      {open?.what === "alert" && <AlertForm patientId={id} onClose={leave} onSaved={saved} />}
      {open?.what === "contact" && <ContactForm patientId={id} contact={open.one} onClose={leave} onSaved={saved} />}
      {open?.what === "related" && <RelatedForm patientId={id} person={open.one} onClose={leave} onSaved={saved} />}
    </>
  );
}

function Context({ patient }: { patient: PatientView }) {
  const t = useTranslations("patients.file");
  const { fileNumber, birthDate, deceasedOn, status } = patient;
  return (
    <>
      <span>{t("file", { number: fileNumber })}</span>
      {birthDate && <span>{`${t("born")} ${birthDate}`}</span>}
      {deceasedOn && <Chip tone="attention">{t("deceased", { date: deceasedOn })}</Chip>}
      {status === "inactive" && <Chip tone="attention">{t("inactive")}</Chip>}
    </>
  );
}

function Facts({ patient }: { patient: PatientView }) {
  const t = useTranslations("patients.form");
  const { namMasked, namStatus, namExpiry, sex, language } = patient;
  const facts: [string, string | null][] = [
    [t("nam"), [namMasked, t(`namStatuses.${namStatus}`), namExpiry].filter(Boolean).join(" · ")],
    [t("sex"), sex && t(`sexes.${sex}`)],
    [t("gender"), patient.gender],
    [t("pronouns"), patient.pronouns],
    [t("birthFamilyName"), patient.birthFamilyName],
    [t("preferredName"), patient.preferredName],
    [t("language"), t(`languages.${language}`)],
  ];
  return (
    <dl className={classes.facts}>
      {facts
        .filter(([, fact]) => fact)
        .map(([term, fact]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{fact}</dd>
          </div>
        ))}
    </dl>
  );
}

function Related({ person }: { person: RelatedPersonView }) {
  const t = useTranslations("patients.related");
  const { givenName, familyName, phone, email, mayAct, actsToday } = person;
  return (
    <>
      <strong>{`${givenName} ${familyName}`}</strong>{" "}
      <span className={classes.quiet}>{[sayNumber(phone), email].filter(Boolean).join(" · ")}</span>
      {mayAct && (
        <span className={classes.rights}>
          <Chip tone={actsToday ? "good" : "attention"}>{t(actsToday ? "acts" : "actsNot")}</Chip>
          {!actsToday && <span className={classes.quiet}>{t("actsNotHelp")}</span>}
        </span>
      )}
    </>
  );
}

function sayProvider(one: CareProviderView | null, fax: string): string {
  if (!one) return "–";
  return [one.name, one.place, sayNumber(one.phone), one.fax && `${fax} ${sayNumber(one.fax)}`]
    .filter(Boolean)
    .join(" · ");
}

function sayContact(contact: ContactView): string {
  const { system, value } = contact;
  if (system === "phone" || system === "sms") return sayNumber(value);
  if (system === "email") return value;
  return sayAddress(contact);
}

/** +14185550142 as it is said here; a number from elsewhere stays as it is kept. */
function sayNumber(kept: string): string {
  return kept.replace(/^\+1(\d{3})(\d{3})(\d{4})/, "$1\u00a0$2-$3");
}
