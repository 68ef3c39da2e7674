import { t } from "#server/trpc/init.ts";
import { clinicProcedure } from "#server/trpc/procedures.ts";
import { listAttachable } from "./attachments/list-attachable.ts";
import { correctLetter } from "./correct-letter.ts";
import { discardLetter, markLetterInError } from "./discard-letter.ts";
import { exportWord } from "./export-word.ts";
import { lettersTo, listLetters } from "./list-letters.ts";
import { previewLetter } from "./preview-letter.ts";
import { letterFields } from "./read-fields.ts";
import { readLetter } from "./read-letter.ts";
import { saveLetter } from "./save-letter.ts";
import {
  attachableInput,
  correctLetterInput,
  discardLetterInput,
  letterFieldsInput,
  letterInput,
  lettersToInput,
  listLettersInput,
  markLetterInErrorInput,
  readLetterInput,
  saveLetterInput,
  signLetterInput,
  startLetterInput,
} from "./schema.ts";
import { signLetter } from "./sign-letter.ts";
import { startLetter } from "./start-letter.ts";

const reading = clinicProcedure("chart:read");
const writing = clinicProcedure("chart:write");

export const letterRouter = t.router({
  list: reading.input(listLettersInput).query(({ ctx, input }) => listLetters(ctx, input)),
  to: reading.input(lettersToInput).query(({ ctx, input }) => lettersTo(ctx, input)),
  read: reading.input(readLetterInput).query(({ ctx, input }) => readLetter(ctx, input)),
  fields: reading.input(letterFieldsInput).query(({ ctx, input }) => letterFields(ctx, input)),
  attachable: reading.input(attachableInput).query(({ ctx, input }) => listAttachable(ctx, input)),
  start: writing.input(startLetterInput).mutation(({ ctx, input }) => startLetter(ctx, input)),
  correct: writing.input(correctLetterInput).mutation(({ ctx, input }) => correctLetter(ctx, input)),
  save: writing.input(saveLetterInput).mutation(({ ctx, input }) => saveLetter(ctx, input)),
  preview: writing.input(signLetterInput).mutation(({ ctx, input }) => previewLetter(ctx, input)),
  sign: clinicProcedure("chart:sign")
    .input(signLetterInput)
    .mutation(({ ctx, input }) => signLetter(ctx, input)),
  discard: writing.input(discardLetterInput).mutation(({ ctx, input }) => discardLetter(ctx, input)),
  markInError: writing.input(markLetterInErrorInput).mutation(({ ctx, input }) => markLetterInError(ctx, input)),
  word: reading.input(letterInput).mutation(({ ctx, input }) => exportWord(ctx, input)),
});
