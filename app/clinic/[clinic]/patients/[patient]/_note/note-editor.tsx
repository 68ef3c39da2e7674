"use client";

import { Button, Modal, TextInput } from "@mantine/core";
import { IconSignature } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { Editor } from "@tiptap/react";
import { useParams } from "next/navigation";
import { useFormatter, useTranslations } from "next-intl";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { withCarriedOver } from "#server/note/carry-answers.ts";
import { placesIn } from "#server/note/places.ts";
import type { DraftView } from "#server/note/record.ts";
import { type Answer, carriedId, countCharacters, longestNote, plainText } from "#server/note/rich-text-schema.ts";
import type { NoteContent } from "#server/note/schema.ts";
import { unanswered } from "#server/note/unanswered.ts";
import type { QuestionnaireItem } from "#server/questionnaire/schema.ts";
import { useTRPC, useTRPCClient } from "../../../../../_trpc/client.tsx";
import { useErrorText } from "../../../../../_trpc/use-error-text.ts";
import { KeyCap } from "../../../../../_ui/key-cap/key-cap.tsx";
import { Moment } from "../../../../../_ui/moment/moment.tsx";
import { SaveState, type SaveStatus } from "../../../../../_ui/save-state/save-state.tsx";
import { isSomethingOpen } from "../../../../../_ui/shortcuts/typed-key.ts";
import { useToast } from "../../../../../_ui/toast/toast.tsx";
import { useRefreshRecord } from "../_summary/use-summary.ts";
import { begunItems } from "../medicaments/begun-items.ts";
import { AmendedNote } from "./amended-note.tsx";
import { ApartPanel } from "./apart-panel.tsx";
import { bringNote } from "./bring-note.ts";
import { callsIn } from "./calls-in.ts";
import { keepCaret, readCaret } from "./caret-place.ts";
import { DiagnosesField } from "./diagnoses-field.tsx";
import type { SaverState } from "./draft-saver.ts";
import { hasHand } from "./hand.ts";
import { joinContents } from "./join-contents.ts";
import type { LocalDraft, LocalStore } from "./local-drafts.ts";
import classes from "./note.module.css";
import { useNoteHand } from "./note-hand.ts";
import { NoteMenu } from "./note-menu.tsx";
import { Margin } from "./note-text.tsx";
import { type PhraseKeys, PhraseMenu } from "./phrase-menu.tsx";
import { toEditor } from "./rich-text.ts";
import { SectionEditor } from "./section-editor.tsx";
import { ShortAnswer } from "./short-answer.tsx";
import { InIdentityBar } from "./sign-place.tsx";
import { Toolbar } from "./toolbar.tsx";
import { UnlistedProblems } from "./unlisted-problems.tsx";
import { useDiagnosisLines } from "./use-diagnosis-lines.ts";
import { useDraftSaver } from "./use-draft-saver.ts";
import { useFrozen } from "./use-frozen.ts";
import { arrangeVersions } from "./versions.ts";
import { windowTab } from "./window-tab.ts";

interface NoteEditorProps {
  draft: DraftView;
  /** What this browser kept of it and the server does not have. */
  kept: LocalDraft | null;
  patientId: string;
  userId: string;
  store: Promise<LocalStore | null>;
  onClose: () => void;
  onSigned: (id: string) => void;
  onReopen: () => void;
}

/** Near the limit, the count is shown. */
const nearLimit = 45_000;

