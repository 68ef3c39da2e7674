/**
 * Joins the parts that a ciphertext is bound to, each with its length before it: ("ab", "c") and ("a", "bc") must differ,
 * or a value could be moved to a place whose names happen to join alike.
 */
export function bindContext(...parts: string[]): Buffer {
  return Buffer.concat(
    parts.flatMap((part) => {
      const bytes = Buffer.from(part, "utf8");
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return [length, bytes];
    }),
  );
}
