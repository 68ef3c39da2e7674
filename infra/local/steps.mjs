// What the start command says while it works: one line a step, French first, English second, with the time it took.
// Plain JavaScript: it runs before anything is installed.

const isTerminal = process.stdout.isTTY === true;

/** A refusal that is told as a sentence, without a stack. */
export class Sentence extends Error {}

/**
 * Runs one step and prints its line, with what the work returns as a note: a string, or the `note` of an object.
 * @template T
 * @param {string} french
 * @param {string} english
 * @param {() => Promise<T> | T} work
 * @returns {Promise<T>}
 */
export async function step(french, english, work) {
  const title = `${french} · ${english}`;
  const start = performance.now();
  const tick = isTerminal ? setInterval(() => write(`  … ${title}  ${seconds(start)}`), 200) : undefined;
  if (isTerminal) write(`  … ${title}`);
  // Where nothing can be rewritten, a long step says that it began.
  const late = isTerminal ? undefined : setTimeout(() => console.log(`  … ${title}`), 1500);
  try {
    const result = await work();
    finish(`  ✓ ${title.padEnd(48)} ${seconds(start)}  ${noteOf(result)}`.trimEnd());
    return result;
  } catch (error) {
    finish(`  ✗ ${title.padEnd(48)} ${seconds(start)}`);
    throw error;
  } finally {
    clearInterval(tick);
    clearTimeout(late);
  }
}

/**
 * @param {unknown} result
 * @returns {string}
 */
function noteOf(result) {
  if (typeof result === "string") return result;
  if (typeof result === "object" && result !== null && "note" in result) return String(result.note);
  return "";
}

/** @param {string} line */
function write(line) {
  process.stdout.write(`\r\u001b[2K${line}`);
}

/** @param {string} line */
function finish(line) {
  if (isTerminal) write(`${line}\n`);
  else console.log(line);
}

/** @param {number} start */
export function seconds(start) {
  return `${((performance.now() - start) / 1000).toFixed(1).padStart(6)} s`;
}
