/**
 * **AC-63**: a message holds the clinic's name, a date, a time and a link, and says nothing of why somebody comes or to whom: neither
 * a reason, a service, a specialty, a kind of practitioner, a health insurance number nor a date of birth.
 */
const forbidden: readonly RegExp[] = [
  /\bNAM\b/i,
  /RAMQ|assurance[- ]maladie|health insurance|health card/i,
  /naissance|date of birth|birth ?date|\bnée? le\b/i,
  /[A-Z]{4}\s?\d{4}\s?\d{4}/,
  /\bmotif|raison de (la|votre) (visite|consultation|venue)|reason for/i,
  /diagnosti|sympt[oô]m|traitement|treatment|prescription|ordonnance|r[ée]sultat|\bresults?\b|analyses?\b|blood test|vaccin|chirurgie|surgery|examen|check[- ]?up|bilan|suivi de|d[ée]tartrage|cleaning|grossesse|pregnan|biopsie|biopsy|radiograph|échograph|ultrasound/i,
  /m[ée]decin|docteur|doctor|\bdre?\.? [A-ZÉ]|physician|dentist|dentaire|dental|psycholog|psychiatr|physioth|infirmi|nurse|th[ée]rap|therap|sexolog|sexual|sexuel|optom[ée]tr|ergoth[ée]r|podiat|chiropra|ost[ée]opath|denturolog|hygi[ée]nist|gyn[ée]co|onco|dermato|cardio|p[ée]diat/i,
  /dossier (m[ée]dical|dentaire)|medical record/i,
];

/** The first word of a text that a message may not say, or undefined. Fields in braces are no words. */
export function forbiddenWord(text: string): string | undefined {
  const plain = text.replace(/\{[^{}]*\}/g, " ");
  for (const pattern of forbidden) {
    const found = pattern.exec(plain)?.[0];
    if (found) return found;
  }
  return undefined;
}
