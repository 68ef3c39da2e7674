import type { ClinicContext } from "#server/context.ts";
import { putOnPages } from "#server/document/put-on-pages.ts";
import { invalid } from "#server/errors.ts";
import { beginJoin, inStandardLetters, type Joined, keepBytes } from "#server/pdf/join-pdf.ts";
import { legibleAll } from "#server/pdf/legible.ts";
import { renderPdf } from "#server/pdf/render-pdf.ts";
import type { FileRoom } from "#server/storage/file-room.ts";
import { LetterPages } from "../letter-pdf.tsx";
import type { PreparedLetter } from "../prepare-letter.ts";
import { letterWords } from "../words.ts";
import { NotePages, ResultPages } from "./attached-pages.tsx";
import { type AttachedItem, mostAttachedBytes } from "./read-attached.ts";

/** Above the line that a whole chart or a fax writes at the foot of these same pages. */
const footAt = 24;

export interface Paper {
  readonly pdf: Uint8Array;
  readonly pages: number;
}

interface Made {
  readonly signature: string | null;
  readonly madeAt: string;
  readonly isPreview: boolean;
}

/**
 * The letter, and behind it in their order what is attached, in one PDF; the list stands on its first page, and each page behind it says of which
 * clinic and patient it is, which piece, and which page of the whole file.
 * @throws Invalid `letter.tooHeavy`; `letter.unreadable` with the `title` of a PDF that has a password, is broken or is made to harm, or of a picture that is broken
 */
export async function assembleLetter(
  ctx: ClinicContext,
  prepared: PreparedLetter,
  made: Made,
  room: FileRoom,
): Promise<Paper> {
  const letter = legibleAll(prepared);
  const weight = letter.attached.reduce((sum, one) => sum + (one.kind === "document" ? one.sizeBytes : 0), 0);
  if (weight > mostAttachedBytes) throw invalid("letter.tooHeavy", { attachments: "letter.tooHeavy" });
  const words = letterWords[letter.content.language];
  const kept = keepBytes();
  const joined = await beginJoin(words[letter.kind], letter.content.language, new Date(made.madeAt), kept.sink);
  /** What each page behind the letter is of, but for its number. */
  const behind: string[] = [];
  const attached: { title: string; pages: number }[] = [];
  for (const [nth, item] of letter.attached.entries()) {
    const pages = await attach(ctx, letter, item, joined, made, room);
    attached.push({ title: item.title, pages });
    const piece = `${words.attachment} ${nth + 1} : ${item.title}`;
    for (let page = 1; page <= pages; page += 1)
      behind.push(
        [letter.clinic.name, letter.patient.name, piece, pages > 1 && `${page}/${pages}`].filter(Boolean).join(" · "),
      );
  }
  // Last, when the pages of all that is behind it are known, and before them.
  const own = await joined.insertPdf(await renderPdf(LetterPages({ letter, attached, ...made })), 0);
  await joined.end({
    footAt,
    foot: (page, of) => (page > own ? inStandardLetters(`${behind[page - own - 1]} · ${words.page(page, of)}`) : ""),
  });
  return { pdf: kept.bytes(), pages: joined.pages };
}

/** @returns how many pages it has there */
async function attach(
  ctx: ClinicContext,
  letter: PreparedLetter,
  item: AttachedItem,
  joined: Joined,
  { madeAt }: Made,
  room: FileRoom,
): Promise<number> {
  const { title } = item;
  if (item.kind === "note")
    return joined.addPdf(await renderPdf(NotePages({ letter, title, madeAt, note: item.note })));
  if (item.kind === "results")
    return joined.addPdf(await renderPdf(ResultPages({ letter, title, madeAt, values: item.values })));
  const { pages, isCut } = await putOnPages(ctx, { ...item.file, mediaType: item.mediaType, title }, joined, room);
  if (pages === 0 || isCut) throw invalid("letter.unreadable", { attachments: "letter.unreadable" }, { title });
  return pages;
}
