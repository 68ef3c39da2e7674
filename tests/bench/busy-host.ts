import { fillClinics } from "./fill-clinics.ts";
import { openWorld, type World } from "./world.ts";

const isSmall = process.env.CHEVET_BENCH_SMALL === "1";
const clinics = isSmall ? 20 : 1_000;
const appointments = isSmall ? 20_000 : 2_000_000;

/**
 * A host whose clinics work: a thousand of them with two million appointments. The largest is left without any, for a measure to make
 * its own clinic in (makeSlotsClinic). Made in some minutes the first time, then kept.
 */
export function openBusyHost(): Promise<World> {
  return openWorld({
    folder: isSmall ? ".chevet/bench-slots-small" : ".chevet/bench-slots",
    plan: { clinics, patients: 20 * clinics, largest: 300 },
    more: {
      files: ["tests/bench/busy-host.ts", "tests/bench/fill-clinics.ts"],
      make: (adminUrl, [, ...others], progress) => fillClinics(adminUrl, others, appointments, progress),
    },
  });
}
