interface Named {
  readonly prefix: string;
  readonly givenName: string;
  readonly familyName: string;
}

/** « Dre Anne-Sophie Gagnon »: a practitioner is named so to everybody, staff and patients. Browser-safe; in SQL, `practitioner-name-column.ts`. */
export const practitionerName = ({ prefix, givenName, familyName }: Named): string =>
  [prefix, givenName, familyName].filter(Boolean).join(" ");

/** The same where lines break: the title never stands alone at the end of one. */
export const tiedPractitionerName = ({ prefix, ...name }: Named): string =>
  [prefix, practitionerName({ prefix: "", ...name })].filter(Boolean).join("\u00a0");
