// npm run chevet -- …: the operator's command line, with the local instance's environment unless a real one is given.
import { checkNode, ensureInstalled } from "./install.mjs";
import { Sentence } from "./steps.mjs";

try {
  checkNode();
  await ensureInstalled();
  const { register } = await import("tsx/esm/api");
  register();
  const { chevet } = await import("./chevet.ts");
  process.exit(await chevet(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof Sentence ? `\n${error.message}` : error);
  process.exit(1);
}
