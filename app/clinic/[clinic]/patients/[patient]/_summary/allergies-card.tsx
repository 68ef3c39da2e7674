"use client";

import { Button } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { v7 } from "uuid";
import type { AllergyView } from "#server/summary/record.ts";
import { useTRPCClient } from "../../../../../_trpc/client.tsx";
import { useErrorText } from "../../../../../_trpc/use-error-text.ts";
import { useToast } from "../../../../../_ui/toast/toast.tsx";
import { AllergyForm } from "./allergy-form.tsx";
import { Card } from "./card.tsx";
import { EntryActs } from "./entry-acts.tsx";
import { Row } from "./row.tsx";
import classes from "./summary.module.css";
import type { CardOf } from "./summary.tsx";
import { useShown } from "./use-shown.ts";
import { useRefreshRecord } from "./use-summary.ts";

/** Allergies in brique, intolerances in lampe, and « none known » only when somebody asked. */
export function AllergiesCard({
  allergies,
  patientId,
  mayWrite,
  nth,
  asked,
}: CardOf & { allergies: readonly AllergyView[] }) {
  const t = useTranslations("record");
  const [isOpen, setOpen] = useState(false);
  const [shown, setShown] = useShown(asked);
  const active = allergies.filter(({ status, certainty }) => status === "active" && certainty !== "refuted");
  const former = allergies.filter((one) => !active.includes(one) && one.kind !== "none-known");
  const known = active.filter(({ kind }) => kind !== "none-known");
  const close = () => setShown(undefined);
  const row = (one: AllergyView) => (
    <Row
      key={one.id}
      open={shown === one.id}
      asked={asked?.id === one.id ? asked : undefined}
      onToggle={() => setShown((before) => (before === one.id ? undefined : one.id))}
      quiet={former.includes(one)}
      detail={
        <>
          {mayWrite && one.kind !== "none-known" && (
            <AllergyForm patientId={patientId} allergy={one} onClose={close} onOpen={setShown} />
          )}
          {!mayWrite && one.note}
          <EntryActs
            {...one}
            kind="allergy"
            mayWrite={mayWrite}
            onGone={close}
            {...(one.substance && {
              task: { title: one.substance, patientId, focus: { kind: "allergy" as const, id: one.id } },
            })}
          />
        </>
      }
    >
      <AllergyLine one={one} quiet={former.includes(one)} />
    </Row>
  );
  return (
    <Card
      title={t("allergies.title")}
      count={known.length}
      nth={nth}
      open={isOpen}
      onToggle={() => setOpen((before) => !before)}
      onAdd={mayWrite ? () => setShown("new") : undefined}
      addLabel={t("allergies.add")}
    >
      {shown === "new" && <AllergyForm patientId={patientId} onClose={close} onOpen={setShown} />}
      {active.length === 0 && shown !== "new" && <NotAsked patientId={patientId} mayWrite={mayWrite} />}
      <ul className={classes.rows}>{active.map(row)}</ul>
      {isOpen && former.length > 0 && (
        <>
          <h3 className={classes.under}>{t("allergies.ended")}</h3>
          <ul className={classes.rows}>{former.map(row)}</ul>
        </>
      )}
    </Card>
  );
}

function AllergyLine({ one, quiet }: { one: AllergyView; quiet: boolean }) {
  const t = useTranslations("record.allergies");
  if (one.kind === "none-known") return <span className={classes.name}>{t("none")}</span>;
  const said = [
    one.reaction,
    one.severity === "severe" ? t("severities.severe").toLocaleLowerCase() : "",
    one.kind === "intolerance" ? t("short") : "",
    one.certainty === "confirmed" ? "" : t(`certainties.${one.certainty}`).toLocaleLowerCase(),
    one.onset,
  ].filter(Boolean);
  return (
    <>
      <strong className={classes.substance} data-kind={quiet ? undefined : one.kind}>
        {one.substance}
      </strong>{" "}
      <span className={classes.when}>{said.join(" · ")}</span>
    </>
  );
}

/** An empty list says nothing: it is asked, or stated. */
function NotAsked({ patientId, mayWrite }: { patientId: string; mayWrite: boolean }) {
  const t = useTranslations("record.allergies");
  const client = useTRPCClient();
  const say = useErrorText();
  const toast = useToast();
  const refresh = useRefreshRecord();
  const [id] = useState(() => v7());
  const [busy, setBusy] = useState(false);
  async function state() {
    setBusy(true);
    try {
      await client.allergy.stateNone.mutate({ id, patientId });
    } catch (error) {
      toast({ tone: "danger", message: say(error).message });
    }
    await refresh();
    setBusy(false);
  }
  return (
    <div className={classes.none}>
      <span>{t("notAsked")}</span>
      {mayWrite && (
        <Button
          variant="subtle"
          size="compact-sm"
          loading={busy}
          onClick={state}
          classNames={{ root: classes.wrapping ?? "", label: classes.wrapped ?? "" }}
        >
          {t("stateNone")}
        </Button>
      )}
    </div>
  );
}
