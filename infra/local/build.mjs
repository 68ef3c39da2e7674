// npm run build: what `up` builds, without starting it.
import { checkNode, ensureInstalled } from "./install.mjs";
import { Sentence } from "./steps.mjs";

try {
  checkNode();
  await ensureInstalled();
  const { register } = await import("tsx/esm/api");
  register();
  const { buildAll } = await import("./build.ts");
  await buildAll(process.env.CHEVET_NEXT_DIR ?? ".next");
} catch (error) {
  console.error(error instanceof Sentence ? `\n${error.message}` : error);
  process.exit(1);
}
