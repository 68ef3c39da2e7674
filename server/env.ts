import { z } from "zod";
import { aboutVariable, type Process, variables } from "./env-variables.ts";

/**
 * The one reading of `process.env`. Variables are listed in env-variables.ts; `.env.example` is held to the
 * same list by a test. An empty value counts as absent, so that `NAME=` in a file means "not set".
 *
 * A variable that only some processes need is optional in the type: ask for it with `needEnv(name)`. Each entry calls
 * `checkEnv` first, which names every missing or malformed variable at once and stops the start.
 */

const schema = z.object(variables);

/** What `process.env` says, checked. Keys are the variables' own names. */
export type Env = Readonly<z.output<typeof schema>>;
type Name = keyof Env;

/** A variable that is missing or malformed, with the sentence that says how to mend it. */
export class EnvError extends Error {
  readonly variables: string[];

  constructor(names: string[], missing: ReadonlySet<string>) {
    const tell = (name: string) => {
      const { fr, en } = aboutVariable(name as Name);
      return missing.has(name)
        ? `${name} manque : donnez ${fr}.\n${name} is missing: give ${en}.`
        : `${name} est mal écrite : attendu, ${fr}.\n${name} is malformed: expected ${en}.`;
    };
    super(`${names.map(tell).join("\n")}\nVoir .env.example. See .env.example.`);
    this.name = "EnvError";
    this.variables = names;
  }
}

const allOrNone: Name[][] = [["S3_ENDPOINT", "S3_BUCKET", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"]];

/**
 * Reads and checks the variables.
 * @throws {EnvError} naming every malformed variable, and every one that `forProcess` needs and lacks.
 */
export function readEnv(source: Record<string, string | undefined> = process.env, forProcess?: Process): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([name, value]) => name in variables && value !== ""));
  const parsed = schema.safeParse(given);
  const wrong = new Set(parsed.success ? [] : parsed.error.issues.map((issue) => String(issue.path[0])));
  const missing = new Set(missingFor(given, forProcess));
  if (!parsed.success || missing.size > 0) throw new EnvError([...wrong, ...missing], missing);
  const twins = sameSecrets(parsed.data);
  if (twins.length > 0) throw new EnvError(twins, new Set());
  return Object.freeze(parsed.data);
}

function missingFor(given: Record<string, string | undefined>, forProcess?: Process): string[] {
  const needed = variableNames.filter((name) => {
    const { neededBy, unless } = aboutVariable(name);
    return forProcess && neededBy?.includes(forProcess) && !(unless && given[unless]);
  });
  const grouped = allOrNone.filter((group) => group.some((name) => given[name] !== undefined)).flat();
  return [...needed, ...grouped].filter((name) => given[name] === undefined);
}

/** Three realms, three secrets: one that is reused would let a cookie of one realm be read in another. */
function sameSecrets(env: Env): string[] {
  const names = ["CHEVET_SECRET_STAFF", "CHEVET_SECRET_PATIENT", "CHEVET_SECRET_HOST"] as const;
  const given = names.filter((name) => env[name] !== undefined);
  return given.filter((name) => given.some((other) => other !== name && env[other] === env[name]));
}

/** Every variable that Chevet reads. */
export const variableNames = Object.keys(variables) as Name[];

let memo: Env | undefined;

/** The checked environment of this process, read once. A malformed one stops the process: nothing can go on without it. */
export function env(): Env {
  memo ??= readOrStop();
  return memo;
}

/**
 * One variable that the caller cannot do without.
 * @throws {EnvError} with the sentence that says how to mend it.
 */
export function needEnv<N extends Name>(name: N): NonNullable<Env[N]> {
  const value = env()[name];
  if (value === undefined) throw new EnvError([name], new Set([name]));
  return value as NonNullable<Env[N]>;
}

/** For the entries: reads the environment with what this process needs, or stops it and names all that is wrong. */
export function checkEnv(forProcess: Process): Env {
  memo = readOrStop(forProcess);
  return memo;
}

/** Code 78 is EX_CONFIG: starting again would not mend it. */
function readOrStop(forProcess?: Process): Env {
  try {
    return readEnv(process.env, forProcess);
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(78);
  }
}

/** next-auth looks for its own address in NEXTAUTH_URL, and believes a header when it is not there. */
export function giveOriginToNextAuth(): void {
  process.env.NEXTAUTH_URL = needEnv("CHEVET_ORIGIN");
}
