import type { JSONContent } from "@tiptap/core";
import type { Block, RichText, Run } from "#server/note/rich-text-schema.ts";

/**
 * Between what a note keeps (a flat list of blocks) and what the editor works on (a tree). Only what the first can say comes back from the
 * second: whatever else was pasted is gone by then.
 */
export function toEditor(text: RichText): JSONContent {
  const content: JSONContent[] = [];
  let at = 0;
  while (at < text.length) {
    const block = text[at] as Block;
    if (!block.list) {
      content.push(paragraph(block));
      at += 1;
      continue;
    }
    const end = endOfList(text, at, 1, block.list);
    content.push(listOf(text.slice(at, end), 1));
    at = end;
  }
  return { type: "doc", content: content.length > 0 ? content : [{ type: "paragraph" }] };
}

const depthOf = (block: Block | undefined) => (block?.list ? (block.depth ?? 1) : 0);

/** Where the list that begins here ends: at a paragraph, at a shallower item, or at an item of the other kind. */
function endOfList(text: RichText, from: number, depth: number, kind: Block["list"]): number {
  let at = from;
  while (at < text.length) {
    const here = depthOf(text[at]);
    if (here < depth || (here === depth && text[at]?.list !== kind)) break;
    at += 1;
  }
  return at;
}

function listOf(items: RichText, depth: number): JSONContent {
  const content: JSONContent[] = [];
  let at = 0;
  while (at < items.length) {
    const item = items[at] as Block;
    const inner: JSONContent[] = [paragraph(item)];
    at += 1;
    while (at < items.length && depthOf(items[at]) > depth) {
      const end = endOfList(items, at, depth + 1, items[at]?.list);
      inner.push(listOf(items.slice(at, Math.max(end, at + 1)), depth + 1));
      at = Math.max(end, at + 1);
    }
    content.push({ type: "listItem", content: inner });
  }
  return { type: items[0]?.list === "number" ? "orderedList" : "bulletList", content };
}

function paragraph({ runs }: Block): JSONContent {
  const content = runs.flatMap((run) => {
    const one = typeof run === "string" ? { text: run } : run;
    if (one.text === "") return [];
    const marks = [
      ...(one.bold ? [{ type: "bold" }] : []),
      ...(one.italic ? [{ type: "italic" }] : []),
      ...(one.source ? [{ type: "source", attrs: { source: one.source } }] : []),
    ];
    return [{ type: "text", text: one.text, ...(marks.length > 0 && { marks }) }];
  });
  return { type: "paragraph", ...(content.length > 0 && { content }) };
}

/** What the editor holds, as a note keeps it. An empty text is no block at all. */
export function fromEditor(doc: JSONContent): RichText {
  const blocks = (doc.content ?? []).flatMap((node) => blocksOf(node, 0));
  while (blocks.length > 0 && isEmpty(blocks.at(-1) as Block)) blocks.pop();
  return blocks;
}

const isEmpty = ({ list, runs }: Block) => !list && runs.length === 0;

function blocksOf(node: JSONContent, depth: number, list?: Block["list"]): Block[] {
  if (node.type === "bulletList" || node.type === "orderedList") {
    const kind = node.type === "bulletList" ? "bullet" : "number";
    return (node.content ?? []).flatMap((item) => itemBlocks(item, depth + 1, kind));
  }
  return splitAtBreaks(node.content ?? []).map((runs) => ({
    ...(list && { list, ...(depth > 1 && { depth: Math.min(depth, 6) }) }),
    runs,
  }));
}

function itemBlocks(item: JSONContent, depth: number, kind: "bullet" | "number"): Block[] {
  return (item.content ?? []).flatMap((node) => blocksOf(node, depth, kind));
}

function splitAtBreaks(nodes: readonly JSONContent[]): Run[][] {
  const lines: Run[][] = [[]];
  for (const node of nodes) {
    if (node.type === "hardBreak") lines.push([]);
    else if (node.text) lines.at(-1)?.push(runOf(node));
  }
  return lines;
}

function runOf({ text = "", marks = [] }: JSONContent): Run {
  const has = (type: string) => marks.some((mark) => mark.type === type);
  const source = marks.find((mark) => mark.type === "source")?.attrs?.source;
  if (marks.length === 0) return text;
  return {
    text,
    ...(has("bold") && { bold: true as const }),
    ...(has("italic") && { italic: true as const }),
    ...(source && { source }),
  };
}
