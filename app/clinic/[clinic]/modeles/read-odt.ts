import { cleanPasted } from "../patients/[patient]/_note/paste-word.ts";

/** Of one part, unpacked: a page of text is some kilobytes, and a file that says otherwise is not read. */
const mostBytes = 8 * 1024 * 1024;

/**
 * The text of an .odt as the editor takes a paste, as a .docx is (read-word.ts): read in this browser, so that the clinic's file goes nowhere.
 * @throws when it is no .odt
 */
export async function readOdt(file: File): Promise<string> {
  const [{ strFromU8, unzipSync }, { odtToHtml }] = await Promise.all([import("fflate"), import("./odt-to-html.ts")]);
  const parts = unzipSync(new Uint8Array(await file.arrayBuffer()), {
    filter: ({ name, originalSize }) => (name === "content.xml" || name === "styles.xml") && originalSize <= mostBytes,
  });
  const [content, styles] = [parts["content.xml"], parts["styles.xml"]];
  if (!content) throw new Error("no OpenDocument text");
  return cleanPasted(odtToHtml(strFromU8(content), styles ? strFromU8(styles) : ""));
}
