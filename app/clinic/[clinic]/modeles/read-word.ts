import { cleanPasted } from "../patients/[patient]/_note/paste-word.ts";

/**
 * The text of a .docx as the editor takes a paste: paragraphs, lists, bold and italic; pictures and tables' frames stay behind. Read in this browser,
 * so that the clinic's file goes nowhere, and a hostile one harms no server.
 * @throws when it is no .docx
 */
export async function readWord(file: File): Promise<string> {
  const { default: mammoth } = await import("mammoth");
  const { value } = await mammoth.convertToHtml(
    { arrayBuffer: await file.arrayBuffer() },
    {
      styleMap: [
        "p[style-name='Heading 1'] => p > strong",
        "p[style-name='Heading 2'] => p > strong",
        "p[style-name='Title'] => p > strong",
      ],
      ignoreEmptyParagraphs: false,
      convertImage: mammoth.images.imgElement(async () => ({ src: "" })),
    },
  );
  return cleanPasted(value);
}
