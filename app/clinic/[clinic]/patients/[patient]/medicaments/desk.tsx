"use client";

import { ActionIcon, Button, SegmentedControl } from "@mantine/core";
import { IconChevronLeft, IconCircleCheck, IconPrinter, IconSignature } from "@tabler/icons-react";
import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { useFormatter, useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { v7 } from "uuid";
import { missingParts } from "#server/medication/posology.ts";
import type { FavouriteView, MedicationsView, MedicationView, PrescriptionLine } from "#server/medication/record.ts";
import type { EndedDrug } from "#server/medication-request/record.ts";
import type { PrescriptionItem } from "#server/medication-request/schema.ts";
import { useTRPCClient } from "../../../../../_trpc/client.tsx";
import { useErrorText } from "../../../../../_trpc/use-error-text.ts";
import { KeyCap } from "../../../../../_ui/key-cap/key-cap.tsx";
import { isSomethingAbove } from "../../../../../_ui/shortcuts/typed-key.ts";
import { useShortcutList } from "../../../../../_ui/shortcuts/use-shortcut-list.ts";
import { useToast } from "../../../../../_ui/toast/toast.tsx";
import { formInHand } from "../_note/hand.ts";
import { AllergyChips } from "../_summary/allergy-chips.tsx";
import type { DeskAsked } from "../desk-place.ts";
import { IdentityBar } from "../identity-bar.tsx";
import { Ended } from "./ended.tsx";
import { History } from "./history.tsx";
import { cardOf, changed, fromDrug, fromFavourite, renewed } from "./items.ts";
import { Lines } from "./lines.tsx";
import classes from "./medications.module.css";
import type { MedicationsProps } from "./medications.tsx";
import { prescriptionNumber } from "./prescription-number.ts";
import { Preview } from "./preview.tsx";
import { printFile } from "./print-file.ts";
import { Side } from "./side.tsx";
import { useBasket } from "./use-basket.ts";
import { useRefreshMedications } from "./use-refresh-medications.ts";

/** Renews many at once, changes one in place, signs and prints: by keyboard from one end to the other. */
export function Desk({
  slug,
  chart,
  clinicName,
  mayWrite,
  mayPrepare,
  data,
  onBack,
  asked,
}: MedicationsProps & { data: MedicationsView }) {
  const t = useTranslations("medications");
  const format = useFormatter();
  const client = useTRPCClient();
  const say = useErrorText();
  const toast = useToast();
  const refresh = useRefreshMedications();
  const patientId = chart.patient.id;
  const { medications, favourites, prescriptions, prescriber, today, reviewed } = data;
  const basket = useBasket(
    patientId,
    prescriptions.find(({ mine }) => mine),
  );
  const { items, edit, status } = basket;
  const [view, setView] = useState<"renew" | "history">("renew");
  const stopping = useSearchParams().get("cesser") ?? undefined;
  const [open, setOpen] = useState(stopping);
  const [isTried, setTried] = useState(false);
  // The line that takes the hand: one that was just added, or that lacks something.
  const [hand, setHand] = useState<{ readonly id: string }>();
  const middle = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const line = hand && middle.current?.querySelector(`[data-line="${hand.id}"]`);
    const field =
      line?.querySelector<HTMLElement>('[aria-invalid="true"]') ?? line?.querySelector<HTMLElement>("[data-first]");
    field?.focus({ preventScroll: true });
    // Whole, and not beneath the line that says what lacks.
    field?.scrollIntoView({ block: "center" });
  }, [hand]);
  const [busy, setBusy] = useState(false);
  /** Stopped meanwhile by somebody else; then those of them that are prescribed knowingly. */
  const [ended, setEnded] = useState<readonly EndedDrug[]>([]);
  const [restarts, setRestarts] = useState<readonly EndedDrug[]>([]);
  const field = useRef<HTMLInputElement>(null);
  const active = medications.filter((one) => one.status === "active");
  const lacking = items.filter((item) => missingParts(item).length > 0);
  const corrects = prescriptions.find(({ id }) => id === basket.replacesId);

  const fail = (error: unknown) => toast({ tone: "danger", message: say(error).message });
  const add = (item: PrescriptionItem) => {
    edit((before) => [...before, item]);
    setView("renew");
    setOpen(item.medicationId);
    setHand({ id: item.medicationId });
  };
  const remove = (id: string) => edit((before) => before.filter(({ medicationId }) => medicationId !== id));
  const toggle = (one: MedicationView) =>
    items.some(({ medicationId }) => medicationId === one.id)
      ? remove(one.id)
      : edit((before) => [...before, renewed(one)]);

  function toggleAll() {
    const isAll = active.every(({ id }) => items.some(({ medicationId }) => medicationId === id));
    edit((before) => {
      const others = before.filter(({ medicationId }) => !active.some(({ id }) => id === medicationId));
      if (isAll) return others;
      return [
        ...active.map((one) => before.find(({ medicationId }) => medicationId === one.id) ?? renewed(one)),
        ...others,
      ];
    });
  }

  async function act(work: () => Promise<unknown>) {
    if (busy) return;
    setBusy(true);
    try {
      await work();
    } catch (error) {
      fail(error);
    }
    setBusy(false);
  }

  /** Undefined: what was stopped meanwhile is on the screen, for the signer to choose. */
  async function signKnowing() {
    try {
      return await client.prescription.sign.mutate({
        ...basket.key(),
        restarts: restarts.map(({ medicationId, version }) => ({ medicationId, version })),
      });
    } catch (error) {
      const { details } = say(error);
      if (!Array.isArray(details.ended)) throw error;
      setEnded(details.ended as EndedDrug[]);
      setView("renew");
      await refresh();
      return undefined;
    }
  }
  const toChoose = ended.filter(
    (drug) => !restarts.includes(drug) && items.some(({ medicationId }) => medicationId === drug.medicationId),
  );

  const sign = () =>
    act(async () => {
      if (!mayPrepare || items.length === 0) return;
      setTried(true);
      if (lacking[0] && prescriber) {
        setView("renew");
        setOpen(lacking[0].medicationId);
        setHand({ id: lacking[0].medicationId });
        return;
      }
      await basket.save();
      if (!prescriber) {
        toast({ message: t("prepared") });
        await refresh();
        return;
      }
      const signed = await signKnowing();
      if (!signed) return;
      const { id, number } = signed;
      toast({ message: t("signedToast", { number }) });
      basket.begin();
      setTried(false);
      setOpen(undefined);
      setRestarts([]);
      // What held the hand is gone with the line.
      middle.current?.focus({ preventScroll: true });
      await refresh();
      printFile(await client.prescription.print.mutate({ id }));
    });

  // With nothing to renew, the next gesture is a name.
  const isBare = useRef(false);
  useEffect(() => {
    isBare.current = mayPrepare && active.length === 0 && items.length === 0;
  });
  useEffect(() => {
    if (!isBare.current) return;
    // After whatever the sheet does to take the hand.
    const soon = setTimeout(() => field.current?.focus({ preventScroll: true }));
    return () => clearTimeout(soon);
  }, []);

  const live = useRef(sign);
  useEffect(() => {
    live.current = sign;
  });
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.repeat) return;
      // A task or a message over it has this key too.
      if (event.defaultPrevented || isSomethingAbove()) return;
      event.preventDefault();
      // Why a drug is stopped, or a prescription cancelled: that is kept, and nothing is signed.
      const form = formInHand(document.activeElement);
      if (form) form.requestSubmit();
      else void live.current();
    }
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);

  // What it was opened for, once: it may be taken out again.
  const answered = useRef<DeskAsked>(undefined);
  useEffect(() => {
    if (!asked || answered.current === asked) return;
    answered.current = asked;
    const line = data.medications.find(({ id, status: is }) => id === asked.renew && is === "active");
    if (!line || !mayPrepare) return;
    edit((before) =>
      before.some(({ medicationId }) => medicationId === line.id) ? before : [...before, renewed(line)],
    );
    setView("renew");
    setOpen(missingParts(line).length > 0 ? line.id : undefined);
  }, [asked, data.medications, mayPrepare, edit]);

  const group = t("keysGroup");
  useShortcutList([
    ...(mayPrepare
      ? favourites.slice(0, 9).map((one, at) => ({
          keys: String(at + 1),
          label: `${one.label} ${one.strength}`,
          group,
          run: () => add(fromFavourite(one)),
        }))
      : []),
    ...(mayPrepare
      ? [
          { keys: "a", label: t("addDrug"), group, run: () => field.current?.focus() },
          { keys: "t", label: t("selectAll"), group, run: toggleAll },
        ]
      : []),
  ]);

  const saveFavourite = (item: PrescriptionItem) =>
    act(async () => {
      await client.medication.saveFavourite.mutate({ id: v7(), ...cardOf(item) });
      toast({ message: t("favouriteSaved") });
      await refresh();
    });
  const removeFavourite = ({ id, version }: FavouriteView) =>
    act(async () => {
      await client.medication.removeFavourite.mutate({ id, version });
      await refresh();
    });
  const review = () =>
    act(async () => {
      await client.medication.review.mutate({ id: v7(), patientId });
      toast({ message: t("reviewDone") });
      await refresh();
    });
  const printList = () => act(async () => printFile(await client.medication.print.mutate({ patientId })));
  const begin = (from: { prepared: PrescriptionLine } | { corrects: PrescriptionLine }) =>
    act(async () => {
      await basket.save();
      basket.begin(from);
      setEnded([]);
      setRestarts([]);
      setView("renew");
    });

  const signButton = mayPrepare && (
    <Button
      leftSection={<IconSignature size={18} aria-hidden />}
      rightSection={<KeyCap>Ctrl ↵</KeyCap>}
      disabled={items.length === 0}
      loading={busy}
      onClick={sign}
    >
      {`${prescriber ? t("signPrint") : t("prepareFor")}${items.length > 0 ? ` · ${items.length}` : ""}`}
    </Button>
  );
  const body = (
    <>
      <div className={classes.bar} data-sheet={onBack ? true : undefined}>
        <div className={classes.barHead}>
          {onBack ? (
            <button type="button" className={classes.back} aria-label={t("back")} title={t("back")} onClick={onBack}>
              <IconChevronLeft size={20} aria-hidden />
            </button>
          ) : (
            <Link href={`/clinic/${slug}/patients/${patientId}`} className={classes.back} aria-label={t("back")}>
              <IconChevronLeft size={20} aria-hidden />
            </Link>
          )}
          <strong className={classes.name}>{t("page")}</strong>
          {onBack && signButton}
        </div>
        <div className={classes.tools}>
          <SegmentedControl
            aria-label={t("views")}
            value={view}
            onChange={(value) => setView(value as "renew" | "history")}
            data={[
              { value: "renew", label: t(mayPrepare ? "renew" : "taken") },
              { value: "history", label: t("history") },
            ]}
          />
          <span className={classes.reviewed}>
            {reviewed
              ? t("reviewedBy", { date: format.dateTime(new Date(reviewed.at), "date"), name: reviewed.by })
              : t("neverReviewed")}
          </span>
          {mayWrite && (
            <Button variant="subtle" size="compact-sm" onClick={review}>
              {t("review")}
            </Button>
          )}
          {/* Over the chart the bar has the signature too, and stays one line on a desk. */}
          {onBack ? (
            <ActionIcon
              variant="default"
              size="lg"
              aria-label={t("printList")}
              title={t("printList")}
              onClick={printList}
            >
              <IconPrinter size={18} aria-hidden />
            </ActionIcon>
          ) : (
            <Button variant="default" leftSection={<IconPrinter size={16} aria-hidden />} onClick={printList}>
              {t("printList")}
            </Button>
          )}
        </div>
      </div>
      <div className={classes.panes} data-reads={!mayPrepare || undefined}>
        <Side
          favourites={favourites}
          allergies={data.allergies}
          field={field}
          mayPrepare={mayPrepare}
          onPick={(drug) => add(fromDrug(drug))}
          onFavourite={(one) => add(fromFavourite(one))}
          onRemove={removeFavourite}
        />
        <div className={classes.middle} ref={middle} tabIndex={-1}>
          {basket.other && (
            <div className={classes.other} role="alert">
              <p>{t("otherWindow", { count: basket.other.items.length })}</p>
              <Button variant="default" size="compact-sm" onClick={() => basket.settle("theirs")}>
                {t("takeOther")}
              </Button>
              <Button size="compact-sm" onClick={() => basket.settle("mine")}>
                {t("keepMine")}
              </Button>
            </div>
          )}
          {toChoose.length > 0 && (
            <Ended
              ended={toChoose}
              onRemove={(drug) => remove(drug.medicationId)}
              onRestart={(drug) => setRestarts((before) => [...before, drug])}
            />
          )}
          {corrects && <p className={classes.attention}>{t("correcting", { number: prescriptionNumber(corrects) })}</p>}
          {view === "renew" ? (
            <Lines
              medications={medications}
              items={items}
              today={today}
              open={open}
              asked={isTried}
              stopping={stopping}
              mayWrite={mayWrite}
              mayPrepare={mayPrepare}
              onOpen={setOpen}
              onToggle={toggle}
              onToggleAll={toggleAll}
              onRemove={remove}
              onChange={(id, change) =>
                edit((before) =>
                  before.map((item) =>
                    item.medicationId === id
                      ? changed(
                          item,
                          change,
                          medications.find((one) => one.id === id),
                        )
                      : item,
                  ),
                )
              }
              onFavourite={saveFavourite}
              onAdd={() => field.current?.focus()}
            />
          ) : (
            <History
              patientId={patientId}
              prescriptions={prescriptions}
              stopped={medications.filter((one) => one.status === "stopped")}
              mayPrescribe={prescriber !== null}
              mayWrite={mayWrite}
              mayPrepare={mayPrepare}
              onBegin={begin}
            />
          )}
          {mayPrepare && (
            <p className={classes.judged} role="status">
              {lacking.length === 0 && items.length > 0 && <IconCircleCheck size={18} aria-hidden />}
              <strong className={lacking.length > 0 ? classes.judgedLacks : undefined}>
                {lacking.length > 0
                  ? t("incomplete", { count: lacking.length })
                  : t("complete", { count: items.length })}
              </strong>
              {items.length > 0 && <span className={classes.quiet}>{t("parts")}</span>}
            </p>
          )}
        </div>
        {mayPrepare && (
          <Preview
            clinicName={clinicName}
            patient={chart.patient}
            items={items}
            prescriber={prescriber}
            today={today}
            status={status}
          />
        )}
      </div>
    </>
  );
  if (onBack) return <div className={classes.screen}>{body}</div>;
  return (
    <article className={classes.screen} aria-label={t("page")}>
      <IdentityBar chart={chart} allergies={<AllergyChips patientId={patientId} />}>
        {signButton}
      </IdentityBar>
      {body}
    </article>
  );
}
