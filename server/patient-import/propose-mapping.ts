import { nameWords } from "#server/patient/fold-name.ts";
import { type ImportField, importFields } from "./schema.ts";

/** What programs call their columns, in French and in English, folded. The first that fits takes the column. */
const names: Readonly<Record<ImportField, readonly string[]>> = {
  familyName: ["nom", "nom de famille", "nom famille", "last name", "lastname", "family name", "familyname", "surname"],
  givenName: ["prenom", "prenoms", "first name", "firstname", "given name", "givenname"],
  birthFamilyName: ["nom a la naissance", "nom de naissance", "nom de fille", "birth name", "maiden name"],
  preferredName: ["nom usuel", "nom choisi", "prenom usuel", "surnom", "preferred name", "nickname"],
  birthDate: [
    "date de naissance",
    "naissance",
    "ddn",
    "date naissance",
    "birth date",
    "birthdate",
    "dob",
    "date of birth",
  ],
  sex: ["sexe", "sex"],
  gender: ["genre", "gender", "identite de genre", "gender identity"],
  pronouns: ["pronoms", "pronom", "pronouns"],
  language: ["langue", "language", "langue de correspondance"],
  nam: [
    "nam",
    "no assurance maladie",
    "numero d assurance maladie",
    "assurance maladie",
    "ramq",
    "health card",
    "hin",
    "health insurance number",
  ],
  namExpiry: [
    "expiration",
    "expiration nam",
    "expiration ramq",
    "date d expiration",
    "nam expiration",
    "expiry",
    "expiry date",
  ],
  fileNumber: [
    "dossier",
    "no dossier",
    "numero de dossier",
    "no de dossier",
    "chart number",
    "file number",
    "chart no",
  ],
  mobile: ["cellulaire", "cell", "mobile", "telephone cellulaire", "cell phone", "mobile phone"],
  home: [
    "telephone",
    "tel",
    "telephone maison",
    "tel maison",
    "telephone residence",
    "domicile",
    "phone",
    "home phone",
    "telephone domicile",
  ],
  work: ["telephone travail", "tel travail", "bureau", "work phone"],
  email: ["courriel", "email", "e mail", "mail", "adresse courriel", "email address"],
  street: ["adresse", "rue", "address", "street", "address 1", "adresse 1"],
  city: ["ville", "municipalite", "city", "town"],
  province: ["province", "state"],
  postalCode: ["code postal", "cp", "postal code", "zip", "postalcode"],
  sourceId: ["id", "identifiant", "patient id", "no patient", "numero patient", "id patient", "demographic no"],
};

/** Which column each field probably is. Pure. */
export function proposeMapping(header: readonly string[]): Partial<Record<ImportField, number>> {
  const folded = header.map((name) => nameWords(name).join(" "));
  const taken = new Set<number>();
  const proposed: Partial<Record<ImportField, number>> = {};
  for (const field of importFields) {
    const at = folded.findIndex((name, column) => !taken.has(column) && names[field].includes(name));
    if (at < 0) continue;
    taken.add(at);
    proposed[field] = at;
  }
  return proposed;
}
