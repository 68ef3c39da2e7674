import { initials } from "./initials.ts";
import classes from "./person-disc.module.css";

/** A person's initials in a disc. The name itself always stands beside it, so a screen reader skips the disc. */
export function PersonDisc({
  name,
  size = 28,
  tone = "soft",
}: {
  name: string;
  size?: number;
  tone?: "soft" | "self";
}) {
  return (
    <span
      className={classes.disc}
      data-tone={tone}
      style={{ width: size, height: size, fontSize: size * 0.38 }}
      aria-hidden
    >
      {initials(name)}
    </span>
  );
}
