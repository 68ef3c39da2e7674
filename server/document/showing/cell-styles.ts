import { getFormatFromId } from "numfmt";
import { asItIs, type NumberFormat, readFormat } from "./number-format.ts";
import { walk } from "./walk-xml.ts";

/** What the look of a cell says of what is in it. */
export interface CellStyle {
  readonly format: NumberFormat;
  readonly isStruck: boolean;
}
export const plain: CellStyle = { format: asItIs, isStruck: false };

/** Beyond, a number is of the format « General », or of another language's days. */
const lastOwn = 49;

/** The styles of a workbook's cells, by their place (ISO 29500, 18.8). */
export function stylesOf(xml: Buffer | undefined): CellStyle[] {
  const formats = new Map<number, NumberFormat>();
  const struck: boolean[] = [];
  const styles: CellStyle[] = [];
  /** Fonts and styles stand elsewhere too, for what is not a cell's own. */
  let within = "";
  const formatOf = (id: number) => {
    const known = formats.get(id) ?? (id <= lastOwn ? readFormat(getFormatFromId(id)) : asItIs);
    formats.set(id, known);
    return known;
  };
  walk(xml, {
    open: (name, { numFmtId = "0", formatCode = "", fontId = "0", val = "1" }) => {
      if (name === "fonts" || name === "cellXfs") within = name;
      if (name === "numFmt") formats.set(Number(numFmtId), readFormat(formatCode));
      if (name === "font" && within === "fonts") struck.push(false);
      if (name === "strike" && within === "fonts") struck[struck.length - 1] = isSo(val);
      if (name === "xf" && within === "cellXfs")
        styles.push({ format: formatOf(Number(numFmtId)), isStruck: struck[Number(fontId)] ?? false });
    },
    close: (name) => {
      if (name === within) within = "";
    },
  });
  return styles;
}

/** How a sheet says yes. */
export const isSo = (val: string) => val !== "0" && val !== "false";
