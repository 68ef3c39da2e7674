import { createOperator } from "#server/auth/operator/create-operator.ts";
import type { ClinicContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { decideClinic } from "#server/host/decide-clinic.ts";
import { addLocation } from "#server/location/add-location.ts";
import { changeLocation } from "#server/location/change-location.ts";
import { listLocations } from "#server/location/list-locations.ts";
import { addPractitioner } from "#server/practitioner/add-practitioner.ts";
import type { ProfessionCode } from "#server/practitioner/schema.ts";
import { publishPage } from "#server/public-page/publish-page.ts";
import { saveDraft } from "#server/public-page/save-draft.ts";
import { savePageInput } from "#server/public-page/schema.ts";
import { addDemoMember, enterAsMember, enterAsOperator, openDemoClinic } from "../demo-clinic.ts";
import { plantCommunications } from "../demo-communications.ts";
import { plantDocuments } from "../demo-documents.ts";
import { plantGrowth } from "../demo-growth.ts";
import { plantLetters } from "../demo-letters.ts";
import { plantMedications } from "../demo-medications.ts";
import { plantNotes } from "../demo-notes.ts";
import { plantPeople } from "../demo-people.ts";
import { plantPhysio } from "../demo-physio.ts";
import { plantPrivacy } from "../demo-privacy.ts";
import { plantRecords } from "../demo-records.ts";
import { plantTasks } from "../demo-tasks.ts";
import { plantVisits } from "../demo-visits.ts";
import { plantWaiting } from "../demo-waiting.ts";
import { makePatient, seededChance } from "../fictional-patient.ts";
import type { Scenario, SeedTools } from "../scenario.ts";
import { waitingInChicoutimi } from "../waiting-in-chicoutimi.ts";
import { waitingInLimoilou } from "../waiting-in-limoilou.ts";
import { workInChicoutimi } from "../work-in-chicoutimi.ts";
import { workInLimoilou } from "../work-in-limoilou.ts";

/** Two clinics of Québec and the people who work there: a family practice in Limoilou, a dental clinic in Chicoutimi. */
export const scenario: Scenario = {
  title: { fr: "Deux cliniques du Québec", en: "Two Québec clinics" },
  async plant(tools) {
    const host = { who: "Hébergeur · Host", ...(await appointHost()) };
    const limoilou = await plantLimoilou(tools);
    const chicoutimi = await plantChicoutimi(tools);
    return {
      addresses: [
        { label: "Vieux-Limoilou", path: "/clinic/vieux-limoilou" },
        { label: "Vieux-Limoilou, public", path: "/c/vieux-limoilou" },
        { label: "Chicoutimi", path: "/clinic/dentaire-chicoutimi" },
        { label: "Chicoutimi, public", path: "/c/dentaire-chicoutimi" },
      ],
      signIns: [...limoilou, ...chicoutimi, host],
    };
  },
};

const operatorEmail = "exploitation@hebergeur.example";

/** The host's operator; the first sign-in at /host asks for a second factor. */
async function appointHost() {
  const { password } = await createOperator(operatorEmail);
  return { email: operatorEmail, password: password ?? "" };
}

/** The host lets the clinic serve. */
async function approve(ctx: ClinicContext) {
  const clinicId = ctx.clinic.id;
  await decideClinic(await enterAsOperator(operatorEmail), { clinicId, version: 1, status: "approved" });
}

/** What everybody reads at /c/<slug>. */
async function publish(ctx: ClinicContext, welcomeFr: string, welcomeEn: string) {
  const { version } = await saveDraft(
    ctx,
    savePageInput.parse({
      welcomeFr,
      welcomeEn,
      directionsFr: "",
      directionsEn: "",
      emergency: true,
      hiddenServices: [],
      hiddenPractitioners: [],
      hiddenLocations: [],
      coverFileId: null,
      frameOrigins: [],
      version: 0,
    }),
  );
  await publishPage(ctx, { version });
}

async function plantLimoilou(tools: SeedTools) {
  const owner = { displayName: "Geneviève Pelletier", email: "genevieve@limoilou.example", password: tools.password() };
  const doctor = {
    displayName: "Dre Anne-Sophie Gagnon",
    email: "asgagnon@limoilou.example",
    password: tools.password(),
  };
  const desk = { displayName: "Karine Bélanger", email: "reception@limoilou.example", password: tools.password() };
  const ctx = await openDemoClinic(
    {
      name: "Clinique médicale du Vieux-Limoilou",
      professions: ["physician", "nurse", "physiotherapist", "dietitian"],
      region: "03",
      timeZone: "America/Toronto",
      slug: "vieux-limoilou",
      privacyOfficer: {
        name: owner.displayName,
        title: "Directrice générale",
        email: "vieprivee@limoilou.example",
        phone: "418 555-0142",
      },
      ownerIsOfficer: true,
    },
    owner,
  );
  await approve(ctx);
  const main = await settle(ctx, {
    addressLine: "825, 3e Avenue",
    city: "Québec",
    postalCode: "G1L 3L5",
    phone: "418 555-0142",
  });
  const roch = newId();
  await addLocation(ctx, {
    id: roch,
    name: "Point de service de Saint-Roch",
    addressLine: "410, rue Saint-Joseph Est",
    city: "Québec",
    postalCode: "G1K 3B6",
    phone: "418 555-0178",
    timeZone: "America/Toronto",
  });
  const colleague = { displayName: "Dr Karim Benali", email: "kbenali@limoilou.example", password: tools.password() };
  const physiotherapist = {
    displayName: "Mathis Côté-Lavoie",
    email: "mcotelavoie@limoilou.example",
    password: tools.password(),
  };
  const doctorId = await addDemoMember(ctx, "professional", doctor);
  const colleagueId = await addDemoMember(ctx, "professional", colleague);
  const physioId = await addDemoMember(ctx, "professional", physiotherapist);
  await addDemoMember(ctx, "assistant", desk);
  const gagnon = await practise(ctx, ["Dre", "Anne-Sophie", "Gagnon", "physician", "12345"], doctorId);
  const benali = await practise(ctx, ["Dr", "Karim", "Benali", "physician", "15872"], colleagueId);
  const nurse = await practise(ctx, ["", "Julie", "Bouchard", "nurse", "2040917"]);
  const physio = await practise(ctx, ["", "Mathis", "Côté-Lavoie", "physiotherapist", "20881"], physioId);
  await workInLimoilou(ctx, { main, roch, gagnon, benali, nurse, physio });
  await publish(
    ctx,
    "Médecine familiale, soins infirmiers et physiothérapie, à deux pas de la 3e Avenue.",
    "Family medicine, nursing and physiotherapy, steps from 3e Avenue.",
  );
  const patients = await receive(ctx, 120, 1);
  const charted = await plantRecords(await enterAsMember(doctor.email, "vieux-limoilou"));
  const children = await plantGrowth(await enterAsMember(doctor.email, "vieux-limoilou"));
  await plantPeople(ctx, patients);
  await plantVisits(ctx, [...charted, ...children, ...patients], seededChance(3));
  await plantWaiting(ctx, patients, waitingInLimoilou);
  await plantNotes(await enterAsMember(doctor.email, ctx.clinic.slug), gagnon, charted.slice(0, 2));
  await plantPhysio(await enterAsMember(physiotherapist.email, ctx.clinic.slug), physio);
  await plantDocuments(ctx, [...charted, ...patients], doctor.displayName);
  await plantMedications(await enterAsMember(doctor.email, ctx.clinic.slug), [...charted.slice(0, 2), ...patients]);
  await tools.analyze();
  await plantPrivacy(
    {
      owner: ctx,
      doctor: await enterAsMember(doctor.email, ctx.clinic.slug),
      colleague: await enterAsMember(colleague.email, ctx.clinic.slug),
    },
    charted,
  );
  await plantTasks(
    await enterAsMember(doctor.email, ctx.clinic.slug),
    await enterAsMember(desk.email, ctx.clinic.slug),
    [...charted, ...patients],
  );
  await plantLetters(await enterAsMember(doctor.email, ctx.clinic.slug), charted);
  await plantCommunications(await enterAsMember(doctor.email, ctx.clinic.slug));
  return [
    { who: "Propriétaire · Owner", ...signInOf(owner) },
    { who: "Médecin · Physician", ...signInOf(doctor) },
    { who: "Médecin · Physician", ...signInOf(colleague) },
    { who: "Physiothérapeute · Physiotherapist", ...signInOf(physiotherapist) },
    { who: "Réception · Front desk", ...signInOf(desk) },
  ];
}

async function plantChicoutimi(tools: SeedTools) {
  const owner = {
    displayName: "Dr Sylvain Tremblay",
    email: "stremblay@chicoutimi.example",
    password: tools.password(),
  };
  const ctx = await openDemoClinic(
    {
      name: "Clinique dentaire de Chicoutimi",
      professions: ["dentist", "dental-hygienist"],
      region: "02",
      timeZone: "America/Toronto",
      slug: "dentaire-chicoutimi",
      privacyOfficer: {
        name: owner.displayName,
        title: "Dentiste propriétaire",
        email: "vieprivee@chicoutimi.example",
        phone: "418 555-0160",
      },
      ownerIsOfficer: true,
    },
    owner,
  );
  await approve(ctx);
  const place = await settle(ctx, {
    addressLine: "255, rue Racine Est",
    city: "Saguenay",
    postalCode: "G7H 1S3",
    phone: "418 555-0160",
  });
  const dentist = await practise(ctx, ["Dr", "Sylvain", "Tremblay", "dentist", "88123"], ctx.membership.id);
  const hygienist = await practise(ctx, ["", "Noémie", "Gingras", "dental-hygienist", "4411"]);
  await workInChicoutimi(ctx, { place, dentist, hygienist });
  await publish(
    ctx,
    "Dentisterie générale et hygiène dentaire au centre-ville de Chicoutimi.",
    "General dentistry and dental hygiene in downtown Chicoutimi.",
  );
  const patients = await receive(ctx, 40, 2);
  await plantPeople(ctx, patients);
  await plantVisits(ctx, patients, seededChance(4));
  await plantWaiting(ctx, patients, waitingInChicoutimi);
  return [{ who: "Dentiste · Dentist", ...signInOf(owner) }];
}

const signInOf = ({ email, password }: { email: string; password: string }) => ({ email, password });

/** Gives the first location, which sign-up made, its address. @returns its id */
async function settle(
  ctx: ClinicContext,
  address: { addressLine: string; city: string; postalCode: string; phone: string },
): Promise<string> {
  const [first] = await listLocations(ctx);
  if (!first) throw new Error("a clinic opens with one location");
  await changeLocation(ctx, {
    id: first.id,
    version: first.version,
    name: first.name,
    timeZone: "America/Toronto",
    active: true,
    ...address,
  });
  return first.id;
}

async function practise(
  ctx: ClinicContext,
  [prefix, givenName, familyName, profession, permitNumber]: [string, string, string, ProfessionCode, string],
  membershipId: string | null = null,
): Promise<string> {
  const { id } = await addPractitioner(ctx, {
    id: newId(),
    prefix,
    givenName,
    familyName,
    profession,
    permitNumber,
    signatureLine: "",
    membershipId,
  });
  return id;
}

/** @returns the ids of the patients who were registered */
async function receive(ctx: ClinicContext, count: number, seed: number): Promise<string[]> {
  const chance = seededChance(seed);
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) ids.push((await makePatient(ctx, {}, chance)).id);
  return ids;
}
