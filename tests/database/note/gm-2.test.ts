import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { closeDatabases } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import type { Answers } from "#server/note/rich-text-schema.ts";
import { inDays } from "#tests/factories/booking.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import { makeClinic, makeMember, type TestClinic, type TestMember } from "#tests/factories/clinic.ts";
import { opens } from "#tests/factories/ground.ts";
import { beginTestNote, newTab, signTestNote, written } from "#tests/factories/note.ts";
import { daysAgo, measure } from "#tests/factories/record.ts";
import { makeSchedule } from "#tests/factories/schedule.ts";
import { makeVisit } from "#tests/factories/waitlist.ts";

let clinic: TestClinic;
let doctor: TestMember;
const call = (member = doctor) => callerOf(member, clinic);

beforeAll(async () => {
  clinic = await makeClinic();
  doctor = await makeMember(clinic, "professional");
});
afterAll(closeDatabases);

describe("GM-2: notes hang on encounters", () => {
  it("one encounter per visit and participant, whoever presses and however often", async () => {
    const visit = await makeVisit(await makeSchedule(clinic));
    const nurse = await makeMember(clinic, "professional");
    for (const member of [doctor, nurse]) await opens(member, visit.patientId);
    const start = (member: TestMember) =>
      call(member).note.start({ id: newId(), encounterId: newId(), ...visit, tab: newTab() });
    const [one, again] = await Promise.all([start(doctor), start(doctor)]);
    const third = await start(doctor);
    await start(nurse);
    const encounters = await withStaff(doctor.ctx, (db) =>
      db.encounter.findMany({ where: { clinicId: clinic.id, appointmentId: visit.appointmentId } }),
    );
    expect(encounters.map(({ authorId }) => authorId).sort()).toEqual([doctor.userId, nurse.userId].sort());
    expect([one.id, again.id]).toContain(third.id);
    expect(third.begun).toBe(false);
    const drafts = await call().note.drafts({ patientId: visit.patientId, appointmentId: visit.appointmentId });
    expect(drafts[0]).toMatchObject({ mine: true, ofVisit: true });
    expect(drafts.filter(({ mine }) => !mine)).toHaveLength(1);
  });

  it("from the day, a visit's note that is signed is given back to read, and from the chart another may begin", async () => {
    const visit = await makeVisit(await makeSchedule(clinic), 21);
    const start = (again?: boolean) =>
      call().note.start({ id: newId(), encounterId: newId(), ...visit, tab: newTab(), again });
    const signed = await signTestNote(clinic, doctor, visit);
    expect(await start(false)).toEqual({ id: signed.id, begun: false, signed: true });
    const nurse = await makeMember(clinic, "professional");
    await opens(nurse, visit.patientId);
    // Somebody else's is theirs.
    expect(
      await call(nurse).note.start({ id: newId(), encounterId: newId(), ...visit, tab: newTab(), again: false }),
    ).toMatchObject({ begun: true, signed: false });
    const more = await start();
    expect(more).toMatchObject({ begun: true, signed: false });
    // What is being written goes before what is signed.
    expect(await start(false)).toEqual({ id: more.id, begun: false, signed: false });
  });

  it("one's own day says which visits have a note to sign or signed; nobody else's day does", async () => {
    const place = await makeSchedule(clinic);
    const [practitionerId] = place.practitioners;
    const own = await makeMember(clinic, "professional");
    await withStaff(clinic.owner.ctx, (db) =>
      db.practitioner.updateMany({
        where: { clinicId: clinic.id, id: practitionerId },
        data: { membershipId: own.membershipId, version: { increment: 1 } },
      }),
    );
    const [signed, begun, error] = [
      await makeVisit(place, 5, "09:00"),
      await makeVisit(place, 5, "10:00"),
      await makeVisit(place, 5, "11:00"),
    ];
    await makeVisit(place, 5, "13:00");
    await signTestNote(clinic, own, signed);
    await beginTestNote(clinic, own, begun);
    const wrong = await signTestNote(clinic, own, error);
    await call(own).note.markInError({ id: wrong.id, version: 2, reason: "Autre patient" });
    // Another's note of the same visit is not one's own.
    await beginTestNote(clinic, doctor, signed);
    const date = inDays(5);
    const states = await call(own).note.ofDay({ date });
    expect(states.map(({ appointmentId, state }) => [appointmentId, state]).sort()).toEqual(
      [
        [signed.appointmentId, "signed"],
        [begun.appointmentId, "unsigned"],
      ].sort(),
    );
    expect(await call().note.ofDay({ date })).toEqual([]);
    expect(await call(own).note.ofDay({ date: inDays(6) })).toEqual([]);
  });

  it("a visit takes the notes of its own patient only", async () => {
    const visit = await makeVisit(await makeSchedule(clinic));
    const other = await beginTestNote(clinic, doctor);
    const input = {
      id: newId(),
      encounterId: newId(),
      appointmentId: visit.appointmentId,
      patientId: other.patientId,
      tab: newTab(),
    };
    expect((await refusal(call().note.start(input))).key).toBe("note.otherPatient");
  });

  it("the timeline goes from years to days, and the list follows", async () => {
    const days = ["2019-03-04", "2023-06-01", "2023-06-20", "2023-06-20"];
    const first = await signTestNote(clinic, doctor, { occurredAt: new Date(`${days[0]}T15:00:00Z`) });
    const { patientId } = first;
    for (const day of days.slice(1))
      await signTestNote(clinic, doctor, { patientId, occurredAt: new Date(`${day}T15:00:00Z`) });
    const bars = async (unit: "year" | "month" | "day", from?: string, until?: string) =>
      (await call().encounter.timeline({ patientId, unit, from, until })).map(({ on, visits, notes }) => [
        on,
        visits,
        notes,
      ]);
    expect(await bars("year")).toEqual([
      ["2019-01-01", 1, 1],
      ["2023-01-01", 3, 3],
    ]);
    expect(await bars("month", "2023-01-01", "2023-12-31")).toEqual([["2023-06-01", 3, 3]]);
    expect(await bars("day", "2023-06-01", "2023-06-30")).toEqual([
      ["2023-06-01", 1, 1],
      ["2023-06-20", 2, 2],
    ]);
    const page = await call().note.list({ patientId, most: 3 });
    expect(page.rows.map(({ occurredAt }) => occurredAt.toISOString().slice(0, 10))).toEqual(days.slice(1).reverse());
    expect(
      (await call().note.list({ patientId, most: 3, after: page.after ?? undefined })).rows.map(({ id }) => id),
    ).toEqual([first.id]);
    expect((await call().note.list({ patientId, from: "2019-01-01", until: "2019-12-31" })).rows).toHaveLength(1);
    expect(page.rows[0]).toMatchObject({ excerpt: "Se sent bien.", late: true, mine: true });
  });
});

