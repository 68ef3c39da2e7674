import {
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  type PDFObject,
  PDFObjectCopier,
  PDFRef,
  PDFStream,
  StandardFonts,
} from "@cantoo/pdf-lib";
import { breathing } from "./breathing.ts";
import { carryTags } from "./carry-tags.ts";
import { objectWriter, type Sink } from "./object-writer.ts";
import { quietPage } from "./quiet-page.ts";
import { type SeenBox, seenBox, uprightIn, widthSeen } from "./seen-box.ts";

/** A letter page, in points. */
const [width, height] = [612, 792];
const margin = 36;

/** A line of the outline that viewers show beside the pages. */
export interface Bookmark {
  readonly label: string;
  /** From 1. */
  readonly page: number;
  /** Under the one before that is not. */
  readonly under: boolean;
}

/**
 * Many files as one: pages are copied as they are, pictures get a page each. What a page draws goes to the file as it is joined and is forgotten: what
 * is held in memory is the page's own few words, and the file that is being read.
 */
export interface Joined {
  /** Of our own making, or written anew (`server/document/joining`): any other may take all the memory there is. @returns how many pages it brought */
  addPdf(content: Uint8Array): Promise<number>;
  /** A JPEG, as large as a page lets it be. @param shows its title, for whom does not see it */
  addPicture(content: Uint8Array, shows: string): Promise<number>;
  readonly pages: number;
  /** Puts these pages before the page that is the `at`-th from 0. @returns how many */
  insertPdf(content: Uint8Array, at: number): Promise<number>;
  /** Ends the file. A line at the foot of each page, whose number is known only now (none where it is empty), and the outline. */
  end(last?: {
    readonly foot?: (page: number, of: number) => string;
    /** Points between the page's edge and that line. */
    readonly footAt?: number;
    readonly outline?: readonly Bookmark[];
  }): Promise<void>;
}

/** How many pages a file of our own making has. */
export async function countPages(content: Uint8Array): Promise<number> {
  const document = await PDFDocument.load(content, { updateMetadata: false });
  return document.getPageCount();
}

interface Copied {
  readonly ref: PDFRef;
  readonly node: PDFDict;
}
interface Leaf extends Copied {
  readonly seen: SeenBox;
  /** Where its foot is drawn. */
  readonly foot: PDFRef;
  /** Its marks, for the tree: the key is what the page says, the list is written already. */
  readonly key: number;
  readonly marks: PDFRef;
  /** On the first page of what came together: its branch of the tree. */
  part?: PDFRef;
}

const name = (text: string) => PDFName.of(text);
const footFont = "ChevetFoot";
/** Keys of the pages' marks: far from those that drawings and annotations of other files still bear. */
const firstKey = 1_000_000;
/** What one page may bring, and how long one object may be without what it draws: neither is taken in pieces, and a process that serves others would be held. */
const [mostOfPage, longestObject] = [20_000, 1024 * 1024];

/**
 * @param title names nobody: viewers list it among recent files. @param madeAt so that the same pages make the same bytes
 * @param sink takes the bytes, in their order
 */
