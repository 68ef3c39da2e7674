import pg from "pg";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { sayReason } from "#server/chart/say-reason.ts";
import type { Realm } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { makeMember, type TestClinic, type TestMember } from "#tests/factories/clinic.ts";
import { beginTestLetter } from "#tests/factories/letter.ts";
import { takeFile } from "#tests/factories/patient-import.ts";
import { openFor } from "#tests/factories/person.ts";
import { publishPage, putOnline } from "#tests/factories/public-page.ts";
import { makeSchedule, type TestSchedule } from "#tests/factories/schedule.ts";

/** How each page of `app/` is reached, and as whom. A page that is missing here fails every-page.spec.ts. */
export interface Visit {
  readonly path: (clinic: TestClinic, locale: "fr" | "en") => string | Promise<string>;
  /** Whose session opens it; absent for a page that anybody reads. */
  readonly session?: (clinic: TestClinic) => Promise<{ realm: Realm; token: string }>;
  /** Where it lands when that is not its own path. */
  readonly lands?: (clinic: TestClinic) => string;
  /** Visited with a link that opens nothing: the page says so, and the browser notes the server's refusal in its console. */
  readonly refused?: true;
}

const ofOwner = async ({ owner }: TestClinic) => ({ realm: "staff" as const, token: owner.token });

/** The owner's account, in the host's realm: what these pages show, they show of the account itself. */
const ofOperator = async ({ owner }: TestClinic) => ({
  realm: "host" as const,
  token: (await openFor(owner.userId, { realm: "host", secondFactor: true })).token,
});

/** The same, named operator: no role of ours may do that, the instance's administrator does. */
const ofNamedOperator = async (clinic: TestClinic) => {
  const { adminUrl } = await import("./instance-database.ts");
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin
    .query("insert into host.operator (user_id) values ($1) on conflict do nothing", [clinic.owner.userId])
    .finally(() => admin.end());
  return ofOperator(clinic);
};

const professionals = new Map<string, Promise<TestMember>>();

/** One who gives care in this clinic: the same for all its pages. */
const carer = (clinic: TestClinic): Promise<TestMember> => {
  const known = professionals.get(clinic.id) ?? makeMember(clinic, "professional");
  professionals.set(clinic.id, known);
  return known;
};
const ofCarer = async (clinic: TestClinic) => ({ realm: "staff" as const, token: (await carer(clinic)).token });

/** A patient whose chart this professional has said why they open. */
async function openedPatient(clinic: TestClinic): Promise<string> {
  await import("./instance-database.ts");
  const { id: patientId } = await makePatient(clinic.owner.ctx);
  await sayReason((await carer(clinic)).ctx, { id: newId(), patientId, reason: "covering", note: "" });
  return patientId;
}

const places = new Map<string, Promise<TestSchedule>>();

/** Once for a clinic: a schedule that strangers may book at, and its page before everybody. */
const publish = (clinic: TestClinic): Promise<TestSchedule> => {
  const known = places.get(clinic.id) ?? openToAll(clinic);
  places.set(clinic.id, known);
  return known;
};

async function openToAll(clinic: TestClinic): Promise<TestSchedule> {
  await import("./instance-database.ts");
  const place = await makeSchedule(clinic);
  await putOnline(place);
  await publishPage(clinic);
  return place;
}

/** A page under /c, in the language that its address asks for. */
const ofAnybody = (path: (place: TestSchedule) => string): Visit => ({
  path: async (clinic, locale) => `/c/${clinic.slug}${path(await publish(clinic))}${locale === "en" ? "?lang=en" : ""}`,
});

