/** How words are written down: abbreviations as they are known. Pure and browser-safe. */

/** Abbreviations stay as they are known: « hta » is HTA. */
export const capital = (text: string) =>
  abbreviations.includes(text) ? text.toUpperCase() : text.charAt(0).toLocaleUpperCase("fr") + text.slice(1);
export const illnesses =
  "hta mpoc avc ait irc mrc rgo tdah copd htn ckd gerd adhd dlp fa sop mcas tag dt1 dt2 db1 db2 t1dm t2dm saos osa tvp dvt icc chf tspt ptsd".split(
    " ",
  );
const abbreviations = [...illnesses, "mi", "rhf", "vph", "hpv", "rro", "mmr"];
