import type { Waiting } from "./demo-waiting.ts";

/** The dental clinic's list, worklists and requests. */
export const waitingInChicoutimi: Waiting = {
  service: "Nettoyage",
  step: 30,
  known: [
    {
      givenName: "Sylvie",
      familyName: "Gagné",
      birthDate: "1972-01-22",
      sex: "female",
      email: "sylvie.gagne@personne.example",
      phone: "418 555-0131",
      wish: { priority: 2, note: "", weekdays: [], fromMinute: 0 },
    },
    {
      givenName: "Jérémie",
      familyName: "Harvey",
      birthDate: "1988-10-11",
      sex: "male",
      email: "jeremie.harvey@personne.example",
      phone: "418 555-0132",
    },
  ],
  strangers: [
    {
      givenName: "Jérémie",
      familyName: "Harvey",
      birthDate: "1988-10-11",
      email: "jharvey@personne.example",
      phone: "418 555-0132",
      newPatient: false,
    },
  ],
  waits: {
    givenName: "Océane",
    familyName: "Simard",
    birthDate: "1999-04-03",
    email: "oceane.simard@personne.example",
    phone: "418 555-0133",
    newPatient: true,
  },
  recalls: [
    { due: -9, reason: "Nettoyage aux six mois", tries: [["left-message", ""]] },
    { due: 20, reason: "Couronne, contrôle", tries: [] },
  ],
};