export async function beginJoin(title: string, language: "fr" | "en", madeAt: Date, sink: Sink): Promise<Joined> {
  const document = await PDFDocument.create();
  document.setTitle(title);
  document.setLanguage(language === "fr" ? "fr-CA" : "en-CA");
  document.setCreator("Chevet");
  document.setProducer("Chevet");
  document.setCreationDate(madeAt);
  document.setModificationDate(madeAt);
  const { context, catalog } = document;
  const writer = objectWriter(sink);
  const font = await document.embedFont(StandardFonts.Helvetica);
  // What a page draws stands between these two: whatever it leaves of its state, its foot is drawn from the beginning.
  const [begin, end] = [context.register(context.stream("q")), context.register(context.stream("Q"))];
  // The same around a page that has no tags: it is read as one piece, in the order in which it is drawn.
  const [beginWhole, endWhole] = [
    context.register(context.stream("/P <</MCID 0>> BDC q")),
    context.register(context.stream("Q EMC")),
  ];
  const [tree, whole] = [context.nextRef(), context.nextRef()];
  const info = context.trailerInfo.Info as PDFRef;
  const root = context.trailerInfo.Root as PDFRef;
  const pagesRef = catalog.get(name("Pages")) as PDFRef;
  const kept = new Set<PDFRef>([info, root, pagesRef]);
  const leaves: Leaf[] = [];
  let keys = 0;
  const breathe = breathing();

  /** All that no page's own words are. */
  async function letGo(): Promise<void> {
    for (const [ref, object] of context.enumerateIndirectObjects()) {
      if (kept.has(ref)) continue;
      refuseLong(object);
      await writer.write(ref, object);
      context.delete(ref);
      await breathe();
    }
  }

  async function bring(source: PDFDocument, at: number, shows?: string): Promise<number> {
    const copied = await copyPages(source);
    const part = context.nextRef();
    const carried = carryTags(
      source,
      copied.map(({ ref }) => ref),
      context,
      part,
    );
    const wholes: PDFRef[] = [];
    const made: Leaf[] = [];
    for (const [nth, page] of copied.entries()) {
      await breathe();
      const parents = carried?.parents[nth] ?? [];
      if (parents.length > 0) {
        made.push(toLeaf(page, parents, [begin, end]));
        continue;
      }
      const element = context.register(
        context.obj({
          S: shows === undefined ? "P" : "Figure",
          ...(shows !== undefined && { Alt: PDFHexString.fromText(shows) }),
          P: part,
          K: [{ Type: "MCR", Pg: page.ref, MCID: 0 }],
        }),
      );
      wholes.push(element);
      made.push(toLeaf(page, [element], [beginWhole, endWhole]));
    }
    context.assign(part, context.obj({ S: "Part", P: whole, K: [...(carried?.tops ?? []), ...wholes] }));
    const [first] = made;
    if (first) first.part = part;
    leaves.splice(at, 0, ...made);
    await document.flush();
    await letGo();
    return made.length;
  }

  /** As the library's own does, a page at a time: it copies all of them at once. */
  async function copyPages(source: PDFDocument): Promise<Copied[]> {
    const copier = PDFObjectCopier.for(source.context, context);
    const copied: Copied[] = [];
    for (const page of source.getPages()) {
      const before = context.largestObjectNumber;
      const node = copier.copy(page.node);
      if (context.largestObjectNumber - before > mostOfPage) throw new RangeError("too large");
      copied.push({ node, ref: context.register(node) });
      await breathe();
    }
    return copied;
  }

  function toLeaf(
    { node, ref }: Copied,
    parents: readonly (PDFRef | undefined)[],
    [before, after]: readonly [PDFRef, PDFRef],
  ): Leaf {
    const foot = context.nextRef();
    // Looked up now: what they lead to is let go.
    const seen = seenBox(node);
    const drawn = node.lookup(name("Contents"));
    const contents = drawn instanceof PDFArray ? drawn.asArray() : [node.get(name("Contents"))];
    const refs = contents.filter((one): one is PDFRef => one instanceof PDFRef);
    node.set(name("Contents"), context.obj([before, ...refs, after, foot]));
    const resources = copyOf(node.lookup(name("Resources")));
    const fonts = copyOf(resources.lookup(name("Font")));
    fonts.set(name(footFont), font.ref);
    resources.set(name("Font"), fonts);
    node.set(name("Resources"), resources);
    node.set(name("Parent"), pagesRef);
    const key = firstKey + keys++;
    node.set(name("StructParents"), context.obj(key));
    refuseLong(node);
    const marks = context.register(context.obj(Array.from(parents, (one) => one ?? null)));
    kept.add(ref);
    return { ref, node, seen, foot, key, marks };
  }
  const copyOf = (one: PDFObject | undefined): PDFDict =>
    one instanceof PDFDict ? one.clone(context) : (context.obj({}) as PDFDict);

  /** Over whatever the page bears there: a scanned page has no margin. */
  function drawFoot(text: string, seen: SeenBox, y: number): string {
    const size = 8;
    const long = font.widthOfTextAtSize(text, size);
    const x = Math.max(8, (widthSeen(seen) - long) / 2);
    const box = [x - 4, y - 4, long + 8, 13].map((one) => one.toFixed(2)).join(" ");
    const upright = uprightIn(seen)
      .map((one) => one.toFixed(2))
      .join(" ");
    return `/Artifact <</Type /Pagination>> BDC q ${upright} cm 1 1 1 rg ${box} re f BT 0.25 0.29 0.34 rg /${footFont} ${size} Tf ${x.toFixed(2)} ${y} Td ${font.encodeText(text)} Tj ET Q EMC`;
  }

  /** The branches of what came, in the order of the pages, and the way from a page's marks to them. */
  async function writeTree(): Promise<void> {
    const parts = leaves.flatMap(({ part }) => part ?? []);
    const byKey = leaves.toSorted((a, b) => a.key - b.key);
    await writer.write(whole, context.obj({ S: "Document", P: tree, K: parts }));
    await writer.write(
      tree,
      context.obj({
        Type: "StructTreeRoot",
        K: [whole],
        ParentTree: { Nums: byKey.flatMap(({ key, marks }) => [key, marks]) },
        ParentTreeNextKey: firstKey + keys,
      }),
    );
    catalog.set(name("StructTreeRoot"), tree);
    catalog.set(name("MarkInfo"), context.obj({ Marked: true }));
    catalog.set(name("ViewerPreferences"), context.obj({ DisplayDocTitle: true }));
  }

  /** @returns the outline, for the catalog to name */
  async function writeOutline(marks: readonly Bookmark[]): Promise<PDFRef> {
    const outline = context.nextRef();
    const nodes = marks.map((mark) => ({ ...mark, ref: context.nextRef() }));
    const tops = nodes.filter(({ under }, at) => !under || at === 0);
    const childrenOf = (top: (typeof nodes)[number]) => {
      const from = nodes.indexOf(top) + 1;
      const next = nodes.findIndex(({ under }, at) => at >= from && !under);
      return nodes.slice(from, next === -1 ? undefined : next);
    };
    const write = async (row: typeof nodes, parent: PDFRef, under: (one: (typeof nodes)[number]) => typeof nodes) => {
      for (const [at, one] of row.entries()) {
        const [before, after, inside] = [row[at - 1], row[at + 1], under(one)];
        await writer.write(
          one.ref,
          context.obj({
            Title: PDFHexString.fromText(one.label),
            Parent: parent,
            Dest: [leaves[one.page - 1]?.ref ?? null, "Fit"],
            ...(before && { Prev: before.ref }),
            ...(after && { Next: after.ref }),
            // Shut until somebody opens it.
            ...(inside[0] && {
              First: inside[0].ref,
              Last: inside.at(-1)?.ref ?? inside[0].ref,
              Count: -inside.length,
            }),
          }),
        );
        await write(inside, one.ref, () => []);
      }
    };
    await write(tops, outline, childrenOf);
    const [first] = tops;
    await writer.write(
      outline,
      context.obj({
        Type: "Outlines",
        Count: tops.length,
        ...(first && { First: first.ref, Last: tops.at(-1)?.ref ?? first.ref }),
      }),
    );
    return outline;
  }

  return {
    addPdf: async (content) => bring(await loadQuietly(content), leaves.length),
    async addPicture(content, shows) {
      const one = await PDFDocument.create();
      const picture = await one.embedJpg(content);
      const page = one.addPage([width, height]);
      const { width: w, height: h } = picture.scaleToFit(width - 2 * margin, height - 2 * margin - 20);
      page.drawImage(picture, { x: (width - w) / 2, y: height - margin - h, width: w, height: h });
      await one.flush();
      return bring(one, leaves.length, shows);
    },
    get pages() {
      return leaves.length;
    },
    insertPdf: async (content, at) => bring(await loadQuietly(content), at),
    async end({ foot, footAt = 13, outline = [] } = {}) {
      await document.flush();
      await letGo();
      for (const [at, leaf] of leaves.entries()) {
        const said = foot?.(at + 1, leaves.length);
        await writer.write(leaf.foot, context.stream(said ? drawFoot(said, leaf.seen, footAt) : ""));
        await writer.write(leaf.ref, leaf.node);
        await breathe();
      }
      const kids = leaves.map(({ ref }) => ref);
      await writer.write(pagesRef, context.obj({ Type: "Pages", Kids: kids, Count: kids.length }));
      if (outline.length > 0) {
        catalog.set(name("Outlines"), await writeOutline(outline));
        catalog.set(name("PageMode"), name("UseOutlines"));
      }
      await writeTree();
      await writer.write(root, catalog);
      await writer.write(info, context.lookup(info) as PDFDict);
      await writer.end(root, info);
    },
  };
}

