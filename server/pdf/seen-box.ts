import { PDFArray, type PDFDict, PDFName, PDFNumber } from "@cantoo/pdf-lib";

/** What a reader sees of a page: where it lies in the page's own points, as wide and as high as it is before it is turned. */
export interface SeenBox {
  readonly x: number;
  readonly y: number;
  readonly wide: number;
  readonly high: number;
  /** Degrees, clockwise. */
  readonly turn: 0 | 90 | 180 | 270;
}

const name = (text: string) => PDFName.of(text);
/** What viewers show of a page that does not say how large it is: a letter page. */
const letter = [0, 0, 612, 792] as const;
/** In points: far beyond what a viewer shows. */
const farthest = 1_000_000;
type Corners = readonly [number, number, number, number];

/**
 * ISO 32000-1, 14.11.2: the part of the page that is cut out for the reader, within the page. A page whose own size cannot be read is given that of a
 * letter, and a cut that leaves nothing is taken off: other viewers than ours may show nothing of either.
 */
export function seenBox(page: PDFDict): SeenBox {
  const whole = readCorners(page, "MediaBox") ?? letter;
  page.set(name("MediaBox"), page.context.obj([...whole]));
  const cut = within(readCorners(page, "CropBox") ?? whole, whole);
  if (!cut) page.delete(name("CropBox"));
  const [x, y, right, top] = cut ?? whole;
  return { x, y, wide: right - x, high: top - y, turn: turnOf(page) };
}

/** Lower left, then upper right, however they are written. */
function readCorners(page: PDFDict, key: string): Corners | undefined {
  const said = page.lookup(name(key));
  if (!(said instanceof PDFArray) || said.size() !== 4) return undefined;
  const numbers = [0, 1, 2, 3]
    .map((at) => said.lookup(at))
    .map((one) => (one instanceof PDFNumber ? one.asNumber() : Number.NaN));
  if (!numbers.every((one) => Math.abs(one) <= farthest)) return undefined;
  const [ax = 0, ay = 0, bx = 0, by = 0] = numbers;
  return someOf([Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)]);
}

const within = (one: Corners, whole: Corners): Corners | undefined =>
  someOf([
    Math.max(one[0], whole[0]),
    Math.max(one[1], whole[1]),
    Math.min(one[2], whole[2]),
    Math.min(one[3], whole[3]),
  ]);
const someOf = (corners: Corners): Corners | undefined =>
  corners[2] > corners[0] && corners[3] > corners[1] ? corners : undefined;

function turnOf(page: PDFDict): SeenBox["turn"] {
  const said = page.lookup(name("Rotate"));
  const turn = said instanceof PDFNumber ? ((said.asNumber() % 360) + 360) % 360 : 0;
  return turn === 90 || turn === 180 || turn === 270 ? turn : 0;
}

/** How wide it is for whoever reads it upright. */
export const widthSeen = ({ wide, high, turn }: SeenBox) => (turn % 180 === 0 ? wide : high);

/** From the lower left corner that the reader sees, upright, to the page's own points: the six numbers of `cm`. */
export function uprightIn({ x, y, wide, high, turn }: SeenBox): readonly number[] {
  switch (turn) {
    case 0:
      return [1, 0, 0, 1, x, y];
    case 90:
      return [0, 1, -1, 0, x + wide, y];
    case 180:
      return [-1, 0, 0, -1, x + wide, y + high];
    case 270:
      return [0, -1, 1, 0, x, y + high];
  }
}
