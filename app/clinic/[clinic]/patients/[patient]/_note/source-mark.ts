import { Mark } from "@tiptap/core";
import type { Source } from "#server/note/rich-text-schema.ts";

/** A piece that came from elsewhere: a dotted line under it, and on hover from where. What is typed after it is the writer's own. */
export const SourceMark = Mark.create<{ say: (source: Source) => string }>({
  name: "source",
  inclusive: false,
  addOptions: () => ({ say: () => "" }),
  addAttributes: () => ({ source: { default: null, rendered: false } }),
  // Never read from pasted markup: nobody brings a source from another page.
  parseHTML: () => [],
  renderHTML({ mark }) {
    const source = mark.attrs.source as Source;
    return ["span", { "data-source": source.kind, title: this.options.say(source) }, 0];
  },
});
