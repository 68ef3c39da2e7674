import { describeMatrix } from "./describe-matrix.ts";

/** `access matrix`: who may do what in a clinic, as a table in Markdown. */
export async function accessCommand(args: readonly string[], say: (line: string) => void): Promise<number> {
  if (args[0] !== "matrix") {
    say("access matrix    qui peut quoi dans une clinique · who may do what in a clinic");
    return 64;
  }
  const { roles, rows } = describeMatrix();
  say(`| permission | ${roles.join(" | ")} | + privacy officer |`);
  say(`| --- |${" --- |".repeat(roles.length + 1)}`);
  for (const { permission, held, officer } of rows) {
    const cells = [...roles.map((role) => held.includes(role)), officer].map((yes) => (yes ? "x" : " "));
    say(`| ${permission} | ${cells.join(" | ")} |`);
  }
  return 0;
}
