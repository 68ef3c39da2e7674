/** How often a soak test repeats: once in `npm test`, `long` times in `npm run soak`. */
export function rounds(long: number): number {
  return process.env.CHEVET_SOAK === "1" ? long : 1;
}