/** A note being written, on one page: reason, sections, diagnosis, signature. */
export function NoteEditor({ draft, kept, patientId, userId, store, onClose, onSigned, onReopen }: NoteEditorProps) {
  const t = useTranslations("notes");
  const format = useFormatter();
  const errors = useTranslations("errors");
  const say = useErrorText();
  const toast = useToast();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const cache = useQueryClient();
  const refresh = useRefreshRecord();
  const { clinic } = useParams<{ clinic: string }>();
  const { state, change, flush, saver, keepHold } = useDraftSaver(draft, windowTab(), store);
  // What was kept here on top of this very text goes on from there; on top of an older one, it is laid beside.
  const restored = useRef(restore(draft, kept));
  const carried = t("carriedOver");
  // What another template had stays in sight, in a section of its own.
  const items = useMemo(
    () => withCarriedSection(draft.template.items, restored.current.content, carried),
    [draft.template.items, carried],
  );
  const reopen = useCallback(() => {
    keepHold();
    onReopen();
  }, [keepHold, onReopen]);
  const [begins] = useState(() => beginsAt(draft.id, items));
  const [content, setContent] = useState<NoteContent>(restored.current.content);
  const live = useRef(content);
  const editors = useRef(new Map<string, Editor>());
  const [active, setActive] = useState<Editor | null>(null);
  const [moves, setMoves] = useState(0);
  const phraseKeys = useRef<PhraseKeys>(() => false);
  const [signing, setSigning] = useState(false);
  const [left, setLeft] = useState<Left>(nothingLeft);
  // What a signature was refused for: said beside each until it is answered.
  const [asked, setAsked] = useState<readonly string[]>([]);
  const phrases = useQuery(trpc.phrase.offered.queryOptions({ patientId }, { staleTime: 60_000 }));

  const write = useCallback(
    (part: Partial<NoteContent>) => {
      live.current = { ...live.current, ...part };
      setContent(live.current);
      change(live.current);
    },
    [change],
  );
  const diagnoses = useDiagnosisLines(patientId, restored.current.content.diagnoses, (lines) =>
    write({ diagnoses: lines }),
  );
  const answer = useCallback(
    (linkId: string, value: Answer | undefined) => {
      const { [linkId]: _, ...others } = live.current.answers;
      write({ answers: value === undefined ? others : { ...others, [linkId]: value } });
    },
    [write],
  );
  useEffect(() => {
    // Found in this browser: told, and sent.
    if (restored.current.found) change(restored.current.content);
  }, [change]);

  // Whatever lay over the note gives the hand back where it was, the caret with it.
  const place = useRef<Element>(undefined);
  useNoteHand(() => {
    const own = [...editors.current].find(([linkId, { view }]) =>
      place.current ? view.dom === place.current : linkId === begins.linkId,
    )?.[1];
    if (own) own.view.focus();
    else if (place.current instanceof HTMLElement && place.current.isConnected)
      place.current.focus({ preventScroll: true });
    else return false;
    return true;
  });

  const goTo = useCallback((linkId: string) => {
    const editor = editors.current.get(linkId);
    if (editor) editor.commands.focus("end");
    else document.getElementById(questionId(linkId))?.focus();
  }, []);

  const sign = useCallback(
    async (despite = false) => {
      const lacking = unanswered(items, live.current.answers);
      setAsked(lacking);
      if (lacking[0] !== undefined) return goTo(lacking[0]);
      const text = Object.values(live.current.answers).map(plainText).join("\n");
      const found = { fields: placesIn(text).length, calls: callsIn(text, phrases.data ?? []) };
      if (countOf(found) > 0 && !despite) return setLeft(found);
      setLeft(nothingLeft);
      setSigning(true);
      try {
        const revision = await flush();
        const signed = await client.note.sign.mutate({ id: draft.id, revision });
        const said = signed.cosigner
          ? t("signedToCosign", { name: signed.cosigner })
          : t(signedWord[draft.relation ?? "note"]);
        const held = cache.getQueryData(trpc.medication.read.queryKey({ patientId }));
        toast({ message: begunItems(held) > 0 ? `${said} ${t("prescriptionLeft")}` : said });
        // The problems that it hangs on count one note more.
        if (live.current.diagnoses.some(({ conditionId }) => conditionId)) void refresh();
        onSigned(draft.id);
      } catch (error) {
        setSigning(false);
        if (!saver.current?.isSaved()) return toast({ tone: "danger", message: t("notSentYet") });
        toast({ tone: "danger", message: say(error).message });
      }
    },
    [
      flush,
      client,
      draft.id,
      toast,
      t,
      onSigned,
      saver,
      say,
      refresh,
      items,
      goTo,
      draft.relation,
      cache,
      trpc,
      patientId,
      phrases.data,
    ],
  );

  const pane = useRef<HTMLElement>(null);
  useFrozen(pane, signing);
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      // What is still being composed, an accent or a word that is dictated, is written first.
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing) {
        // What lies over the note is settled first: who may read it, above all.
        if (isSomethingOpen() || !hasHand(pane.current, document.activeElement)) return;
        event.preventDefault();
        if (event.repeat) return;
        void sign();
      }
      // The draft is kept: only the caret leaves it.
      if (event.key === "Escape" && !event.defaultPrevented && document.activeElement instanceof HTMLElement) {
        if (!document.activeElement.closest(`.${classes.pane}`)) return;
        document.activeElement.blur();
        void flush().catch(() => undefined);
      }
    }
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [sign, flush]);

  async function bring(noteId: string) {
    try {
      const earlier = arrangeVersions(await client.note.read.query({ id: noteId }))?.note.shown;
      if (!earlier) return;
      const on = format.dateTime(new Date(earlier.occurredAt), "date");
      const brought = bringNote(earlier, on, items, live.current.answers);
      for (const [linkId, text] of Object.entries(brought))
        editors.current.get(linkId)?.commands.setContent(toEditor(text), { emitUpdate: false });
      write({ answers: { ...live.current.answers, ...brought } });
      toast({ message: t("brought", { on }) });
    } catch (error) {
      toast({ tone: "danger", message: say(error).message });
    }
  }

  const count = useMemo(() => countCharacters(content.answers), [content.answers]);
  const missing = unanswered(items, content.answers).filter((linkId) => asked.includes(linkId));
  const isApart = state.is === "apart";
  const title = content.title || draft.template.title;

  return (
    <section
      ref={pane}
      className={classes.pane}
      aria-label={title}
      data-signs-note
      onFocusCapture={({ target }) => {
        if (target.matches("input, textarea, [contenteditable=true]")) place.current = target;
      }}
    >
      <header className={classes.head}>
        <TextInput
          variant="unstyled"
          aria-label={t("noteTitle")}
          placeholder={draft.relation === "addendum" ? t("addendumTitle") : draft.template.title}
          value={content.title}
          maxLength={200}
          onChange={(event) => write({ title: event.currentTarget.value })}
          classNames={{ root: classes.titleField ?? "", input: classes.titleInput ?? "" }}
          autoComplete="off"
        />
        <span className={classes.template}>
          {content.title
            ? t("templateVersion", { title: draft.template.title, number: draft.template.number })
            : `v${draft.template.number}`}
        </span>
        <span className={classes.state}>
          <SaveState status={statusOf(state)} />
        </span>
        <NoteMenu draft={draft} mine={draft.authorId === userId} onClose={onClose} onChanged={reopen} flush={flush} />
      </header>
      <Toolbar editor={active} moves={moves} patientId={patientId} noteId={draft.id} onBring={bring} />
      {restored.current.found && !isApart && (
        <p className={classes.told} role="status">
          {t("foundHere")}
        </p>
      )}
      {state.is === "apart" && (
        <ApartPanel
          refusal={state.refusal}
          content={content}
          items={items}
          onReopen={onReopen}
          onRead={() => onSigned(draft.id)}
        />
      )}
      {state.is === "refused" && (
        <p className={classes.refused} role="alert">
          {state.refusal.key === "note.tooLong"
            ? t("tooLong", { count, most: longestNote })
            : errors.has(state.refusal.key as never)
              ? errors(state.refusal.key as never)
              : errors("rejected")}
        </p>
      )}
      <div className={classes.scroll} aria-busy={signing} data-frozen={signing || undefined}>
        {draft.relation && <p className={classes.told}>{t(`${draft.relation}Lead`)}</p>}
        <p className={classes.reason}>
          {draft.encounter.reason && (
            <>
              <span className={classes.label}>{t("reason")}</span> {draft.encounter.reason}{" "}
            </>
          )}
          <span className={classes.under}>
            {draft.visitAt && draft.relation === null && (
              <>
                {t("ofVisit")} <Moment at={draft.visitAt} as="dateAndTime" />
                {" · "}
              </>
            )}
            {t("begunAt")} <Moment at={draft.begunAt} as="dateAndTime" />
          </span>
        </p>
        {items.map((item) => (
          <div key={item.linkId} className={classes.section} data-named={!item.letter || undefined}>
            <Margin item={item} asked />
            {item.type === "text" ? (
              <div>
                <SectionEditor
                  label={item.label}
                  help={item.help}
                  text={asText(restored.current.content.answers[item.linkId])}
                  editable={!isApart}
                  required={item.required}
                  autoFocus={item.linkId === begins.linkId && begins.at}
                  onChange={(text) => answer(item.linkId, text.length > 0 ? text : undefined)}
                  onEditor={(editor) => {
                    if (editor) editors.current.set(item.linkId, editor);
                    else editors.current.delete(item.linkId);
                  }}
                  onCaret={(editor) => {
                    keepCaret({ noteId: draft.id, linkId: item.linkId, at: editor.state.selection.from });
                    setActive(editor);
                    setMoves((before) => before + 1);
                  }}
                  phraseKeys={phraseKeys}
                />
                {missing.includes(item.linkId) && (
                  <p className={classes.missing} role="alert">
                    {t("requiredToSign")}
                  </p>
                )}
              </div>
            ) : (
              <ShortAnswer
                id={questionId(item.linkId)}
                item={item}
                answer={content.answers[item.linkId]}
                missing={missing.includes(item.linkId)}
                disabled={isApart}
                onAnswer={(value) => answer(item.linkId, value)}
              />
            )}
          </div>
        ))}
        <div className={classes.section} data-named>
          <span className={classes.label}>{t("diagnoses")}</span>
          <DiagnosesField of={diagnoses} disabled={isApart} />
        </div>
        {draft.relation === "addendum" && draft.amendsId && <AmendedNote id={draft.amendsId} />}
      </div>
      <InIdentityBar>
        <Button
          data-signs-note
          className={classes.signs ?? ""}
          size="compact-md"
          leftSection={<IconSignature size={18} aria-hidden />}
          rightSection={<KeyCap>Ctrl ↵</KeyCap>}
          onClick={() => void sign()}
          loading={signing}
          disabled={isApart}
        >
          {t("sign")}
        </Button>
      </InIdentityBar>
      <div className={classes.below}>
        <UnlistedProblems of={diagnoses} disabled={isApart} />
        <footer className={classes.foot} data-sign data-long={count > nearLimit || undefined} data-acts-below="note">
          {count > nearLimit && (
            <span className={classes.count} data-over={count > longestNote || undefined}>
              {t("count", { count, most: longestNote })}
            </span>
          )}
          <span className={classes.after}>{t("afterSigning")}</span>
          <Button
            className={classes.signs ?? ""}
            leftSection={<IconSignature size={18} aria-hidden />}
            rightSection={<KeyCap>Ctrl ↵</KeyCap>}
            onClick={() => void sign()}
            loading={signing}
            disabled={isApart}
          >
            {t("sign")}
          </Button>
        </footer>
      </div>
      <PhraseMenu
        editor={active}
        moves={moves}
        phrases={phrases.data ?? []}
        keys={phraseKeys}
        manageHref={`/clinic/${clinic}/modeles`}
      />
      <Modal
        opened={countOf(left) > 0}
        onClose={() => setLeft(nothingLeft)}
        title={t("fieldsLeftTitle", { count: countOf(left) })}
        size={440}
      >
        {left.calls.length > 0 && <p>{t("callsLeft", { calls: left.calls.join(", ") })}</p>}
        {left.fields > 0 && <p>{t("fieldsLeft")}</p>}
        <div className={classes.acts}>
          <Button variant="default" onClick={() => setLeft(nothingLeft)} data-autofocus>
            {t("goOnWriting")}
          </Button>
          <Button onClick={() => void sign(true)}>{t("signAnyway")}</Button>
        </div>
      </Modal>
    </section>
  );
}

