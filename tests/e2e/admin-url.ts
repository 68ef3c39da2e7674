import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The address of an instance's database as its administrator, who is nobody of ours: what that one says is kept out of the server's log, which is
 * searched for what the instance itself leaves there.
 */
export function adminUrlOf(dataDir: string): string {
  const { postgres } = JSON.parse(readFileSync(join(dataDir, "secrets", "database.json"), "utf8"));
  const silent = encodeURIComponent("-c log_min_messages=panic -c log_statement=none");
  return `postgresql://postgres:${postgres}@127.0.0.1:${databasePort(dataDir)}/chevet?options=${silent}`;
}

/** Line 4 of postmaster.pid. */
export function databasePort(dataDir: string): string {
  return readFileSync(join(dataDir, "postgres", "postmaster.pid"), "utf8").split("\n")[3] ?? "";
}
