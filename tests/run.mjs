// npm test: needs nothing but Node and npm; goes on in TypeScript (run/main.ts) once the packages are there.
import { checkNode, ensureInstalled } from "../infra/local/install.mjs";
import { Sentence } from "../infra/local/steps.mjs";

try {
  checkNode();
  await ensureInstalled();
  const { register } = await import("tsx/esm/api");
  register();
  const { main } = await import("./run/main.ts");
  process.exit(await main(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof Sentence ? `\n${error.message}` : error);
  process.exit(1);
}
