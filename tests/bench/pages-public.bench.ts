import { openBusyHost } from "./busy-host.ts";
import { lookAtPages } from "./look-at-pages.ts";
import type { Bench } from "./measure.ts";
import { serveWorld } from "./served-world.ts";
import { makeSlotsClinic, publish } from "./slots-clinic.ts";
import { connect } from "./world.ts";

/** First load of the page of a clinic of 20 practitioners, 85 % full, and of its booking. */
export const run: Bench["run"] = async () => {
  const world = await openBusyHost();
  await makeSlotsClinic(world.adminUrl, world.large);
  const admin = await connect(world.adminUrl);
  await publish(admin, world.large);
  await admin.end();
  const served = await serveWorld(world);
  const page = `${served.url}/c/${world.large.slug}`;
  try {
    return await lookAtPages([
      { name: "clinic's public page", url: page, least: 95 },
      { name: "booking, first step", url: `${page}/rendez-vous` },
    ]);
  } finally {
    await served.stop();
    await world.stop();
  }
};
