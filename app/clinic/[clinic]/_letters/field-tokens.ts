import { Extension } from "@tiptap/core";
import { Plugin } from "@tiptap/pm/state";
import { Decoration, DecorationSet } from "@tiptap/pm/view";
import { fieldNamed, fieldOf, tokenPattern } from "#server/letter/fields-schema.ts";

/** Fields that stand open are seen to be fields: known, filled at the signature, or known to nobody. */
export const FieldTokens = Extension.create({
  name: "fieldTokens",
  addProseMirrorPlugins: () => [
    new Plugin({
      props: {
        decorations({ doc }) {
          const found: Decoration[] = [];
          doc.descendants((node, at) => {
            if (!node.isText) return;
            for (const match of (node.text ?? "").matchAll(tokenPattern)) {
              const key = fieldNamed(match[1] ?? "");
              const is = key === undefined ? "unknown" : fieldOf(key)?.late ? "late" : "open";
              const from = at + match.index;
              found.push(Decoration.inline(from, from + match[0].length, { "data-field": is }));
            }
          });
          return DecorationSet.create(doc, found);
        },
      },
    }),
  ],
});
