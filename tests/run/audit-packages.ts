import { command } from "./command.ts";
import { failed, passed, skipped, type Tally } from "./tally.ts";

/**
 * Known flaws of what production installs, high or worse, where the registry answers about them. One that does not is said loudly and counted.
 * @param env what points npm elsewhere, for a test.
 */
export async function auditPackages(env: Record<string, string> = {}): Promise<Tally> {
  const { code, output } = await command("npm", ["audit", "--omit=dev", "--audit-level=high", "--json"], { env });
  const report = parseJson(output);
  if (!report?.metadata)
    return skipped("le registre ne dit rien des failles · the registry does not answer about flaws");
  return code === 0 ? passed() : failed(JSON.stringify(report.vulnerabilities, null, 2));
}

function parseJson(text: string): { metadata?: unknown; vulnerabilities?: unknown } | undefined {
  try {
    return JSON.parse(text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1));
  } catch {
    return undefined;
  }
}
