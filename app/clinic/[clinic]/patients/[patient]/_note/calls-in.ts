const called = /(?<![^\s(«])\.([a-z0-9]{1,30})(?![a-z0-9])/gi;

/**
 * The words after a full stop that call a known phrase and still stand as they were typed, « .ta », in their order. What is no phrase is text:
 * « .5 mg ».
 */
export function callsIn(text: string, phrases: readonly { readonly code: string }[]): string[] {
  const known = new Set(phrases.map(({ code }) => code));
  return [...text.matchAll(called)].filter(([, word]) => word && known.has(word.toLowerCase())).map(([call]) => call);
}