describe("GM-2: notes hang on problems", () => {
  const chosen = (text: string, conditionId: string) => ({ text, code: "", system: "" as const, conditionId });
  type Chosen = ReturnType<typeof chosen>;

  async function problem(patientId: string, label: string): Promise<string> {
    const id = newId();
    await call().condition.add({ id, patientId, label });
    return id;
  }
  async function write(draft: { id: string; tab: string }, diagnoses: Chosen[]) {
    const { id, tab } = draft;
    const answers = { subjective: written("Se sent bien.") };
    const saved = await call().note.save({ id, tab, revision: 1, saveId: newId(), title: "", diagnoses, answers });
    await call().note.sign({ id, revision: saved.revision });
  }
  const notesOf = async (patientId: string, conditionId: string, member = doctor) =>
    (await call(member).note.list({ patientId, conditionId })).rows.map(({ id }) => id);
  const counted = async (patientId: string) =>
    Object.fromEntries((await call().summary.read({ patientId })).conditions.map(({ label, notes }) => [label, notes]));

  it("a note signed for a problem is among its notes, once, and no other note is", async () => {
    const draft = await beginTestNote(clinic, doctor);
    const { patientId } = draft;
    const [pressure, knee] = [await problem(patientId, "HTA essentielle"), await problem(patientId, "Gonarthrose")];
    await signTestNote(clinic, doctor, { patientId, text: "D’autre chose" });
    expect(await notesOf(patientId, pressure)).toEqual([]);
    await write(draft, [chosen("HTA essentielle", pressure), chosen("HTA, mal maîtrisée", pressure)]);
    expect(await notesOf(patientId, pressure)).toEqual([draft.id]);
    expect(await notesOf(patientId, knee)).toEqual([]);
    expect(await counted(patientId)).toEqual({ "HTA essentielle": 1, Gonarthrose: 0 });
    const [note] = await call().note.read({ id: draft.id });
    expect(note?.diagnoses.map(({ conditionId }) => conditionId)).toEqual([pressure, pressure]);
  });

  it("what a correction says of the problem holds; a note declared an error hangs on nothing", async () => {
    const draft = await beginTestNote(clinic, doctor);
    const { patientId } = draft;
    const [pressure, knee] = [await problem(patientId, "HTA essentielle"), await problem(patientId, "Gonarthrose")];
    await write(draft, [chosen("HTA essentielle", pressure)]);
    const correction = { id: newId(), tab: newTab() };
    await call().note.amend({ ...correction, noteId: draft.id, relation: "correction", reason: "Mauvais problème" });
    expect((await call().note.open({ ...correction })).diagnoses).toEqual([chosen("HTA essentielle", pressure)]);
    await write(correction, [chosen("Gonarthrose", knee)]);
    expect(await notesOf(patientId, pressure)).toEqual([]);
    expect(await notesOf(patientId, knee)).toEqual([draft.id]);

    const other = await beginTestNote(clinic, doctor, { patientId });
    await write(other, [chosen("HTA essentielle", pressure)]);
    expect(await notesOf(patientId, pressure)).toEqual([other.id]);
    await call().note.markInError({ id: other.id, version: 2, reason: "Autre patient" });
    expect(await notesOf(patientId, pressure)).toEqual([]);
    expect(await counted(patientId)).toEqual({ "HTA essentielle": 0, Gonarthrose: 1 });
  });

  it("a problem of another patient is hung on by nothing, though the words stay", async () => {
    const draft = await beginTestNote(clinic, doctor);
    const elsewhere = await beginTestNote(clinic, doctor);
    const theirs = await problem(elsewhere.patientId, "HTA essentielle");
    await write(draft, [chosen("HTA essentielle", theirs)]);
    expect(await notesOf(elsewhere.patientId, theirs)).toEqual([]);
    expect(await notesOf(draft.patientId, theirs)).toEqual([]);
    const links = await withStaff(doctor.ctx, (db) =>
      db.noteCondition.count({ where: { clinicId: clinic.id, conditionId: theirs } }),
    );
    expect(links).toBe(0);
    const [note] = await call().note.read({ id: draft.id });
    expect(note?.diagnoses[0]?.text).toBe("HTA essentielle");
  });

  it("a private note's link is for those that the note is for", async () => {
    const draft = await beginTestNote(clinic, doctor);
    const { patientId } = draft;
    const low = await problem(patientId, "Dépression");
    const nurse = await makeMember(clinic, "professional");
    await opens(nurse, patientId);
    await call().note.setAudience({ id: draft.id, version: 1, professions: [], userIds: [doctor.userId] });
    await write(draft, [chosen("Dépression", low)]);
    expect(await notesOf(patientId, low)).toEqual([draft.id]);
    expect(await notesOf(patientId, low, nurse)).toEqual([]);
    const seen = await withStaff(nurse.ctx, (db) =>
      db.noteCondition.count({ where: { clinicId: clinic.id, conditionId: low } }),
    );
    expect(seen).toBe(0);
  });
});

