"use client";

import { Button, SegmentedControl, Select, TextInput } from "@mantine/core";
import { IconEye, IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { Editor } from "@tiptap/react";
import { useRouter } from "next/navigation";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import type { ChartView } from "#server/chart/record.ts";
import {
  type FieldKey,
  type FieldValues,
  type FilledLine,
  fillFields,
  isLate,
  openFields,
  refill,
  refillLine,
  tokenOf,
} from "#server/letter/fields-schema.ts";
import type { LetterView } from "#server/letter/record.ts";
import { type LetterContent, priorityCodes, type Recipient } from "#server/letter/schema.ts";
import { placesIn } from "#server/note/places.ts";
import { plainText, type RichText } from "#server/note/rich-text-schema.ts";
import { languageOf } from "../../../../../../_i18n/locale.ts";
import { useTRPC, useTRPCClient } from "../../../../../../_trpc/client.tsx";
import { useErrorText } from "../../../../../../_trpc/use-error-text.ts";
import { ConfirmDialog } from "../../../../../../_ui/confirm/confirm-dialog.tsx";
import { DayInput } from "../../../../../../_ui/day-input/day-input.tsx";
import { KeyCap } from "../../../../../../_ui/key-cap/key-cap.tsx";
import { SaveState, type SaveStatus } from "../../../../../../_ui/save-state/save-state.tsx";
import { isSomethingOpen } from "../../../../../../_ui/shortcuts/typed-key.ts";
import { useToast } from "../../../../../../_ui/toast/toast.tsx";
import { FieldMenu } from "../../../../_letters/field-menu.tsx";
import { LetterText } from "../../../../_letters/letter-text.tsx";
import { useRefreshLetters } from "../../_letters/use-letters.ts";
import type { SaverState } from "../../_note/draft-saver.ts";
import { goToField, goToPlace } from "../../_note/fields.ts";
import { toEditor } from "../../_note/rich-text.ts";
import { useLocalStore } from "../../_note/use-local-store.ts";
import { AttachmentsField } from "./attachments-field.tsx";
import { InsertFromChart } from "./insert-from-chart.tsx";
import classes from "./letter.module.css";
import { OpenFields } from "./open-fields.tsx";
import { PreviewDialog } from "./preview-dialog.tsx";
import { RecipientField } from "./recipient-field.tsx";
import { useLetterSaver } from "./use-letter-saver.ts";

interface LetterEditorProps {
  letter: LetterView;
  chart: Extract<ChartView, { patient: object }>;
  slug: string;
  userId: string;
  maySign: boolean;
  back: ReactNode;
  /** Somebody else wrote or signed: the letter is read again. */
  onAgain: () => void;
}

/** To whom, about what and with what at the left; the text at the right; the very PDF before it is signed. */
export function LetterEditor({ letter, chart, slug, userId, maySign, back, onAgain }: LetterEditorProps) {
  const t = useTranslations("letters");
  const format = useFormatter();
  const locale = languageOf(useLocale());
  const trpc = useTRPC();
  const client = useTRPCClient();
  const say = useErrorText();
  const toast = useToast();
  const router = useRouter();
  const refresh = useRefreshLetters();
  const store = useLocalStore<LetterContent>(userId);
  const { state, change, flush } = useLetterSaver(letter, store);
  const [content, setContent] = useState(letter.content);
  const live = useRef(content);
  const editor = useRef<Editor | null>(null);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [preview, setPreview] = useState<{ revision: number; file: string }>();
  const [busy, setBusy] = useState(false);
  const [discarding, setDiscarding] = useState(false);
  const patientId = chart.patient.id;
  const isReferral = letter.kind === "referral";
  const fields = useQuery(trpc.letter.fields.queryOptions({ patientId, language: content.language }));
  const phrases = useQuery(trpc.phrase.offered.queryOptions({ patientId }, { staleTime: 60_000 }));
  const isApart = state.is === "apart";

  const write = useCallback(
    (part: Partial<LetterContent>) => {
      live.current = { ...live.current, ...part };
      setContent(live.current);
      setErrors((before) => Object.fromEntries(Object.entries(before).filter(([name]) => !(name in part))));
      change(live.current);
    },
    [change],
  );
  const putBody = useCallback(
    (body: RichText) => {
      editor.current?.commands.setContent(toEditor(body), { emitUpdate: false });
      write({ body });
    },
    [write],
  );

  // What this browser kept and the server does not have goes on from there, when it was written on top of this very text.
  useEffect(() => {
    void store
      .then((one) => one?.read(letter.id))
      .then((kept) => {
        if (!kept || kept.revision !== letter.revision) return;
        if (JSON.stringify(kept.content) === JSON.stringify(letter.content)) return;
        live.current = kept.content;
        setContent(kept.content);
        editor.current?.commands.setContent(toEditor(kept.content.body), { emitUpdate: false });
        change(kept.content);
      })
      .catch(() => undefined);
  }, [store, letter, change]);

  /** What is known now of these fields, beside what the chart says. */
  function values(next: LetterContent): FieldValues {
    const { recipient, specialty, priority } = next;
    return {
      ...fields.data?.values,
      ...(recipient?.name && { recipientname: recipient.name }),
      ...(recipient?.specialty && { recipientspecialty: recipient.specialty }),
      ...(recipient?.address && { recipientaddress: recipient.address.replaceAll("\n", ", ") }),
      ...(specialty && { specialty }),
      ...(priority && { priority: `${priority.toUpperCase()} (${t(`delays.${priority}`)})` }),
    };
  }

  const subject = useRef<FilledLine>(undefined);
  function writeAsked(part: Partial<LetterContent>) {
    const next = { ...live.current, ...part };
    const keys: FieldKey[] = ["recipientname", "recipientspecialty", "recipientaddress", "specialty", "priority"];
    const known = values(next);
    const body = refill(next.body, known, keys, next.language);
    subject.current = refillLine(next.subject, subject.current, known);
    write({ ...part, subject: subject.current.filled });
    if (JSON.stringify(body) !== JSON.stringify(next.body)) putBody(body);
  }

  function insert(key: FieldKey) {
    const text = [{ runs: [tokenOf(key, live.current.language)] }];
    const filled = fillFields(text, values(live.current));
    const [only] = filled;
    const node = toEditor(filled).content ?? [];
    const inline = filled.length === 1 && !only?.list;
    editor.current
      ?.chain()
      .focus()
      .insertContent(inline ? (node[0]?.content ?? []) : node)
      .run();
  }

  const look = useCallback(async () => {
    if (busy) return;
    setBusy(true);
    try {
      const revision = await flush();
      const { file } = await client.letter.preview.mutate({ id: letter.id, revision });
      setErrors({});
      setPreview({ revision, file });
    } catch (error) {
      const told = say(error);
      setErrors(told.fields);
      toast({ tone: "danger", message: Object.values(told.fields)[0] ?? told.message });
    } finally {
      setBusy(false);
    }
  }, [busy, flush, client, letter.id, say, toast]);

  async function sign(revision: number) {
    setBusy(true);
    try {
      await client.letter.sign.mutate({ id: letter.id, revision });
      toast({ message: t(isReferral ? "signedReferral" : "signedLetter") });
      await refresh();
      onAgain();
    } catch (error) {
      toast({ tone: "danger", message: say(error).message });
      setPreview(undefined);
    } finally {
      setBusy(false);
    }
  }

  // A letter to nobody yet begins with its addressee; without a caret, the first letters typed would be keys of the page.
  useEffect(() => {
    // The menu that it came from may hold the hand for a moment more.
    const asked = requestAnimationFrame(() => {
      const isWriting = window.document.activeElement?.closest("input, textarea, [contenteditable=true]");
      if (!isWriting) window.document.getElementById("recipient")?.focus();
    });
    return () => cancelAnimationFrame(asked);
  }, []);

  async function discard() {
    try {
      await client.letter.discard.mutate({ id: letter.id, version: letter.version });
      await refresh();
      router.push(`/clinic/${slug}/patients/${patientId}`);
    } catch (error) {
      toast({ tone: "danger", message: say(error).message });
    }
  }

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || preview) return;
      // A task or a message over it has these keys, and so has a list of choices; the text itself takes them for a line.
      const isText = event.target instanceof HTMLElement && event.target.isContentEditable;
      if ((event.defaultPrevented && !isText) || isSomethingOpen()) return;
      event.preventDefault();
      if (!event.repeat) void look();
    }
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [look, preview]);

  const open = openFields(content.body, content.subject);
  const places = placesIn(plainText(content.body));
  const hasNam = fields.data?.hasNam ?? true;
  const unfilled = open.filter((one) => !isLate(one) || (one.key === "nam" && !hasNam));

  return (
    <>
      <div className={classes.bar}>
        {back}
        <h2 className={classes.title}>{t(`kinds.${letter.kind}`)}</h2>
        {letter.template && (
          <span className={classes.quiet}>
            {t("fromTemplate", { title: letter.template.title, number: letter.template.number })}
          </span>
        )}
        {letter.corrects && (
          <span className={classes.quiet}>
            {t("correcting", { on: format.dateTime(new Date(letter.corrects.signedAt), "date") })}
          </span>
        )}
        <span className={classes.end}>
          <SaveState status={statusOf(state)} />
          <Button
            variant="subtle"
            color="brique"
            leftSection={<IconTrash size={16} aria-hidden />}
            onClick={() => setDiscarding(true)}
          >
            {t("discard")}
          </Button>
          <Button
            leftSection={<IconEye size={18} aria-hidden />}
            rightSection={<KeyCap>Ctrl ↵</KeyCap>}
            onClick={() => void look()}
            loading={busy && !preview}
            disabled={isApart}
          >
            {t(maySign ? "previewAndSign" : "preview")}
          </Button>
        </span>
      </div>
      {state.is === "apart" && (
        <p className={classes.apart} role="alert">
          {t("apart")}{" "}
          <Button variant="default" size="compact-sm" onClick={onAgain}>
            {t("reopen")}
          </Button>
        </p>
      )}
      <div className={classes.panes}>
        <div className={classes.side}>
          <RecipientField
            id="recipient"
            label={t("recipient")}
            patient={chart.patient}
            value={content.recipient}
            isReferral={isReferral}
            error={errors.recipient}
            // A request made to a cardiologist is one in cardiology, until somebody says otherwise.
            onChange={(recipient) =>
              writeAsked({ recipient, specialty: content.specialty || (isReferral && recipient?.specialty) || "" })
            }
          />
          {isReferral && (
            <div className={classes.pair}>
              <TextInput
                id="specialty"
                label={t("specialty")}
                value={content.specialty}
                maxLength={100}
                error={errors.specialty}
                onChange={(event) => write({ specialty: event.currentTarget.value })}
                onBlur={() => writeAsked({})}
                autoComplete="off"
              />
              <Select
                id="priority"
                label={t("priority")}
                placeholder={t("choose")}
                data={priorityCodes.map((value) => ({
                  value,
                  label: `${value.toUpperCase()} · ${t(`delays.${value}`)}`,
                }))}
                value={content.priority || null}
                error={errors.priority}
                onChange={(next) => writeAsked({ priority: (next ?? "") as LetterContent["priority"] })}
                comboboxProps={{ width: 240, position: "bottom-end" }}
              />
            </div>
          )}
          <TextInput
            id="subject"
            label={t("subject")}
            value={content.subject}
            maxLength={200}
            error={errors.subject}
            onChange={(event) => write({ subject: event.currentTarget.value })}
            autoComplete="off"
          />
          {isReferral && (
            <DayInput
              label={t("expectedIfOther")}
              value={content.expectedOn}
              onChange={(expectedOn) => write({ expectedOn })}
            />
          )}
          <AttachmentsField
            patientId={patientId}
            value={content.attachments}
            error={errors.attachments}
            onChange={(attachments) => write({ attachments })}
          />
          <Copies patient={chart.patient} value={content.copies} onChange={(copies) => write({ copies })} />
          <div>
            <p className={classes.label}>{t("language")}</p>
            <SegmentedControl
              aria-label={t("language")}
              data={[
                { value: "fr", label: "Français" },
                { value: "en", label: "English" },
              ]}
              value={content.language}
              onChange={(language) => write({ language: language as "fr" | "en" })}
            />
          </div>
          <OpenFields
            open={open}
            unfilled={unfilled}
            places={places}
            onField={({ name }) => editor.current && goToField(editor.current.view, name)}
            onPlace={(place) => editor.current && goToPlace(editor.current.view, place)}
            language={locale}
          />
        </div>
        <div className={classes.main}>
          <LetterText
            label={t("text")}
            help={t("textHelp")}
            language={content.language}
            text={letter.content.body}
            editable={!isApart}
            onChange={(body) => write({ body })}
            phrases={{ offered: phrases.data ?? [], manageHref: `/clinic/${slug}/modeles` }}
            onEditor={(one) => {
              editor.current = one;
            }}
            tools={() => (
              <>
                <FieldMenu language={content.language} without={isReferral ? [] : ["request"]} onInsert={insert} />
                <InsertFromChart patientId={patientId} language={content.language} editor={editor} />
              </>
            )}
          />
          {errors.body && (
            <p className={classes.error} role="alert">
              {errors.body}
            </p>
          )}
        </div>
      </div>
      {preview && (
        <PreviewDialog
          file={preview.file}
          maySign={maySign}
          left={places.length}
          busy={busy}
          onSign={() => void sign(preview.revision)}
          onClose={() => setPreview(undefined)}
        />
      )}
      <ConfirmDialog
        opened={discarding}
        onClose={() => setDiscarding(false)}
        title={t("discardTitle")}
        consequences={[t("discardText")]}
        verb={t("discard")}
        onConfirm={discard}
        danger
      />
    </>
  );
}

interface CopiesProps {
  patient: LetterEditorProps["chart"]["patient"];
  value: readonly Recipient[];
  onChange: (copies: Recipient[]) => void;
}

function Copies({ patient, value, onChange }: CopiesProps) {
  const t = useTranslations("letters");
  return (
    <div>
      <RecipientField
        key={value.length}
        id="copies"
        label={t("copies")}
        patient={patient}
        value={null}
        isReferral={false}
        error={undefined}
        onChange={(one) => one && onChange([...value, one])}
      />
      {value.length > 0 && (
        <ul className={classes.chosen}>
          {value.map((one, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: one name may be there twice, and a line holds no state.
            <li key={`${one.name} ${at}`}>
              <span>{[one.name, one.specialty].filter(Boolean).join(", ")}</span>
              <Button
                variant="subtle"
                color="gray"
                size="compact-xs"
                onClick={() => onChange(value.filter((_, index) => index !== at))}
                aria-label={t("removeNamed", { name: one.name })}
              >
                {t("remove")}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function statusOf(state: SaverState): SaveStatus {
  if (state.is === "refused" || state.is === "apart") return { is: "failed" };
  return state;
}
