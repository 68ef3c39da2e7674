"use client";

import { Button, Checkbox, Select, TextInput } from "@mantine/core";
import { IconCornerDownLeft } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import type { InboxLine } from "#server/document/list-inbox.ts";
import { documentTypes, fileDocumentInput } from "#server/document/schema.ts";
import { unasked } from "../../../_ground/ground-gate.ts";
import { useTRPC, useTRPCClient } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { ConfirmDialog } from "../../../_ui/confirm/confirm-dialog.tsx";
import { DayInput } from "../../../_ui/day-input/day-input.tsx";
import { KeyCap } from "../../../_ui/key-cap/key-cap.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";
import { PatientPicker, type Person } from "../_schedule/patient-picker.tsx";
import classes from "./documents.module.css";
import { NamedInText, NamesAnother } from "./names-another.tsx";
import { PutAside } from "./put-aside.tsx";
import { useReviewers } from "./use-reviewers.ts";

interface FileFormProps {
  document: InboxLine;
  /** Gives care: may say which request a report answers. */
  mayAnswer: boolean;
  /** It waits no more: filed, put aside, or dealt with by somebody else. */
  onGone: () => void;
  /** Taken back, or changed by somebody: the list is read again. */
  onChanged: () => void;
}

type Known = Extract<Person, { known: true }>;