describe("templates", () => {
  const wound = { linkId: "wound", label: "Plaie", letter: "", type: "text" as const, options: [], unit: "", help: "" };
  const items = [wound];

  it("one that is changed today alters no note of yesterday", async () => {
    const id = newId();
    await call().questionnaire.add({ id, title: "Plaie", profession: "", items, own: true });
    const before = await beginTestNote(clinic, doctor);
    await call().note.markInError({ id: before.id, version: 1, reason: "Autre modèle" });
    const [noteId, tab] = [newId(), newTab()];
    await call().note.start({
      id: noteId,
      encounterId: newId(),
      patientId: before.patientId,
      template: { questionnaireId: id },
      tab,
    });
    const saved = await call().note.save({
      id: noteId,
      tab,
      revision: 1,
      saveId: newId(),
      title: "",
      diagnoses: [],
      answers: { wound: written("Propre") },
    });
    await call().note.sign({ id: noteId, revision: saved.revision });
    await call().questionnaire.change({
      id,
      version: 1,
      title: "Plaie et douleur",
      profession: "",
      items: [{ ...wound, linkId: "pain", label: "Douleur" }],
    });
    const [note] = await call().note.read({ id: noteId });
    expect(note).toMatchObject({ template: "Plaie", number: 1, items: [{ linkId: "wound", label: "Plaie" }] });
    const listed = (await call().questionnaire.list()).find((one) => one.id === id);
    expect(listed).toMatchObject({ title: "Plaie et douleur", number: 2, own: true, items: [{ linkId: "pain" }] });
    const stale = { id, version: 1, title: "Autre", profession: "" as const, items };
    expect((await refusal(call().questionnaire.change(stale))).key).toBe("stale");
  });

  it("a version that was written is changed by nobody", async () => {
    await beginTestNote(clinic, doctor);
    const change = withStaff(doctor.ctx, (db) =>
      db.questionnaireVersion.updateMany({ where: { clinicId: clinic.id }, data: { title: "Autre" } }),
    );
    await expect(change).rejects.toMatchObject({ code: "NotFound" });
  });

  it("a required question: drafted freely, not signed without an answer; a version that was saved before asks nothing more", async () => {
    const draft = await beginTestNote(clinic, doctor, { shipped: "physio-assessment.fr" });
    const save = (revision: number, answers: Answers) =>
      call().note.save({ ...draft, revision, saveId: newId(), title: "", diagnoses: [], answers });
    const { revision } = await save(1, { reason: written("Genou droit") });
    expect(await refusal(call().note.sign({ id: draft.id, revision }))).toMatchObject({
      key: "note.unanswered",
      fields: { consent: "note.unanswered" },
    });
    const answered = await save(revision, { reason: written("Genou droit"), consent: "Refusé ou non obtenu" });
    await call().note.sign({ id: draft.id, revision: answered.revision });

    // As it was saved before a question could be required, and as it was before its author changed it.
    const [id, item] = [newId(), { linkId: "s", label: "Geste", letter: "", type: "text" as const, options: [] }];
    const card = { title: "Infiltration", profession: "" as const };
    await call().questionnaire.add({ id, ...card, own: true, items: [item] });
    const start = async () => {
      const { patientId } = draft;
      const begun = { id: newId(), tab: newTab() };
      await call().note.start({ ...begun, encounterId: newId(), patientId, template: { questionnaireId: id } });
      return begun;
    };
    const before = await start();
    await call().questionnaire.change({
      ...{ id, version: 1, ...card },
      items: [item, { ...item, linkId: "consent", label: "Consentement", required: true }],
    });
    const after = await start();
    const sign = async (one: { id: string; tab: string }) => {
      const content = { title: "", diagnoses: [], answers: { s: written("40 mg") } };
      const saved = await call().note.save({ ...one, revision: 1, saveId: newId(), ...content });
      return call().note.sign({ id: one.id, revision: saved.revision });
    };
    await sign(before);
    expect((await refusal(sign(after))).fields).toEqual({ consent: "note.unanswered" });
  });

  it("what one writes on most comes first; a note written otherwise for once changes nothing", async () => {
    const writer = await makeMember(clinic, "professional");
    const first = async () => (await call(writer).questionnaire.list())[0]?.shipped;
    await beginTestNote(clinic, writer, { shipped: "dap.fr" });
    expect(await first()).toBe("dap.fr");
    await beginTestNote(clinic, writer, { shipped: "dap.fr" });
    await beginTestNote(clinic, writer, { shipped: "free.fr" });
    expect(await first()).toBe("dap.fr");
  });

  it("one's own is offered to nobody else, and comes first", async () => {
    const [id, colleague] = [newId(), await makeMember(clinic, "professional")];
    await call().questionnaire.add({ id, title: "À moi", profession: "", items, own: true });
    expect((await call(colleague).questionnaire.list()).some((one) => one.id === id)).toBe(false);
    const own = (await call().questionnaire.list()).slice(0, 3).map((one) => one.id);
    expect(own).toContain(id);
    const start = {
      id: newId(),
      encounterId: newId(),
      patientId: (await beginTestNote(clinic, doctor)).patientId,
      tab: newTab(),
    };
    expect((await refusal(call(colleague).note.start({ ...start, template: { questionnaireId: id } }))).code).toBe(
      "NotFound",
    );
  });
});

