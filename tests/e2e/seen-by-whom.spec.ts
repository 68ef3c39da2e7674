import "./instance-database.ts";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { sayReason } from "#server/chart/say-reason.ts";
import { newId } from "#server/db/new-id.ts";
import { callerOf } from "#tests/factories/caller.ts";
import { makeClinic, makeMember } from "#tests/factories/clinic.ts";
import { press, tabTo, write } from "./by-keyboard.ts";
import { enter } from "./enter.ts";

/** A patient closes their notes to a doctor; the doctor meets an emergency; the person in charge of privacy looks at it. No mouse. */

async function noFault(page: Page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

test("AC-19, AC-21, AC-22, VA-4: closed from the chart, passed in an emergency, and seen by whom it concerns", async ({
  browser,
  baseURL,
}) => {
  // Three people, one after the other.
  test.slow();
  const clinic = await makeClinic();
  const [doctor, named, officer] = [
    await makeMember(clinic, "professional"),
    await makeMember(clinic, "professional"),
    await makeMember(clinic, "privacy_officer"),
  ];
  const { id: patientId } = await makePatient(clinic.owner.ctx, { familyName: "Ouellet", givenName: "Marie-Pier" });
  const because = { patientId, reason: "covering" as const, note: "" };
  for (const { ctx } of [doctor, named]) await sayReason(ctx, { id: newId(), ...because });
  const chart = `/clinic/${clinic.slug}/patients/${patientId}`;
  const as = async (member: { token: string }) => {
    const context = await browser.newContext({ baseURL: baseURL ?? "", locale: "fr-CA" });
    await enter(context, member, baseURL);
    return context.newPage();
  };
  const nameOf = async (userId: string) =>
    (await callerOf(clinic.owner, clinic).membership.list({})).members.find((one) => one.userId === userId)
      ?.displayName ?? "";

  // The doctor writes down the signed notice, from the head of the chart.
  const at = await as(doctor);
  await at.goto(chart, { waitUntil: "networkidle" });
  await press(at, at.getByRole("link", { name: /Sans restriction/ }));
  await expect(at.getByText("Rien n’est fermé")).toBeVisible();
  await press(at, at.getByRole("button", { name: "Inscrire une restriction" }));
  const form = at.getByRole("dialog", { name: "Inscrire une restriction" });
  const target = await nameOf(named.userId);
  await write(at, form.getByLabel("Fermé à"), target);
  await expect(async () => {
    await at.keyboard.press("ArrowDown");
    await expect(at.locator("[role=option][data-combobox-selected]")).toHaveText(target, { timeout: 500 });
  }).toPass();
  await at.keyboard.press("Enter");
  await tabTo(at, form.getByLabel("Ce qui est fermé"));
  await at.keyboard.press("Enter");
  await expect(async () => {
    await at.keyboard.press("ArrowDown");
    await expect(at.locator("[role=option][data-combobox-selected]")).toHaveText("Notes", { timeout: 500 });
  }).toPass();
  await at.keyboard.press("Enter");
  await expect(form.getByLabel("Ce qui est fermé")).toHaveValue("Notes");
  await write(at, form.getByLabel("Pour joindre cette personne"), "418 555-0142");
  // What was not told to the person is not written down.
  await press(at, form.getByRole("button", { name: "Inscrire" }));
  await expect(form.getByText("Dites d’abord à la personne").first()).toBeVisible();
  await tabTo(at, form.getByRole("checkbox"));
  await at.keyboard.press("Space");
  await press(at, form.getByRole("button", { name: "Inscrire" }));
  await expect(at.getByRole("listitem").filter({ hasText: "Notes : fermé à" })).toContainText("Marie-Pier Ouellet");
  await expect(
    at.getByRole("banner").or(at.locator("header")).getByText("1 restriction du patient").first(),
  ).toBeVisible();
  await noFault(at);

  // The doctor whom it names sees that something is hidden, and passes it: a reason, an hour, and everybody is told.
  const on = await as(named);
  await on.goto(chart, { waitUntil: "networkidle" });
  await expect(on.getByText("Une partie de ce dossier vous est fermée")).toBeVisible();
  await press(on, on.getByRole("button", { name: "Passer outre en urgence…" }));
  const danger = on.getByRole("dialog", { name: "Passer outre en urgence" });
  await on.keyboard.insertText("urgent");
  await press(on, danger.getByRole("button", { name: "Ouvrir en urgence" }));
  await expect(danger.getByText("Décrivez le danger en une phrase")).toBeVisible();
  await tabTo(on, danger.getByLabel("Quel est le danger?"), true);
  await on.keyboard.press("Control+a");
  await on.keyboard.insertText("Inconsciente, médicaments inconnus");
  await press(on, danger.getByRole("button", { name: "Ouvrir en urgence" }));
  await expect(on.getByText(/Ouvert en urgence jusqu’à/)).toBeVisible();
  await noFault(on);
  // The page that is asked again, and its other pages, go through the same glass.
  await on.reload({ waitUntil: "networkidle" });
  await expect(on.getByText(/Ouvert en urgence jusqu’à/)).toBeVisible();
  await press(on, on.getByRole("button", { name: "Refermer" }));
  await expect(on.getByText("Une partie de ce dossier vous est fermée")).toBeVisible();

  // A chart closed whole shows nothing of the person, and the way past it.
  await callerOf(doctor, clinic).privacy.restrict({
    patientId,
    target: { kind: "member", userId: named.userId },
    category: "*",
    signedOn: "2026-09-14",
    signerName: "Marie-Pier Ouellet",
    signerContact: "418 555-0142",
    risksExplained: true,
  });
  await on.goto(chart, { waitUntil: "networkidle" });
  await expect(on.getByRole("heading", { name: "Ce dossier vous est fermé" })).toBeVisible();
  expect(await on.content()).not.toContain("Ouellet");
  await write(on, on.getByLabel("Quel est le danger?"), "Convulse dans la salle d’attente");
  await press(on, on.getByRole("button", { name: "Ouvrir en urgence" }));
  await expect(on.getByRole("heading", { name: "Marie-Pier Ouellet" })).toBeVisible();

  // The person in charge of privacy: the queue, an opinion, and who opened this chart.
  const by = await as(officer);
  await by.goto(`/clinic/${clinic.slug}/privacy`, { waitUntil: "networkidle" });
  const queue = by.getByRole("table", { name: "À revoir" });
  await expect(queue.getByRole("row")).toHaveCount(1 + 2);
  await expect(queue).toContainText("Inconsciente, médicaments inconnus");
  await press(by, queue.getByRole("button", { name: /^Revoir/ }).first());
  const look = by.getByRole("dialog", { name: /^Revoir l’ouverture de/ });
  await tabTo(by, look.getByRole("radio", { name: "Justifiée" }));
  await by.keyboard.press("ArrowDown");
  await press(by, look.getByRole("button", { name: "Enregistrer l’avis" }));
  await expect(look.getByText("Dites en quelques mots ce qui est à voir.").first()).toBeVisible();
  await write(by, look.getByLabel("Remarque"), "Rencontrer le médecin");
  await press(by, look.getByRole("button", { name: "Enregistrer l’avis" }));
  await expect(queue.getByRole("row")).toHaveCount(1 + 1);
  await noFault(by);

  await by.goto(`${chart}/acces`, { waitUntil: "networkidle" });
  const openings = by.getByRole("table", { name: "Qui a ouvert ce dossier" });
  await expect(openings.getByRole("row").filter({ hasText: "Urgence" }).first()).toContainText(
    "Convulse dans la salle d’attente",
  );
  await noFault(by);
  // Turned around: whom did this person open.
  await by.goto(`/clinic/${clinic.slug}/privacy/ouvertures`, { waitUntil: "networkidle" });
  const all = by.getByRole("table", { name: "Ouvertures de dossiers" });
  const before = await all.getByRole("row").count();
  await press(by, all.getByRole("button", { name: await nameOf(doctor.userId) }).first());
  await expect(all.getByRole("row")).not.toHaveCount(before);
  await expect(all).not.toContainText("Urgence");
  await noFault(by);
  for (const page of [at, on, by]) await page.context().close();
});
