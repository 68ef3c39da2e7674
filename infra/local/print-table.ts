import type { Planted } from "#prisma/seed/scenario.ts";
import { seconds } from "./steps.mjs";

interface Table {
  env: Record<string, string>;
  demo: Planted | undefined;
  startedAt: number;
}

/** The one table that says where everything is and who can sign in. */
export function printTable({ env, demo, startedAt }: Table): void {
  const origin = env.CHEVET_ORIGIN;
  const rows = [
    ["Site", `${origin}/`],
    ...(demo?.addresses ?? []).map(({ label, path }) => [label, `${origin}${path}`]),
    ["Hébergeur · Host", `${origin}/host`],
    ...(env.MAIL_CATCHER_PORT ? [["Courriels et textos · Mail, SMS", `${origin}/local/mail`]] : []),
  ] as [string, string][];
  const people = (demo?.signIns ?? []).map(({ who, email, password, note }) => [who, email, password, note ?? ""]);
  const lines = [
    `Chevet est prêt · Chevet is ready (${seconds(startedAt).trim()})`,
    "",
    ...columns(rows),
    ...(people.length > 0 ? ["", "Comptes de démonstration · Demo sign-ins", "", ...columns(people)] : []),
    "",
    "Ctrl-C arrête tout · Ctrl-C stops everything",
  ];
  const width = Math.max(...lines.map((line) => [...line].length));
  const rule = "─".repeat(width + 2);
  console.log(
    [
      `\n  ┌${rule}┐`,
      ...lines.map((line) => `  │ ${line}${" ".repeat(width - [...line].length)} │`),
      `  └${rule}┘`,
    ].join("\n"),
  );
}

function columns(rows: string[][]): string[] {
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map((cell, at) => Math.max(widest[at] ?? 0, [...cell].length)),
    [],
  );
  return rows.map((row) =>
    row
      .map((cell, at) => cell + " ".repeat((widths[at] ?? 0) - [...cell].length))
      .join("   ")
      .trimEnd(),
  );
}