describe("phrases", () => {
  it("say the chart as it is, mark where it came from, and leave what is not known to fill", async () => {
    const { patientId, id, tab } = await beginTestNote(clinic, doctor);
    const saved = await call().note.save({
      id,
      tab,
      revision: 1,
      saveId: newId(),
      title: "Suivi",
      diagnoses: [],
      answers: { subjective: written("Va bien"), plan: written("Revoir dans 3 mois") },
    });
    await call().note.sign({ id, revision: saved.revision });
    const code = `p${newId().replaceAll("-", "").slice(-10)}`;
    await call().phrase.add({
      id: newId(),
      code,
      title: "Suivi",
      body: "{nom}, prochain : {rdv}\n- {plan} [côté]",
      own: true,
    });
    const { displayName } = await call().patient.read({ id: patientId });
    const offered = await call().phrase.offered({ patientId });
    const mine = offered.find((one) => one.code === code);
    const today = new Date().toLocaleDateString("sv-SE", { timeZone: "America/Toronto" });
    expect(mine?.text).toEqual([
      { runs: [{ text: displayName, source: { kind: "variable", name: "nom" } }, ", prochain : ", "[rdv]"] },
      {
        list: "bullet",
        runs: [{ text: "Revoir dans 3 mois", source: { kind: "variable", name: "plan", on: today } }, " [côté]"],
      },
    ]);
    expect(offered.map((one) => one.code)).toEqual(expect.arrayContaining(["age", "date", "derniere", "moi"]));
  });

  it("say the record with its days: pressure, weight, results, allergies, medications, problems; and a place to fill for what nobody asked", async () => {
    const { id: patientId } = await makePatient(clinic.owner.ctx, { birthDate: "1958-03-14" });
    await beginTestNote(clinic, doctor, { patientId });
    const caller = call();
    const word = async (code: string) => {
      const offered = await caller.phrase.offered({ patientId });
      return offered
        .find((one) => one.code === code)
        ?.text.map(({ runs }) => runs.map((run) => (typeof run === "string" ? run : run.text)).join(""));
    };
    for (const code of ["ta", "poids", "imc", "resultats", "allergies", "medicaments", "problemes"])
      expect(await word(code)).toEqual([`[${code}]`]);

    const at = new Date("2026-10-05T14:00:00Z");
    const record = { clinic, doctor, patientId, caller };
    await measure(
      record,
      [
        ["bp-systolic", "128"],
        ["bp-diastolic", "76"],
        ["weight", "78,4"],
        ["height", "161"],
      ],
      at,
    );
    await measure(record, [["hba1c", "7,2"]], daysAgo(300));
    await measure(
      record,
      [
        ["hba1c", "7,9"],
        ["creatinine", "98"],
      ],
      at,
    );
    await caller.condition.add({ id: newId(), patientId, label: "HTA essentielle", onset: "2014" });
    await caller.condition.add({ id: newId(), patientId, label: "Gonarthrose" });
    expect(await word("ta")).toEqual(["128/76 mmHg (2026-10-05)"]);
    expect(await word("poids")).toEqual(["78,4 kg (2026-10-05)"]);
    expect(await word("imc")).toEqual(["30,2 kg/m² (2026-10-05)"]);
    expect(await word("resultats")).toHaveLength(2);
    expect((await word("resultats"))?.join()).toMatch(/7,9 % \(2026-10-05\)/);
    expect(await word("problemes")).toEqual(["HTA essentielle (2014)", "Gonarthrose"]);
    await caller.allergy.stateNone({ id: newId(), patientId });
    expect(await word("allergies")).toEqual(["aucune allergie connue"]);
    await caller.allergy.add({
      id: newId(),
      patientId,
      kind: "allergy",
      substance: "Pénicilline",
      reaction: "urticaire",
    });
    expect(await word("allergies")).toEqual(["Pénicilline (urticaire)"]);
    const told = await withStaff(clinic.owner.ctx, (db) =>
      db.auditEvent.count({ where: { clinicId: clinic.id, patientId, event: "phrase.offered" } }),
    );
    expect(told).toBe(1);
  });

  it("are called by one word each", async () => {
    const add = (own: boolean, member = doctor) =>
      call(member).phrase.add({ id: newId(), code: "exam", title: "", body: own ? "Le mien" : "Celui de tous", own });
    await add(false);
    await add(true);
    expect((await refusal(add(true))).fields).toEqual({ code: "phrase.taken" });
    const { patientId } = await beginTestNote(clinic, doctor);
    const said = async (member: TestMember) =>
      (await call(member).phrase.offered({ patientId })).find(({ code }) => code === "exam")?.text;
    expect(await said(doctor)).toEqual([{ runs: ["Le mien"] }]);
    const nurse = await makeMember(clinic, "professional");
    await opens(nurse, patientId);
    expect(await said(nurse)).toEqual([{ runs: ["Celui de tous"] }]);
  });
});