export const visits: Record<string, Visit> = {
  "/c/[clinic]": ofAnybody(() => ""),
  "/c/[clinic]/rendez-vous": ofAnybody(() => "/rendez-vous"),
  // Without what opens a visit, which stands behind the #.
  "/c/[clinic]/gerer": ofAnybody(() => "/gerer"),
  "/c/[clinic]/offre": ofAnybody(() => "/offre"),
  "/c/[clinic]/attente": ofAnybody(() => "/attente"),
  "/c/[clinic]/deplacer": ofAnybody(() => "/deplacer"),
  "/c/[clinic]/renseignements": ofAnybody(() => "/renseignements"),
  "/c/[clinic]/services/[id]": ofAnybody(({ serviceId }) => `/services/${serviceId}`),
  "/c/[clinic]/soignants/[id]": ofAnybody(({ practitioners }) => `/soignants/${practitioners[0]}`),
  "/apercu/[clinic]": {
    path: ({ slug }, locale) => `/apercu/${slug}${locale === "en" ? "?lang=en" : ""}`,
    session: ofOwner,
  },
  "/clinic/[clinic]/public-page": { path: ({ slug }) => `/clinic/${slug}/public-page`, session: ofOwner },
  "/clinic/[clinic]": { path: ({ slug }) => `/clinic/${slug}`, session: ofOwner },
  "/clinic/[clinic]/attente": { path: ({ slug }) => `/clinic/${slug}/attente`, session: ofOwner },
  "/clinic/[clinic]/patients/[patient]": {
    path: async (clinic) => `/clinic/${clinic.slug}/patients/${await openedPatient(clinic)}`,
    session: ofCarer,
  },
  "/clinic/[clinic]/patients/[patient]/lettres/[letter]": {
    path: async (clinic) => {
      const patientId = await openedPatient(clinic);
      const { id } = await beginTestLetter(clinic, await carer(clinic), patientId);
      return `/clinic/${clinic.slug}/patients/${patientId}/lettres/${id}`;
    },
    session: ofCarer,
  },
  "/clinic/[clinic]/patients/[patient]/croissance": {
    path: async (clinic) => `/clinic/${clinic.slug}/patients/${await openedPatient(clinic)}/croissance`,
    session: ofCarer,
  },
  "/clinic/[clinic]/patients/[patient]/medicaments": {
    path: async (clinic) => `/clinic/${clinic.slug}/patients/${await openedPatient(clinic)}/medicaments`,
    session: ofCarer,
  },
  "/clinic/[clinic]/patients": { path: ({ slug }) => `/clinic/${slug}/patients`, session: ofOwner },
  "/clinic/[clinic]/patients/inscription": {
    path: ({ slug }) => `/clinic/${slug}/patients/inscription`,
    session: ofOwner,
  },
  "/clinic/[clinic]/patients/importation": {
    path: ({ slug }) => `/clinic/${slug}/patients/importation`,
    session: ofOwner,
  },
  "/clinic/[clinic]/patients/importation/[import]": {
    path: async (clinic) => {
      await import("./instance-database.ts");
      return `/clinic/${clinic.slug}/patients/importation/${(await takeFile(clinic)).id}`;
    },
    session: ofOwner,
  },
  "/clinic/[clinic]/patients/[patient]/fusion": {
    path: async (clinic) => `/clinic/${clinic.slug}/patients/${await openedPatient(clinic)}/fusion`,
    session: ofOwner,
  },
  "/clinic/[clinic]/patients/[patient]/fiche": {
    path: async (clinic) => `/clinic/${clinic.slug}/patients/${await openedPatient(clinic)}/fiche`,
    session: ofOwner,
  },
  "/clinic/[clinic]/patients/[patient]/documents": {
    path: async (clinic) => `/clinic/${clinic.slug}/patients/${await openedPatient(clinic)}/documents`,
    session: ofCarer,
  },
  "/clinic/[clinic]/patients/[patient]/acces": {
    path: async (clinic) => `/clinic/${clinic.slug}/patients/${await openedPatient(clinic)}/acces`,
    session: ofOwner,
  },
  "/clinic/[clinic]/boite": { path: ({ slug }) => `/clinic/${slug}/boite`, session: ofOwner },
  "/clinic/[clinic]/taches": { path: ({ slug }) => `/clinic/${slug}/taches`, session: ofOwner },
  "/clinic/[clinic]/discussions": { path: ({ slug }) => `/clinic/${slug}/discussions`, session: ofOwner },
  "/clinic/[clinic]/suivis": { path: ({ slug }) => `/clinic/${slug}/suivis`, session: ofOwner },
  "/clinic/[clinic]/agenda": { path: ({ slug }) => `/clinic/${slug}/agenda`, session: ofOwner },
  "/clinic/[clinic]/notes": { path: ({ slug }) => `/clinic/${slug}/notes`, session: ofCarer },
  "/clinic/[clinic]/consultations": { path: ({ slug }) => `/clinic/${slug}/consultations`, session: ofCarer },
  "/clinic/[clinic]/repertoire": { path: ({ slug }) => `/clinic/${slug}/repertoire`, session: ofOwner },
  "/clinic/[clinic]/modeles": { path: ({ slug }) => `/clinic/${slug}/modeles`, session: ofCarer },
  "/clinic/[clinic]/parcours": { path: ({ slug }) => `/clinic/${slug}/parcours`, session: ofOwner },
  "/clinic/[clinic]/demandes": { path: ({ slug }) => `/clinic/${slug}/demandes`, session: ofOwner },
  "/clinic/[clinic]/locations": { path: ({ slug }) => `/clinic/${slug}/locations`, session: ofOwner },
  "/clinic/[clinic]/practitioners": { path: ({ slug }) => `/clinic/${slug}/practitioners`, session: ofOwner },
  "/clinic/[clinic]/services": { path: ({ slug }) => `/clinic/${slug}/services`, session: ofOwner },
  "/clinic/[clinic]/hours": { path: ({ slug }) => `/clinic/${slug}/hours`, session: ofOwner },
  "/clinic/[clinic]/settings": { path: ({ slug }) => `/clinic/${slug}/settings`, session: ofOwner },
  "/clinic/[clinic]/integrations": { path: ({ slug }) => `/clinic/${slug}/integrations`, session: ofOwner },
  "/clinic/[clinic]/messages": { path: ({ slug }) => `/clinic/${slug}/messages`, session: ofOwner },
  "/clinic/[clinic]/messages/rules": { path: ({ slug }) => `/clinic/${slug}/messages/rules`, session: ofOwner },
  "/clinic/[clinic]/patients/[patient]/communications": {
    path: async (clinic) => `/clinic/${clinic.slug}/patients/${await openedPatient(clinic)}/communications`,
    session: ofOwner,
  },
  "/clinic/[clinic]/privacy/registre": { path: ({ slug }) => `/clinic/${slug}/privacy/registre`, session: ofOwner },
  "/c/[clinic]/envoi": ofAnybody(() => "/envoi"),
  "/c/[clinic]/desabonnement": ofAnybody(() => "/desabonnement"),
  "/clinic/[clinic]/privacy": { path: ({ slug }) => `/clinic/${slug}/privacy`, session: ofOwner },
  "/clinic/[clinic]/privacy/ouvertures": { path: ({ slug }) => `/clinic/${slug}/privacy/ouvertures`, session: ofOwner },
  "/clinic/[clinic]/members": { path: ({ slug }) => `/clinic/${slug}/members`, session: ofOwner },
  "/clinic/[clinic]/members/permissions": {
    path: ({ slug }) => `/clinic/${slug}/members/permissions`,
    session: ofOwner,
  },
  "/invitation": { path: () => "/invitation", refused: true },
  "/clinic/[clinic]/journal": { path: ({ slug }) => `/clinic/${slug}/journal`, session: ofOwner },
  "/host/reglages": { path: () => "/host/reglages", session: ofNamedOperator },
  "/code-source": { path: () => "/code-source" },
  "/host": { path: () => "/host", session: ofNamedOperator },
  "/": { path: () => "/" },
  "/connexion": { path: () => "/connexion" },
  "/connexion/retour": { path: () => "/connexion/retour?refus=notFresh" },
  "/host/connexion": { path: () => "/host/connexion" },
  "/host/compte": { path: () => "/host/compte", session: ofOperator },
  "/host/compte/securite": { path: () => "/host/compte/securite", session: ofOperator },
  "/host/compte/sessions": { path: () => "/host/compte/sessions", session: ofOperator },
  "/host/compte/traces": { path: () => "/host/compte/traces", session: ofOperator },
  "/host/second-facteur": { path: () => "/host/second-facteur", session: ofOperator },
  "/mot-de-passe": { path: () => "/mot-de-passe" },
  "/mot-de-passe/nouveau": { path: () => "/mot-de-passe/nouveau", refused: true },
  "/compte": { path: () => "/compte", session: ofOwner },
  "/compte/securite": { path: () => "/compte/securite", session: ofOwner },
  "/compte/sessions": { path: () => "/compte/sessions", session: ofOwner },
  "/compte/traces": { path: () => "/compte/traces", session: ofOwner },
  "/compte/second-facteur": { path: () => "/compte/second-facteur", session: ofOwner },
  "/legal/conditions": { path: () => "/legal/conditions" },
  "/legal/vie-privee": { path: () => "/legal/vie-privee" },
  "/securite": { path: () => "/securite" },
  "/statut": { path: () => "/statut" },
  "/ouvrir": { path: () => "/ouvrir" },
};
