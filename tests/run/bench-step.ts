import { readdirSync } from "node:fs";
import { cpus, release, totalmem, type } from "node:os";
import { fromRoot } from "#infra/local/paths.ts";
import { command } from "./command.ts";

/** Runs the measures of tests/bench (those named, or all), each in a process of its own, and says on what machine. */
export async function runBenches(names: string[]): Promise<number> {
  const files = readdirSync(fromRoot("tests/bench")).filter((file) => file.endsWith(".bench.ts"));
  const wanted = files.filter((file) => names.length === 0 || names.some((name) => file.startsWith(name)));
  const gigabytes = (totalmem() / 2 ** 30).toFixed(0);
  console.log(
    `${cpus().length} × ${cpus()[0]?.model ?? "?"}, ${gigabytes} Gio, ${type()} ${release()}, Node ${process.version}\n`,
  );
  let worst = 0;
  for (const file of wanted.sort()) {
    const { code } = await command(process.execPath, ["--import", "tsx", `tests/bench/${file}`], { live: true });
    worst = Math.max(worst, code);
  }
  return worst;
}
