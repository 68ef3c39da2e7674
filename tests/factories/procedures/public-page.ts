import { addCover } from "#server/public-page/add-cover.ts";
import { callerOf } from "#tests/factories/caller.ts";
import { smallPicture } from "#tests/factories/picture.ts";
import { approve, putOnline } from "#tests/factories/public-page.ts";
import { makeSchedule } from "#tests/factories/schedule.ts";
import type { Factory, Scene } from "./factory.ts";

const page = {
  welcomeFr: "Médecine familiale, à deux pas du marché.",
  welcomeEn: "",
  directionsFr: "Stationnement derrière.",
  directionsEn: "",
  emergency: true,
  hiddenServices: [] as string[],
  hiddenPractitioners: [] as string[],
  hiddenLocations: [] as string[],
  coverFileId: null as string | null,
  frameOrigins: ["https://www.clinique.example"],
};

const version = async ({ member, clinic }: Scene) => (await callerOf(member, clinic).publicPage.draft()).draft.version;

/** A clinic that lacks nothing to be published, and the version to publish. */
async function ready(scene: Scene): Promise<{ version: number }> {
  await approve(scene.clinic);
  await putOnline(await makeSchedule(scene.clinic));
  return { version: await version(scene) };
}

export const publicPageFactories: Readonly<Record<string, Factory>> = {
  "publicPage.draft": async () => undefined,
  "publicPage.preview": async () => undefined,
  "publicPage.save": async (scene) => ({ ...page, version: await version(scene) }),
  "publicPage.publish": ready,
  "publicPage.unpublish": async (scene) => callerOf(scene.member, scene.clinic).publicPage.publish(await ready(scene)),
};

/** Something left off of each kind, and a photo. */
export const wholePage: Factory = async (scene) => {
  const { serviceId, locationId, practitioners } = await makeSchedule(scene.clinic);
  const { fileId } = await addCover(scene.clinic.owner.ctx, await smallPicture());
  return {
    ...page,
    hiddenServices: [serviceId],
    hiddenPractitioners: [practitioners[0]],
    hiddenLocations: [locationId],
    coverFileId: fileId,
    version: await version(scene),
  };
};
