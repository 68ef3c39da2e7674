/** « [côté] »: a place that a phrase or a template left to fill, in a line of a note or of a letter. Browser-safe. */
export const placePattern = /\[[^[\]\n]{1,200}\]/g;

/** The places that are left to fill in a text, in their order, as they are written. */
export const placesIn = (text: string): string[] => text.match(placePattern) ?? [];
