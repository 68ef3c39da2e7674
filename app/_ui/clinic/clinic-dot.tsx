import classes from "./clinic.module.css";

/** Eight hues that stay apart for colour-blind eyes as well as eight can; the name always stands beside. */
const hues = ["#2f7f6b", "#7a5aa6", "#b3652a", "#2e6fa3", "#a3456b", "#6b7f2a", "#3f8f9c", "#8a6d3b"];

/** The colour of a clinic, the same everywhere and for everyone: it follows from its id. */
export function clinicHue(id: string): string {
  let sum = 0;
  for (const character of id) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return hues[sum % hues.length] ?? "";
}

export function ClinicDot({ id }: { id: string }) {
  return <span className={classes.dot} style={{ background: clinicHue(id) }} aria-hidden />;
}