async function loadQuietly(content: Uint8Array): Promise<PDFDocument> {
  const source = await PDFDocument.load(content, { updateMetadata: false });
  // Before they are copied: what no page leads to any more is not brought along.
  for (const page of source.getPages()) quietPage(page);
  return source;
}

function refuseLong(object: PDFObject): void {
  const said = object instanceof PDFStream ? object.dict : object;
  if (said.sizeInBytes() > longestObject) throw new RangeError("too large");
}

/** For a file that is small enough to be held: takes the bytes, and gives them back as one. */
export function keepBytes(): { readonly sink: Sink; readonly bytes: () => Buffer } {
  const parts: Uint8Array[] = [];
  return { sink: async (bytes) => void parts.push(bytes), bytes: () => Buffer.concat(parts) };
}

/** Letters that the standard fonts of a PDF have (WinAnsi); any other becomes its plain form, or « ? ». */
export function inStandardLetters(text: string): string {
  return [...text.normalize("NFC")]
    .map((sign) => {
      if (/[\x20-\x7e\xa1-\xff’‘“”–—…•œŒ€]/.test(sign)) return sign;
      if (/\s/u.test(sign)) return " ";
      const plain = sign.normalize("NFD").replaceAll(/\p{M}/gu, "");
      return /^[\x20-\x7e]+$/.test(plain) ? plain : "?";
    })
    .join("");
}
