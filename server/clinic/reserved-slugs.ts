import { skeletonOf } from "./slug-form.ts";

/** Addresses that no clinic gets: ours, those of public bodies and orders, and words that would promise something. */
const reserved = [
  "about", "acces", "accueil", "admin", "administration", "agenda", "aide", "api", "app", "assets", "assistance", "auth",
  "blog", "chevet", "clinic", "clinique", "cliniques", "clinics", "cms", "compte", "conditions", "confidentialite",
  "connexion", "contact", "courriel", "demo", "demonstration", "docs", "documentation", "erreur", "error", "etat", "exemple",
  "facture", "facturation", "favicon", "hebergeur", "help", "home", "host", "hote", "inscription", "invitation", "legal",
  "login", "logout", "mail", "mentions-legales", "metrics", "new", "nouveau", "null", "ouvrir", "paiement", "patient",
  "patients", "personnel", "portail", "portal", "prix", "pricing", "privacy", "public", "reglages", "rendez-vous", "root",
  "sante", "securite", "security", "service", "services", "settings", "signin", "signup", "site", "soutien", "staff",
  "static", "status", "statut", "support", "system", "systeme", "terms", "test", "undefined", "urgence", "urgences", "www",
  "911", "811", "info-sante",
  "assurance-maladie", "cai", "canada", "carnet-sante", "chum", "chus", "cisss", "ciusss", "clsc", "cmq", "cnesst",
  "college-des-medecins", "dsq", "gouv", "gouvernement", "gouvernement-du-quebec", "hopital", "inspq", "ivac", "ministere",
  "msss", "muhc", "ordre-des-dentistes", "ordre-des-infirmieres", "ordre-des-pharmaciens", "ordre-des-psychologues",
  "quebec", "ramq", "saaq", "sante-quebec", "santequebec",
]; // biome-ignore format: words, not code

const skeletons = new Set(reserved.map(skeletonOf));

/** Also true for what only looks like a reserved address ("rarnq"). */
export function isReserved(slug: string): boolean {
  return skeletons.has(skeletonOf(slug));
}
