/**
 * Errors for the head of a form, where a sentence stands apart from its field: each is led by the field's own label.
 * @param labels field id → label; a field without one keeps its sentence alone.
 */
export function namedErrors(errors: Record<string, string>, labels: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(errors).map(([id, message]) => {
      const label = labels[id];
      // « : » with its no-break space in French; English readers know the sign all the same.
      return [id, label ? `${label}\u00a0: ${message.charAt(0).toLocaleLowerCase()}${message.slice(1)}` : message];
    }),
  );
}
