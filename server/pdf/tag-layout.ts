import type { Tag, Tagged } from "./tag.ts";

/** What is read here of a page that the library has laid out. */
export interface Laid {
  readonly type: string;
  readonly props?: Partial<Tagged> & { readonly fixed?: boolean; readonly paint?: () => null };
  readonly box?: Readonly<Record<string, unknown>>;
  readonly style?: Readonly<Record<string, unknown>>;
  readonly lines?: readonly unknown[];
  children?: Laid[];
}

/** One element of the structure tree, as PDFKit makes them. */
interface Branch {
  readonly type: string;
  readonly element: PDFKit.PDFStructureElement;
  /** The list, table or contents that gathers neighbours of one kind; over when something else comes. */
  gathers?: Branch;
}

/** What a piece that stands alone is gathered in, with its neighbours of the same kind. */
const homes: Partial<Record<Tag, Tag>> = { LI: "L", TR: "Table", TOCI: "TOC" };

/**
 * Marks what is drawn and grows the structure tree beside it. The library draws a page's pieces in their order and has no place for marks: small pieces
 * that draw nothing stand around each, and write the marks when their turn comes. What a piece becomes on two pages is one element; what is repeated on
 * each page, and lines and grounds, are artifacts.
 */
export function tagLayout(doc: PDFKit.PDFDocument, document: Laid): void {
  const root: Branch = { type: "Document", element: doc.struct("Document") };
  doc.addStructure(root.element);
  /** By what was written: a piece that goes on over the page keeps its properties. */
  const grown = new Map<object, Branch>();

  const grow = (parent: Branch, type: string, { alt, scope, lang }: Partial<Tagged> = {}): Branch => {
    const element = doc.struct(type, {
      ...(alt && { alt }),
      ...(scope && { scope }),
      ...(lang && { lang }),
    } as object);
    parent.element.add(element);
    return { type, element };
  };

  function branchFor(node: Laid, parent: Branch, tags: readonly Tag[]): Branch {
    const known = node.props && grown.get(node.props);
    if (known) return known;
    const [first] = tags;
    const home = first && homes[first];
    if (home && parent.type !== home && parent.gathers?.type !== home) parent.gathers = grow(parent, home);
    if (!home) parent.gathers = undefined;
    let branch = home && parent.type !== home && parent.gathers ? parent.gathers : parent;
    for (const type of tags) branch = grow(branch, type, type === tags.at(-1) ? node.props : undefined);
    if (node.props) grown.set(node.props, branch);
    return branch;
  }

  const artifact = [mark(() => doc.markContent("Artifact")), mark(() => doc.endMarkedContent())] as const;
  const asArtifact = (node: Laid): Laid[] => [artifact[0], node, artifact[1]];

  function marked(node: Laid, branch: Branch): Laid[] {
    return [
      mark(() => branch.element.add(doc.markStructureContent(branch.type))),
      node,
      mark(() => doc.endMarkedContent()),
    ];
  }

  function walk(node: Laid, parent: Branch): Laid[] {
    const tags = node.props?.tags;
    // A row of headings that every page repeats is read once.
    const isRepeated = node.props?.fixed && (!tags || grown.has(node.props));
    if (isRepeated || tags?.includes("Artifact")) return asArtifact(node);
    if (node.type === "TEXT") return node.lines?.length ? marked(node, branchFor(node, parent, tags ?? ["P"])) : [node];
    if (node.type !== "VIEW") return tags ? marked(node, branchFor(node, parent, tags)) : asArtifact(node);
    const branch = tags ? branchFor(node, parent, tags) : parent;
    const inside = (node.children ?? []).flatMap((child) => walk(child, branch));
    if (!isDrawn(node)) {
      node.children = inside;
      return [node];
    }
    // Its ground and its lines are drawn before what is in it.
    node.children = [artifact[1], ...inside];
    return [artifact[0], node];
  }

  for (const page of document.children ?? [])
    page.children = (page.children ?? []).flatMap((child) => walk(child, root));
}

const sides = ["borderTopWidth", "borderRightWidth", "borderBottomWidth", "borderLeftWidth"] as const;
const isDrawn = ({ box, style }: Laid) => Boolean(style?.backgroundColor) || sides.some((side) => box?.[side]);

/** A piece that draws nothing. */
const mark = (write: () => unknown): Laid => ({
  type: "CANVAS",
  box: { top: 0, left: 0, width: 1, height: 1 },
  style: {},
  props: {
    paint: () => {
      write();
      return null;
    },
  },
  children: [],
});
