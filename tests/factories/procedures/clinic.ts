import { newId } from "#server/db/new-id.ts";
import { callerOf } from "#tests/factories/caller.ts";
import type { Factory } from "./factory.ts";

const locationCard = { addressLine: "", city: "Québec", postalCode: "", phone: "", timeZone: "America/Toronto" };
const practitionerCard = {
  prefix: "",
  familyName: "Gagnon",
  givenName: "Éloïse",
  profession: "nurse",
  permitNumber: "",
  signatureLine: "",
  membershipId: null,
};

const nothing: Factory = async () => undefined;

export const clinicFactories: Readonly<Record<string, Factory>> = {
  "clinic.read": nothing,
  "clinic.address": nothing,
  "clinic.slug": async () => ({ slug: "clinique-du-fleuve", name: "Clinique du Fleuve", professions: [] }),
  "clinic.law": nothing,
  "clinic.removeLogo": nothing,
  "clinic.onboarding": nothing,
  "clinic.dismissStep": async () => ({ step: "journal" }),
  "location.list": nothing,
  "location.add": async () => ({ ...locationCard, id: newId(), name: "Point de service de Lévis" }),
  "location.change": async ({ clinic, member }) => {
    const id = newId();
    await callerOf(member, clinic).location.add({
      ...locationCard,
      timeZone: "America/Toronto",
      id,
      name: `Lieu ${id}`,
    });
    return { ...locationCard, id, name: "Lieu renommé", version: 1, active: true };
  },
  "practitioner.list": async () => ({}),
  "practitioner.add": async () => ({ ...practitionerCard, id: newId() }),
  "practitioner.change": async ({ clinic, member }) => {
    const id = newId();
    await callerOf(member, clinic).practitioner.add({ ...practitionerCard, profession: "nurse", id });
    return { ...practitionerCard, id, version: 1, active: true };
  },
  "practitioner.mine": nothing,
  "practitioner.removeSignature": async ({ clinic, member }) => {
    const mine = await callerOf(member, clinic).practitioner.mine();
    if (mine) return { id: mine.id, version: mine.version };
    const id = newId();
    const { membershipId } = member;
    await callerOf(clinic.owner, clinic).practitioner.add({
      ...practitionerCard,
      profession: "nurse",
      id,
      membershipId,
    });
    return { id, version: 1 };
  },
  "audit.list": async () => ({}),
  "audit.listOwn": async () => ({}),
  "audit.agents": nothing,
  "membership.me": nothing,
  "membership.list": async () => ({}),
  "invitation.list": async () => ({}),
  "integration.list": nothing,
};
