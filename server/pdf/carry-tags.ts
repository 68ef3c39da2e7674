import {
  PDFArray,
  type PDFContext,
  PDFDict,
  type PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  type PDFObject,
  type PDFRef,
  PDFString,
} from "@cantoo/pdf-lib";

const name = (text: string) => PDFName.of(text);
/** What no page of ours comes near; a tree beyond is of somebody who means harm, or of no use to anybody. */
const [deepest, mostElements, mostSteps] = [128, 50_000, 400_000];
/** Of all the lists of marks together, which are as long as the highest number of each page; of all the words; of one text. */
const [mostMarks, mostWords, longestText] = [200_000, 1_000_000, 4_000];
/** Of whose heading a cell is, over how many columns, and how a list counts: what else is said of an element stays behind. */
const attributeKeys = ["O", "Scope", "ColSpan", "RowSpan", "ListNumbering"].map(name);

/** What a page's marks belong to, by their number; and what stands at the top, in the order of reading. */
export interface Carried {
  readonly tops: readonly PDFRef[];
  /** One for each page of the source, empty for a page without a mark of its own. */
  readonly parents: readonly (readonly (PDFRef | undefined)[])[];
}

/** Its tree is broken, endless or too large: its pages are read as pages without one. */
class Unreadable extends Error {}

/**
 * Takes the structure tree of a file over to where its pages have gone (ISO 32000-1, 14.7). Carried: the kind of each element, the words that stand for
 * it, whose heading a cell is, and its marks on the pages. Not carried: what leads to marks in drawings of their own, and to annotations.
 * @param pages where the source's pages are now, in their order
 * @param parent what the tops stand under
 * @returns nothing for a source without a tree that can be read
 */
export function carryTags(
  source: PDFDocument,
  pages: readonly PDFRef[],
  context: PDFContext,
  parent: PDFRef,
): Carried | undefined {
  const root = source.catalog.lookup(name("StructTreeRoot"));
  if (!(root instanceof PDFDict)) return undefined;
  const own = new Map<PDFObject | undefined, number>(source.getPages().map(({ ref }, at) => [ref, at]));
  const parents: (PDFRef | undefined)[][] = pages.map(() => []);
  const roles = root.lookup(name("RoleMap"));
  const seen = new Set<PDFDict>();
  const made: [PDFRef, PDFDict][] = [];
  let [marks, steps, words] = [0, 0, 0];

  const standard = (kind: PDFName): PDFName => {
    let role = kind;
    for (let step = 0; step < 8 && roles instanceof PDFDict; step += 1) {
      const next = roles.lookup(role);
      if (!(next instanceof PDFName)) return role;
      role = next;
    }
    return role;
  };

  function mark(number: PDFObject | undefined, page: PDFObject | undefined, owner: PDFRef): PDFDict | undefined {
    const at = own.get(page) ?? -1;
    const [marked, target] = [parents[at], pages[at]];
    if (!(number instanceof PDFNumber) || !marked || !target) return undefined;
    const id = number.asNumber();
    if (!Number.isInteger(id) || id < 0) throw new Unreadable();
    marks += Math.max(0, id + 1 - marked.length);
    if (marks > mostMarks) throw new Unreadable();
    marked[id] = owner;
    return context.obj({ Type: "MCR", Pg: target, MCID: id }) as PDFDict;
  }

  /** @returns what stands for it under `owner`: an element, or a mark on a page */
  function carry(kid: PDFObject | undefined, owner: PDFRef, page: PDFObject | undefined, depth: number): PDFObject[] {
    steps += 1;
    if (depth > deepest || steps > mostSteps) throw new Unreadable();
    const one = kid && source.context.lookup(kid);
    // Lists of lists go deeper as elements do: one that holds another twice, and so on, has no end.
    if (one instanceof PDFArray) return one.asArray().flatMap((each) => carry(each, owner, page, depth + 1));
    if (one instanceof PDFNumber) return kept(mark(one, page, owner));
    if (!(one instanceof PDFDict)) return [];
    const type = one.lookup(name("Type"));
    if (type === name("OBJR")) return [];
    // Marks in a drawing that has its own (« Stm ») are left where they are.
    if (type === name("MCR"))
      return one.has(name("Stm")) ? [] : kept(mark(one.lookup(name("MCID")), one.get(name("Pg")) ?? page, owner));
    const kind = one.lookup(name("S"));
    if (!(kind instanceof PDFName)) return [];
    if (seen.has(one) || seen.size > mostElements) throw new Unreadable();
    seen.add(one);
    const role = standard(kind);
    // The whole has a document of its own, in which this one is a part.
    if (role === name("Document")) return carry(one.get(name("K")), owner, one.get(name("Pg")) ?? page, depth + 1);
    const ref = context.nextRef();
    const kids = carry(one.get(name("K")), ref, one.get(name("Pg")) ?? page, depth + 1);
    // Nothing of it is on a page: its words may be those of pages that were taken out.
    if (kids.length === 0) return [];
    const element = context.obj({ S: role, P: owner, K: kids }) as PDFDict;
    for (const key of ["Alt", "ActualText", "E", "T", "Lang"]) {
      const text = one.lookup(name(key));
      if (!(text instanceof PDFString || text instanceof PDFHexString) || text.sizeInBytes() > longestText) continue;
      words += text.sizeInBytes();
      if (words > mostWords) throw new Unreadable();
      element.set(name(key), text.clone());
    }
    const told = attributesOf(one.lookup(name("A")));
    if (told.length > 0) element.set(name("A"), context.obj(told));
    made.push([ref, element]);
    return [ref];
  }

  function attributesOf(one: PDFObject | undefined): PDFDict[] {
    const all = one instanceof PDFArray ? one.asArray().slice(0, 4) : kept(one);
    return all
      .map((each) => source.context.lookup(each))
      .filter((each): each is PDFDict => each instanceof PDFDict)
      .map(plain);
  }
  function plain(dict: PDFDict): PDFDict {
    const copy = context.obj({}) as PDFDict;
    for (const key of attributeKeys) {
      const value = dict.lookup(key);
      if (value instanceof PDFName || value instanceof PDFNumber) copy.set(key, value);
    }
    return copy;
  }

  try {
    const tops = carry(root.get(name("K")), parent, undefined, 0);
    for (const [ref, element] of made) context.assign(ref, element);
    return { tops: tops as PDFRef[], parents };
  } catch {
    return undefined;
  }
}

const kept = <T>(one: T | undefined): T[] => (one === undefined ? [] : [one]);
