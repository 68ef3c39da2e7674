import { SaxesParser, type SaxesTagPlain } from "saxes";

/**
 * The words of an OpenDocument text as HTML of a closed kind: paragraphs, headings as bold paragraphs, lists and lists in lists, bold and italic. What
 * stands in a table or a frame comes as its paragraphs; pictures, headers, footers, notes at the foot, comments and what was struck out in revision stay
 * behind, as do sizes, colours and alignment. Entities of its own are not expanded: the parser refuses them. Strings alone, so that it runs anywhere.
 * @param content its `content.xml` @param styles its `styles.xml`, where named styles say what is bold; may be empty
 * @throws when it is no XML, or no OpenDocument text
 */
export function odtToHtml(content: string, styles = ""): string {
  const known = { marks: new Map<string, Marks>(), parents: new Map<string, string>(), numbered: new Set<string>() };
  if (styles !== "") parse(styles, readStyles(known), () => undefined);
  const text = new Writer(known);
  const style = readStyles(known);
  parse(
    content,
    {
      open: (tag) => {
        style.open(tag);
        text.open(tag);
      },
      close: (name) => {
        style.close(name);
        text.close(name);
      },
    },
    (words) => text.words(words),
  );
  if (!text.isText) throw new Error("no OpenDocument text");
  return text.html;
}

interface Marks {
  readonly bold?: boolean | undefined;
  readonly italic?: boolean | undefined;
}

interface Known {
  readonly marks: Map<string, Marks>;
  readonly parents: Map<string, string>;
  /** Lists whose first level counts. */
  readonly numbered: Set<string>;
}

type Tag = SaxesTagPlain;
interface Handler {
  open(tag: Tag): void;
  close(name: string): void;
}

function parse(xml: string, { open, close }: Handler, words: (text: string) => void): void {
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", open);
  parser.on("closetag", ({ name }) => close(name));
  parser.on("text", words);
  parser.write(xml).close();
}

const of = ({ attributes }: Tag, name: string) => attributes[name] ?? "";

/** What each named style says of its letters, and which lists count. */
function readStyles({ marks, parents, numbered }: Known): Handler {
  let style = "";
  let list = "";
  return {
    open(tag) {
      if (tag.name === "style:style") {
        style = of(tag, "style:name");
        parents.set(style, of(tag, "style:parent-style-name"));
      }
      if (tag.name === "text:list-style") list = of(tag, "style:name");
      if (tag.name === "text:list-level-style-number" && of(tag, "text:level") === "1") numbered.add(list);
      if (tag.name !== "style:text-properties" || style === "") return;
      const [weight, slope] = [of(tag, "fo:font-weight"), of(tag, "fo:font-style")];
      marks.set(style, {
        ...(weight && { bold: weight === "bold" || Number(weight) >= 600 }),
        ...(slope && { italic: slope !== "normal" }),
      });
    },
    close(name) {
      if (name === "style:style") style = "";
      if (name === "text:list-style") list = "";
    },
  };
}

/** Words that are not the letter's own. */
const apart = new Set([
  "text:note",
  "office:annotation",
  "text:tracked-changes",
  "text:deletion",
  "office:forms",
  "svg:title",
  "svg:desc",
]);
const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

class Writer {
  html = "";
  isText = false;
  private isInside = false;
  private skipped = 0;
  private paragraphs = 0;
  private readonly lists: string[] = [];
  private readonly spans: Marks[] = [];
  private readonly known: Known;

  constructor(known: Known) {
    this.known = known;
  }

  open(tag: Tag): void {
    const { name } = tag;
    if (name === "office:text") {
      this.isInside = true;
      this.isText = true;
    }
    if (apart.has(name)) this.skipped += 1;
    if (!this.isInside || this.skipped > 0) return;
    if (name === "text:list") this.openList(of(tag, "text:style-name"));
    if (name === "text:list-item") this.html += "<li>";
    if (name === "text:p" || name === "text:h") {
      this.spans.push({ ...this.marksOf(of(tag, "text:style-name")), ...(name === "text:h" && { bold: true }) });
      this.paragraphs += 1;
      this.html += "<p>";
    }
    if (name === "text:span") this.spans.push({ ...this.spans.at(-1), ...this.marksOf(of(tag, "text:style-name")) });
    if (this.paragraphs === 0) return;
    // A line begun anew is a paragraph of its own: a letter has no other.
    if (name === "text:line-break") this.html += "</p><p>";
    if (name === "text:tab") this.words(" ");
    if (name === "text:s") this.words(" ".repeat(Math.min(Number(of(tag, "text:c") || "1") || 1, 100)));
  }

  close(name: string): void {
    if (apart.has(name)) {
      this.skipped -= 1;
      return;
    }
    if (name === "office:text") this.isInside = false;
    if (!this.isInside || this.skipped > 0) return;
    if (name === "text:list") this.html += `</${this.lists.pop() ?? "ul"}>`;
    if (name === "text:list-item") this.html += "</li>";
    if (name === "text:p" || name === "text:h") {
      this.spans.pop();
      this.paragraphs -= 1;
      this.html += "</p>";
    }
    if (name === "text:span") this.spans.pop();
  }

  words(text: string): void {
    if (!this.isInside || this.skipped > 0 || this.paragraphs === 0 || text === "") return;
    const { bold, italic } = this.spans.at(-1) ?? {};
    const said = escaped(text.replaceAll(/\s+/g, " "));
    const slanted = italic ? `<em>${said}</em>` : said;
    this.html += bold ? `<strong>${slanted}</strong>` : slanted;
  }

  /** A list in a list counts as the one that it is in, unless it says otherwise. */
  private openList(style: string): void {
    const kind = style === "" ? (this.lists.at(-1) ?? "ul") : this.known.numbered.has(style) ? "ol" : "ul";
    this.lists.push(kind);
    this.html += `<${kind}>`;
  }

  /** Its own, or what it is a kind of. */
  private marksOf(style: string): Marks {
    const seen = new Set<string>();
    let found: Marks = {};
    for (let name = style; name !== "" && !seen.has(name); name = this.known.parents.get(name) ?? "") {
      seen.add(name);
      found = { ...this.known.marks.get(name), ...found };
    }
    return found;
  }
}
