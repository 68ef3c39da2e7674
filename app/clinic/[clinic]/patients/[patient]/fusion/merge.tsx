"use client";

import { Alert, Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useState } from "react";
import { v7 as newId } from "uuid";
import { useTRPC, useTRPCClient } from "../../../../../_trpc/client.tsx";
import { useErrorText } from "../../../../../_trpc/use-error-text.ts";
import { LinkButton } from "../../../../../_ui/link-button/link-button.tsx";
import { PageBody, PageHead } from "../../../../../_ui/page-head/page-head.tsx";
import { SkeletonForm } from "../../../../../_ui/skeleton/skeleton.tsx";
import { useToast } from "../../../../../_ui/toast/toast.tsx";
import { PatientField } from "../../../_record/patient-field.tsx";
import { Compare } from "./compare.tsx";
import classes from "./merge.module.css";

/** Compares two records field by field, says what will happen, and asks how one knows. */
export function Merge({ slug, id }: { slug: string; id: string }) {
  const t = useTranslations("patients.merge");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const router = useRouter();
  const toast = useToast();
  const say = useErrorText();
  const [otherId, setOtherId] = useState<string | null>(null);
  const [survivorId, setSurvivorId] = useState(id);
  const [reason, setReason] = useState("");
  const [mergeId, setMergeId] = useState(() => newId());
  const [asked, setAsked] = useState(false);
  const [failure, setFailure] = useState<string>();
  const mine = useQuery({ ...trpc.patient.read.queryOptions({ id }), retry: false });
  const theirs = useQuery({
    ...trpc.patient.read.queryOptions({ id: otherId ?? id }),
    enabled: otherId !== null && otherId !== id,
    retry: false,
  });
  // Asked until the worker has answered: a moment, or a minute for a record of many years.
  const merges = useQuery({
    ...trpc.patient.merges.queryOptions({ id: survivorId }),
    enabled: asked,
    refetchInterval: 1000,
  });
  const answer = merges.data?.find((one) => one.id === mergeId);
  const one = mine.data;
  const other = otherId && otherId !== id ? theirs.data : undefined;
  const [survivor, merged] = survivorId === id ? [one, other] : [other, one];

  const settled = answer?.status;
  const moved = answer?.moved ?? 0;
  const again = mine.refetch;
  const otherAgain = theirs.refetch;
  useEffect(() => {
    if (!asked || !settled || settled === "requested") return;
    setAsked(false);
    if (settled === "done") {
      toast({ message: t("done", { count: moved }) });
      router.push(`/clinic/${slug}/patients/${survivorId}/fiche`);
      return;
    }
    setMergeId(newId());
    setFailure(t("refused"));
    void again();
    void otherAgain();
  }, [asked, settled, moved, slug, survivorId, router, t, toast, again, otherAgain]);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!survivor || !merged || asked) return;
    setFailure(undefined);
    try {
      await client.patient.merge.mutate({
        id: mergeId,
        survivorId: survivor.id,
        survivorVersion: survivor.version,
        mergedId: merged.id,
        mergedVersion: merged.version,
        reason,
      });
      setAsked(true);
    } catch (error) {
      const { message, fields } = say(error);
      setFailure(Object.values(fields)[0] ?? message);
    }
  }

  const files = { file: merged?.fileNumber ?? "", survivor: survivor?.fileNumber ?? "" };
  return (
    <>
      <PageHead title={t("title")} context={<span>{t("lead")}</span>}>
        <LinkButton href={`/clinic/${slug}/patients/${id}/fiche`} variant="default">
          {t("back")}
        </LinkButton>
      </PageHead>
      <PageBody>
        {!one && <SkeletonForm fields={4} />}
        {one && (
          <form onSubmit={submit} className={classes.form}>
            {!other && (
              <p className={classes.this}>
                {t("this")}
                <strong>{one.displayName}</strong>
                {t("whose", { file: one.fileNumber, born: one.birthDate ?? "–" })}
              </p>
            )}
            <div className={classes.choose}>
              <PatientField id="other" label={t("choose")} value={otherId} error={undefined} onChange={setOtherId} />
            </div>
            {other && (
              <>
                <Compare one={one} other={other} survivorId={survivorId} onKeep={setSurvivorId} />
                <section className={classes.will} aria-label={t("will")}>
                  <h2>{t("will")}</h2>
                  <ul>
                    {(["willMove", "willKeep", "willFind", "willRestrict", "willPart"] as const).map((line) => (
                      <li key={line}>{t(line, files)}</li>
                    ))}
                  </ul>
                </section>
                <TextInput
                  label={t("reason")}
                  placeholder={t("reasonExample")}
                  value={reason}
                  onChange={(event) => setReason(event.currentTarget.value)}
                  maxLength={300}
                  required
                  autoComplete="off"
                />
                {failure && (
                  <Alert color="brique" role="alert">
                    {failure}
                  </Alert>
                )}
                <div className={classes.acts}>
                  <Button type="submit" loading={asked} disabled={reason.trim().length < 3}>
                    {t("submit")}
                  </Button>
                  {asked && <span role="status">{t("working")}</span>}
                </div>
              </>
            )}
          </form>
        )}
      </PageBody>
    </>
  );
}