/** What nobody filled: places between brackets, and phrases that were called and never put in. */
interface Left {
  readonly fields: number;
  readonly calls: readonly string[];
}
const nothingLeft: Left = { fields: 0, calls: [] };
const countOf = ({ fields, calls }: Left) => fields + calls.length;

const signedWord = { note: "signed", addendum: "signedAddendum", correction: "signedCorrection" } as const;
const questionId = (linkId: string) => `question-${linkId}`;
const asText = (value: Answer | undefined) => (Array.isArray(value) ? value : []);

/** Where the person was before a reload; otherwise after what the first section says. */
function beginsAt(
  noteId: string,
  items: readonly QuestionnaireItem[],
): { linkId: string | undefined; at: "end" | number } {
  const texts = items.filter(({ type }) => type === "text").map(({ linkId }) => linkId);
  const kept = readCaret(noteId);
  return kept && texts.includes(kept.linkId) ? kept : { linkId: texts[0], at: "end" };
}

/** The sections that are shown: those of the template, and what was carried over from another. */
function withCarriedSection(
  items: readonly QuestionnaireItem[],
  { answers }: NoteContent,
  label: string,
): readonly QuestionnaireItem[] {
  if (answers[carriedId] === undefined) return items;
  return [
    ...items,
    { linkId: carriedId, label, letter: "", type: "text", options: [], unit: "", help: "", required: false },
  ];
}

/** What to begin from: the server's text, or this browser's when it goes on from the very same; otherwise both, one after the other. */
function restore(draft: DraftView, kept: LocalDraft | null): { content: NoteContent; found: boolean } {
  const content = { title: draft.title, answers: draft.answers, diagnoses: [...draft.diagnoses] };
  if (!kept) return { content, found: false };
  const answers = withCarriedOver(kept.content.answers, draft.template.items);
  // Written by another template, it is older than what stands, whatever its hour.
  const sameTemplate = answers === kept.content.answers;
  const continues =
    kept.revision === draft.revision || (sameTemplate && draft.savedByMe && kept.at > draft.savedAt.getTime());
  const own = { ...kept.content, answers };
  return { content: continues ? own : joinContents(content, own), found: true };
}

function statusOf(state: SaverState): SaveStatus {
  if (state.is === "refused" || state.is === "apart") return { is: "failed" };
  return state;
}
