// npm run up: needs nothing but Node and npm; goes on in TypeScript (up.ts) once the packages are there.
import { checkNode, ensureInstalled } from "./install.mjs";
import { Sentence } from "./steps.mjs";

try {
  checkNode();
  const start = performance.now();
  await ensureInstalled();
  const { register } = await import("tsx/esm/api");
  register();
  const { up } = await import("./up.ts");
  await up(process.argv.slice(2), start);
} catch (error) {
  console.error(error instanceof Sentence ? `\n${error.message}` : error);
  process.exit(1);
}
