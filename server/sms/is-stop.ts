const words = new Set([
  "STOP",
  "ARRET",
  "ARRETER",
  "STOPALL",
  "UNSUBSCRIBE",
  "DESABONNER",
  "FIN",
  "END",
  "QUIT",
  "CANCEL",
]);

/** Whether a reply asks for no more text messages: one of the usual words alone, in any case, with or without its accent. */
export function isStop(text: string): boolean {
  const plain = text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[^\p{L}\s]/gu, "");
  return words.has(plain.trim().toUpperCase());
}
