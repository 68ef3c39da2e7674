import { SaxesParser } from "saxes";

export type Attributes = Readonly<Record<string, string>>;

/** Walks an XML part by its names without their prefix. Entities of its own are not expanded: the parser refuses them. */
export function walk(
  xml: Buffer | undefined,
  hear: {
    open?: (name: string, attributes: Attributes) => void;
    text?: (piece: string) => void;
    close?: (name: string) => void;
  },
): void {
  if (!xml) return;
  const parser = new SaxesParser();
  const bare = (name: string) => name.slice(name.indexOf(":") + 1);
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => hear.open?.(bare(name), attributes as Attributes));
  parser.on("text", (piece) => hear.text?.(piece));
  parser.on("closetag", ({ name }) => hear.close?.(bare(name)));
  parser.write(xml.toString("utf8")).close();
}
