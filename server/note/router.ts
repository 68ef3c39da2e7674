import { t } from "#server/trpc/init.ts";
import { clinicProcedure } from "#server/trpc/procedures.ts";
import { amendNote } from "./amend-note.ts";
import { changeTemplate } from "./change-template.ts";
import { cosignNote } from "./cosign-note.ts";
import { holdDraft } from "./hold-draft.ts";
import { listDrafts } from "./list-drafts.ts";
import { listNotes } from "./list-notes.ts";
import { listUnsigned } from "./list-unsigned.ts";
import { localKey } from "./local-key.ts";
import { markNoteInError } from "./mark-note-in-error.ts";
import { openDraft } from "./open-draft.ts";
import { readNotesOfDay } from "./read-day.ts";
import { readNote } from "./read-note.ts";
import { saveDraft } from "./save-draft.ts";
import {
  amendNoteInput,
  changeTemplateInput,
  cosignNoteInput,
  holdDraftInput,
  listNotesInput,
  localKeyInput,
  markNoteInErrorInput,
  notesOfDayInput,
  openDraftInput,
  paneInput,
  readNoteInput,
  saveDraftInput,
  setAudienceInput,
  signNoteInput,
  startNoteInput,
  unsignedNotesInput,
  watchDraftInput,
} from "./schema.ts";
import { setAudience } from "./set-audience.ts";
import { signNote } from "./sign-note.ts";
import { startNote } from "./start-note.ts";
import { watchDraft } from "./watch-draft.ts";

export const noteRouter = t.router({
  list: clinicProcedure("chart:read")
    .input(listNotesInput)
    .query(({ ctx, input }) => listNotes(ctx, input)),
  read: clinicProcedure("chart:read")
    .input(readNoteInput)
    .query(({ ctx, input }) => readNote(ctx, input)),
  drafts: clinicProcedure("chart:write")
    .input(paneInput)
    .query(({ ctx, input }) => listDrafts(ctx, input)),
  unsigned: clinicProcedure("chart:write")
    .input(unsignedNotesInput)
    .query(({ ctx, input }) => listUnsigned(ctx, input)),
  ofDay: clinicProcedure("chart:write")
    .input(notesOfDayInput)
    .query(({ ctx, input }) => readNotesOfDay(ctx, input)),
  start: clinicProcedure("chart:write")
    .input(startNoteInput)
    .mutation(({ ctx, input }) => startNote(ctx, input)),
  amend: clinicProcedure("chart:write")
    .input(amendNoteInput)
    .mutation(({ ctx, input }) => amendNote(ctx, input)),
  open: clinicProcedure("chart:write")
    .input(openDraftInput)
    .mutation(({ ctx, input }) => openDraft(ctx, input)),
  save: clinicProcedure("chart:write")
    .input(saveDraftInput)
    .mutation(({ ctx, input }) => saveDraft(ctx, input)),
  hold: clinicProcedure("chart:write")
    .input(holdDraftInput)
    .mutation(({ ctx, input }) => holdDraft(ctx, input)),
  watch: clinicProcedure("chart:write")
    .input(watchDraftInput)
    .query(({ ctx, input }) => watchDraft(ctx, input)),
  sign: clinicProcedure("chart:sign")
    .input(signNoteInput)
    .mutation(({ ctx, input }) => signNote(ctx, input)),
  cosign: clinicProcedure("chart:sign")
    .input(cosignNoteInput)
    .mutation(({ ctx, input }) => cosignNote(ctx, input)),
  markInError: clinicProcedure("chart:write")
    .input(markNoteInErrorInput)
    .mutation(({ ctx, input }) => markNoteInError(ctx, input)),
  setAudience: clinicProcedure("chart:write")
    .input(setAudienceInput)
    .mutation(({ ctx, input }) => setAudience(ctx, input)),
  changeTemplate: clinicProcedure("chart:write")
    .input(changeTemplateInput)
    .mutation(({ ctx, input }) => changeTemplate(ctx, input)),
  localKey: clinicProcedure("chart:write")
    .input(localKeyInput)
    .query(({ ctx, input }) => localKey(ctx, input)),
});
