/** +14185550142 as it is said here; a number from elsewhere stays as it is kept. */
export function sayNumber(kept: string): string {
  return kept.replace(/^\+1(\d{3})(\d{3})(\d{4})/, "$1\u00a0$2-$3");
}
