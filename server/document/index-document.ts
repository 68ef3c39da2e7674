import type { Db } from "#server/db/database.ts";
import { nameWords } from "#server/patient/fold-name.ts";
import type { DocumentType } from "./schema.ts";
import { typeWords } from "./type-words.ts";

/** A tsvector holds a megabyte: more different words than a book has, and their letters. */
const mostWords = 20_000;
const mostLetters = 300_000;

/**
 * Writes anew the words by which a document is found: those of its title, type, author and file name, then those that were read in it. Folded here
 * as a query is folded, since PostgreSQL folds nothing (server/patient/README.md).
 */
export async function indexDocument(db: Db, clinicId: string, id: string): Promise<void> {
  const document = await db.document.findFirst({
    where: { clinicId, id },
    select: { title: true, documentType: true, sourceAuthor: true, fileName: true },
  });
  const read = await db.documentText.findFirst({ where: { clinicId, id }, select: { content: true } });
  if (!document || !read) return;
  const { title, documentType, sourceAuthor, fileName } = document;
  const kind = documentType ? typeWords[documentType as DocumentType].found : "";
  const words = wordsOf([title, kind, sourceAuthor, fileName.replaceAll("_", " "), read.content].join(" "));
  await db.$executeRaw`
    update clinic.document_text set words = array_to_tsvector(${words}::text[])
    where clinic_id = ${clinicId}::uuid and id = ${id}::uuid`;
}

/** Each word once, the first ones of a text that has too many. */
export function wordsOf(text: string): string[] {
  const kept: string[] = [];
  let letters = 0;
  for (const word of nameWords(text)) {
    letters += word.length;
    if (kept.length === mostWords || letters > mostLetters) break;
    kept.push(word);
  }
  return kept;
}
