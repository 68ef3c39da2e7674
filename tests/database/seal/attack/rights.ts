import { access } from "../expected/access.ts";

/** What the page of who may do what gives one role on one table, command by command. */
export interface Right {
  /** null: all of them. */
  readonly columns: readonly string[] | null;
  /** What a row must be to be seen, changed or deleted. */
  readonly using: string;
  /** What a row must be once written. */
  readonly check: string;
}

export type Letter = "S" | "I" | "U" | "D";
export type Rights = Partial<Record<Letter, Right>>;

export function rightsOf(table: string, role: string): Rights {
  const line = access[table]?.[role];
  if (!line) return {};
  const rights: Rights = {};
  for (const part of line.split("; ")) {
    const [letters = "", condition = ""] = splitOnce(part, ": ");
    const [using = "", check = using] = splitOnce(condition, " => ");
    for (const [, letter, columns] of letters.matchAll(/([SIUD])(?:\(([^)]*)\))?/g))
      rights[letter as Letter] = { columns: columns ? columns.split(" ") : null, using, check };
  }
  return rights;
}

const splitOnce = (text: string, mark: string) => {
  const at = text.indexOf(mark);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + mark.length)];
};

export const covers = (right: Right | undefined, column: string) =>
  right !== undefined && (right.columns === null || right.columns.includes(column));
