import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";

/** What a screen reader meets: its kind, its words, and what is under it. */
export interface Heard {
  readonly role: string;
  readonly text?: string;
  readonly alt?: string;
  readonly under?: readonly Heard[];
}

interface Leaf {
  readonly type: "content";
  readonly id: string;
}
interface Element {
  readonly role: string;
  readonly alt?: string;
  readonly children: readonly (Element | Leaf)[];
}

/** One page, by the structure tree alone. */
export interface HeardPage {
  readonly heard: readonly Heard[];
  /** Words that are drawn for the eye: page numbers, what is repeated. */
  readonly artifacts: readonly string[];
  /** Words that no element holds: a screen reader may leave them out. */
  readonly lost: readonly string[];
}

/** A file as it is heard, page after page. */
export async function hear(pdf: Uint8Array): Promise<HeardPage[]> {
  const document = await getDocument({ data: new Uint8Array(pdf), verbosity: 0 }).promise;
  const pages: HeardPage[] = [];
  for (let nth = 1; nth <= document.numPages; nth += 1) {
    const page = await document.getPage(nth);
    const words = new Map<string, string>();
    const [artifacts, lost]: [string[], string[]] = [[], []];
    const open: { id?: string; isArtifact: boolean }[] = [];
    const { items } = await page.getTextContent({ includeMarkedContent: true });
    for (const item of items) {
      if ("str" in item) {
        const id = open.findLast((one) => one.id)?.id;
        if (id) words.set(id, `${words.get(id) ?? ""}${item.str}${item.hasEOL ? " " : ""}`);
        else if (item.str.trim()) (open.some(({ isArtifact }) => isArtifact) ? artifacts : lost).push(item.str);
      } else if (item.type.startsWith("beginMarkedContent"))
        // Its types leave the tag out.
        open.push({ id: item.id, isArtifact: "tag" in item && item.tag === "Artifact" });
      else open.pop();
    }
    const tree = (await page.getStructTree()) as unknown as Element | null;
    pages.push({ heard: tree?.children.map((one) => say(one, words)) ?? [], artifacts, lost });
  }
  await document.destroy();
  return pages;
}

function say(one: Element | Leaf, words: ReadonlyMap<string, string>): Heard {
  if ("id" in one) return { role: "#", text: words.get(one.id) ?? "" };
  const leaves = one.children.filter((child): child is Leaf => "id" in child);
  const text = leaves
    .map(({ id }) => words.get(id) ?? "")
    .join("")
    .trim();
  const under = one.children.filter((child): child is Element => "role" in child).map((child) => say(child, words));
  return {
    role: one.role,
    ...(text && { text }),
    ...(one.alt && { alt: one.alt }),
    ...(under.length > 0 && { under }),
  };
}

/** Every element, from the top down in the order of reading. */
export function flat(heard: readonly Heard[]): Heard[] {
  return heard.flatMap((one) => [one, ...flat(one.under ?? [])]);
}