/** Whose is it, what is it, of when, by whom, and who looks at it. What the program proposes is filled in and said to be so; filing is to confirm it. */
export function FileForm({ document, mayAnswer, onGone, onChanged }: FileFormProps) {
  const t = useTranslations("documents");
  const common = useTranslations("errors");
  const client = useTRPCClient();
  const say = useErrorText();
  const toast = useToast();
  const reviewers = useReviewers();
  const trpc = useTRPC();
  const [answeredId, setAnsweredId] = useState<string | null>(null);
  const { proposed } = document;
  // A name alone is many people's: it is offered, and not filled in.
  const sure = proposed.because !== null && proposed.because !== "name";
  const proposedPerson: Known | null =
    proposed.patientId && proposed.patientName
      ? { known: true, id: proposed.patientId, name: proposed.patientName }
      : null;
  const [person, setPerson] = useState<Person | null>(sure ? proposedPerson : null);
  // Against what its words say, it is filed once whoever files it was asked again.
  const other = person?.known && document.named && document.named.id !== person.id ? document.named : null;
  const [asking, setAsking] = useState(false);
  const [type, setType] = useState<string | null>(proposed.type || null);
  const [title, setTitle] = useState(proposed.title);
  const [datedOn, setDatedOn] = useState<string | null>(proposed.on ?? document.datedOn);
  const [author, setAuthor] = useState(proposed.author);
  const [reviewerId, setReviewerId] = useState<string | null>(proposed.reviewerId);
  const [urgent, setUrgent] = useState(false);
  // Filing asks nobody why: of a patient whom they do not follow, no request is proposed.
  const waiting = useQuery({
    ...trpc.referral.open.queryOptions({ patientId: person?.known ? person.id : "" }, unasked),
    enabled: mayAnswer && person?.known === true,
  });
  const requests = waiting.data ?? [];
  const answered = requests.find(({ id }) => id === answeredId);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  // What the program reads while this is open comes in; of somebody who has begun to write, it fills only what is still empty.
  const isReading = document.textState === "waiting";
  const begun = useRef(false);
  const begin = () => {
    begun.current = true;
  };
  const wasReading = useRef(isReading);
  useEffect(() => {
    if (isReading || !wasReading.current) return;
    wasReading.current = false;
    if (!begun.current && sure) setPerson(proposedPerson);
    setType((before) => before ?? (proposed.type || null));
    setTitle((before) => (begun.current && before ? before : proposed.title));
    setAuthor((before) => before || proposed.author);
    setReviewerId((before) => before ?? proposed.reviewerId);
    if (!begun.current) setDatedOn(proposed.on ?? document.datedOn);
  });

  useEffect(() => {
    if (begun.current) return;
    // The first thing that nobody proposed; when all is there, the button: ten scans are ten times Enter.
    const empty = other
      ? "#named"
      : sure && proposed.type && proposed.title
        ? "button[type=submit]"
        : !sure
          ? "#patient"
          : "#documentType, #title";
    form.current?.querySelector<HTMLElement>(empty)?.focus({ preventScroll: true });
  }, [other, sure, proposed.type, proposed.title]);

  async function file(despite: boolean) {
    if (busy) return;
    const known = person?.known ? person : undefined;
    const input = fileDocumentInput.safeParse({
      id: document.id,
      version: document.version,
      patientId: known?.id,
      documentType: type,
      title,
      datedOn: datedOn ?? "",
      sourceAuthor: author,
      reviewerId,
      urgent,
      ...(despite && { despite }),
    });
    if (!input.success) {
      const at = new Set(input.error.issues.map(({ path }) => String(path[0])));
      setErrors({
        ...(at.has("patientId") && { patient: t("file.patientNeeded") }),
        ...(at.has("documentType") && { documentType: t("file.typeNeeded") }),
        ...(at.has("title") && { title: title.trim() ? common("invalid") : t("file.nameNeeded") }),
        ...(at.has("datedOn") && { datedOn: t("file.dateNeeded") }),
        ...(at.has("sourceAuthor") && { sourceAuthor: common("invalid") }),
      });
      form.current
        ?.querySelector<HTMLElement>(
          at.has("patientId") ? "#patient" : at.has("documentType") ? "#documentType" : "#title",
        )
        ?.focus();
      return;
    }
    if (other && !despite) {
      setAsking(true);
      return;
    }
    setAsking(false);
    setBusy(true);
    try {
      const { version } = answered
        ? await client.referral.fileReport.mutate({
            ...input.data,
            answers: { id: answered.id, version: answered.version },
          })
        : await client.document.file.mutate(input.data);
      const message = t("file.done", { name: known?.name ?? "" });
      // What answers a request is no more taken out by a gesture.
      if (answered) toast({ message: `${message} ${t("file.answered")}` });
      else
        toast({
          message,
          of: { [document.id]: version },
          onUndo: async () => {
            try {
              await client.document.unfile.mutate({ id: document.id, version, reason: t("file.undoReason") });
              toast({ message: t("file.undone"), of: { [document.id]: version + 1 } });
            } catch (error) {
              toast({ tone: "danger", message: say(error).message });
            }
            onChanged();
          },
        });
      onGone();
    } catch (error) {
      const { code, message } = say(error);
      if (answered && code === "Conflict") {
        // The request moved on meanwhile, and nothing was filed: it is chosen anew, or left out.
        setAnsweredId(null);
        await waiting.refetch();
        toast({ tone: "danger", message });
      } else if (code === "Conflict" || code === "NotFound") {
        toast({ tone: "danger", message: t("file.taken") });
        onGone();
      } else {
        toast({ tone: "danger", message });
        // Read meanwhile, its words name somebody else: who it is comes with the list.
        if (code === "Precondition") onChanged();
      }
    } finally {
      setBusy(false);
    }
  }

  // The key written on the button files from wherever the focus is: files just added leave it on their own button.
  const filing = useRef(file);
  useEffect(() => {
    filing.current = file;
  });
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.key !== "Enter") return;
      // Held, the key would file the next ones too, which nobody looked at: its button has the hand when one comes up.
      if (event.repeat && form.current?.contains(window.document.activeElement)) return event.preventDefault();
      if (!(event.ctrlKey || event.metaKey)) return;
      // A dialog that lies over it has its own keys.
      const dialog = window.document.querySelector('[role="dialog"]');
      if (dialog && !dialog.contains(form.current)) return;
      event.preventDefault();
      event.stopPropagation();
      if (!event.repeat) void filing.current(false);
    }
    // Before the field that has the focus: a list would take the key for its own and open again.
    window.addEventListener("keydown", onKeyDown, true);
    return () => window.removeEventListener("keydown", onKeyDown, true);
  }, []);

  return (
    <form
      ref={form}
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        void file(false);
      }}
      onPointerDown={begin}
      onKeyDown={({ key }) => key !== "Tab" && begin()}
      aria-label={t("file.title")}
      noValidate
    >
      {isReading && (
        <p className={classes.note} role="status">
          {t("file.reading")}
        </p>
      )}
      {document.note && (
        <p className={classes.note}>
          <strong>{t("file.cameBack")}</strong> · {document.note}
        </p>
      )}
      {proposedPerson && proposed.because && (
        <div className={classes.proposal}>
          <span>
            {t(sure ? "file.proposed" : "file.maybe")} · {t(`file.because.${proposed.because}`)}
          </span>
          <strong>{[proposedPerson.name, proposed.birthDate, proposed.fileNumber].filter(Boolean).join(" · ")}</strong>
          {person?.known && person.id === proposedPerson.id ? (
            <span>{t("file.check")}</span>
          ) : (
            <span>
              <Button variant="default" size="compact-sm" onClick={() => setPerson(proposedPerson)}>
                {proposedPerson.name}
              </Button>
            </span>
          )}
        </div>
      )}
      {other && (
        <NamesAnother named={other} chart={person?.known ? person.name : ""}>
          <Button
            id="named"
            variant="default"
            size="compact-sm"
            onClick={() => setPerson({ known: true, id: other.id, name: other.name })}
          >
            {t("another.choose", { name: other.name })}
          </Button>
        </NamesAnother>
      )}
      <PatientPicker
        id="patient"
        value={person}
        onChange={(next) => {
          setPerson(next);
          setErrors(({ patient: _, ...others }) => others);
        }}
        mayRegister={false}
        errors={errors}
      />
      <Select
        id="documentType"
        label={t("file.type")}
        data={documentTypes.map((value) => ({ value, label: t(`types.${value}`) }))}
        value={type}
        onChange={setType}
        error={errors.documentType}
        searchable
        openOnFocus={false}
        comboboxProps={{ withinPortal: false }}
      />
      <TextInput
        id="title"
        label={t("file.name")}
        value={title}
        maxLength={200}
        onChange={(event) => setTitle(event.currentTarget.value)}
        error={errors.title}
        autoComplete="off"
      />
      <DayInput label={t("file.date")} value={datedOn} onChange={setDatedOn} error={errors.datedOn} />
      <TextInput
        id="sourceAuthor"
        label={t("file.author")}
        placeholder={t("file.authorExample")}
        value={author}
        maxLength={200}
        onChange={(event) => setAuthor(event.currentTarget.value)}
        error={errors.sourceAuthor}
        autoComplete="off"
      />
      {requests.length > 0 && (
        <Select
          id="answers"
          label={t("file.answers")}
          placeholder={t("file.answersNone")}
          data={requests.map(({ id: value, specialty, recipient, since }) => ({
            value,
            label: t("file.answersHelp", { specialty, recipient, since }),
          }))}
          value={answered ? answeredId : null}
          onChange={setAnsweredId}
          clearable
          openOnFocus={false}
          comboboxProps={{ withinPortal: false }}
        />
      )}
      <Select
        id="reviewer"
        label={t("file.reviewer")}
        placeholder={t("file.nobody")}
        data={reviewers}
        value={reviewers.some(({ value }) => value === reviewerId) ? reviewerId : null}
        onChange={setReviewerId}
        searchable
        clearable
        openOnFocus={false}
        comboboxProps={{ withinPortal: false }}
      />
      {reviewerId && (
        <Checkbox
          label={t("file.urgent")}
          checked={urgent}
          onChange={(event) => setUrgent(event.currentTarget.checked)}
        />
      )}
      <div className={classes.acts}>
        <Button
          type="submit"
          loading={busy}
          leftSection={<IconCornerDownLeft size={18} aria-hidden />}
          rightSection={<KeyCap>Ctrl ↵</KeyCap>}
          aria-keyshortcuts="Control+Enter"
        >
          {t("file.submit")}
        </Button>
        <PutAside document={document} onGone={onGone} onChanged={onChanged} />
      </div>
      {other && person?.known && (
        <ConfirmDialog
          opened={asking}
          onClose={() => setAsking(false)}
          title={t("another.ask", { chart: person.name })}
          consequences={[<NamedInText key="text" named={other} chart={person.name} />, t("another.kept")]}
          verb={t("another.despite")}
          onConfirm={() => file(true)}
          danger
        />
      )}
    </form>
  );
}
