import { lookAtPages } from "./look-at-pages.ts";
import type { Bench } from "./measure.ts";
import { serveWorld } from "./served-world.ts";
import { openWorld } from "./world.ts";

/** First load of the sign-in page and of a clinic's home. The clinic's public page is pages-public.bench.ts. */
export const run: Bench["run"] = async () => {
  const world = await openWorld();
  const served = await serveWorld(world);
  try {
    return await lookAtPages([
      { name: "sign-in", url: `${served.url}/connexion` },
      { name: "clinic's home", url: `${served.url}/clinic/${world.large.slug}`, cookie: served.cookie },
    ]);
  } finally {
    await served.stop();
    await world.stop();
  }
};
