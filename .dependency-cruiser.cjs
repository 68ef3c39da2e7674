// Which way the arrows point (a folder may import from its own floor and the ones above it in this list, never from below).
// A folder of server/ that is not placed here fails the check: deciding where it stands is part of making it.
const floors = [
  // Root files: what everything may lean on.
  ["env", "env-variables", "error-code", "errors", "context", "logger", "schema", "phone", "kept-answer"],
  // Kernel.
  [
    "db",
    "access",
    "audit",
    "queue",
    "crypto",
    "mail",
    "sms",
    "fax",
    "storage",
    "pdf",
    "observability",
    "outbound",
    "limit",
  ],
  ["proof-of-work"],
  // Who somebody is: opening a clinic or accepting an invitation makes an account and signs it in.
  ["auth"],
  ["subscription"],
  ["clinic", "membership", "integration"],
  ["practitioner", "location", "correspondent", "patient"],
  ["consent", "patient-import"],
  ["document"],
  ["schedule"],
  ["calendar", "appointment"],
  ["request-person"],
  ["waitlist", "recall", "reminder", "public-page"],
  ["booking"],
  // What stands in a chart, and what opens it.
  ["encounter", "questionnaire", "note"],
  ["chart"],
  ["privacy"],
  // What staff ask of each other.
  ["task", "discussion"],
  // What is written of a patient: what its kinds have in common, the kinds, what reads across them.
  ["terminology", "record-entry", "drug"],
  ["condition", "allergy-intolerance", "history", "observation", "immunization"],
  ["flowsheet", "quick-add", "growth"],
  ["medication"],
  // What a phrase says, it reads off the record.
  ["phrase"],
  ["medication-request"],
  ["letter-template", "letter"],
  ["referral"],
  ["summary", "timeline"],
  // What leaves a chart: the whole of it as one file, and documents sent outwards.
  ["chart-export"],
  ["communication"],
  ["fhir", "host"],
  // Composition roots.
  ["trpc", "web", "worker", "command", "runtime"],
];

const place = (names) => `^server/(${names.join("|")})(/|\\.ts$)`;
// A noun's routers are its doors, as next-auth is one: they belong with the composition roots, whatever their noun's floor.
const router = "^server/.+(router|procedures)\\.ts$|^server/auth/next-auth/";
const value = { dependencyTypesNot: ["type-only"] };

const downward = floors.slice(0, -1).map((names, floor) => ({
  name: `arrows-${names[0]}`,
  comment: `server/{${names.join(",")}} must not import a later floor`,
  severity: "error",
  from: { path: place(names), pathNot: router },
  to: { path: place(floors.slice(floor + 1).flat()), ...value },
}));

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    ...downward,
    {
      name: "placed",
      comment: "a folder of server/ that has no floor: place it in .dependency-cruiser.cjs",
      severity: "error",
      from: { path: "^server/", pathNot: place(floors.flat()) },
      to: {},
    },
    {
      name: "pages-decide-nothing",
      comment:
        "app/ takes types, schema.ts and the few pure functions named here from server/; everything else goes through tRPC",
      severity: "error",
      from: { path: "^(app/|proxy\\.ts$)" },
      to: {
        path: "^(server|prisma|infra)/",
        pathNot:
          "[/-]schema\\.ts$|^server/schedule/(say-when|week)\\.ts$|^server/practitioner/practitioner-name\\.ts$|^server/booking/free-times\\.ts$|^server/patient/(nam|today|fold-name)\\.ts$|^server/task/(next-due|read-due)\\.ts$|^server/observation/(measures|decimal|judge-value|doubt-value)\\.ts$|^server/record-entry/same-(entry|history)\\.ts$|^server/chart/age-on\\.ts$|^server/medication/(posology|number-words)\\.ts$|^server/note/(carry-answers|places|unanswered)\\.ts$|^server/letter/say-value\\.ts$|^server/quick-add/read-quick-line\\.ts$",
        ...value,
      },
    },
    {
      name: "server-knows-no-page",
      severity: "error",
      from: { path: "^(server|emails)/" },
      to: { path: "^(app|tests|prisma)/" },
    },
    {
      name: "server-knows-no-machine",
      comment: "only the two entries open the mail catcher of local mode",
      severity: "error",
      from: { path: "^(server|emails)/", pathNot: "^server/(web|worker)\\.ts$" },
      to: { path: "^infra/" },
    },
    {
      name: "nothing-from-next-below-the-router",
      severity: "error",
      from: { path: "^server/", pathNot: "^server/(web(/|\\.ts$)|auth/)" },
      to: { path: "node_modules/(next|next-auth)/" },
    },
    {
      name: "one-prisma-client",
      comment: "only server/db builds a client, so that no query can forget whose it is",
      severity: "error",
      // The drift test reads the database's shape with the schema engine, which wants the same adapter; the bench of row
      // security compares with a client that enters as nobody.
      from: {
        path: "^(app|server|emails|prisma|tests)/",
        pathNot: "^(server/db/|tests/database/seal/drift\\.test\\.ts$|tests/bench/row-security\\.bench\\.ts$)",
      },
      to: { path: "^server/db/generated|node_modules/@prisma/(client|adapter-pg)", ...value },
    },
    {
      name: "one-way-to-postgres",
      severity: "error",
      from: { path: "^(app|server|emails)/", pathNot: "^server/(db|queue)/" },
      to: { path: "node_modules/pg/", ...value },
    },
    {
      name: "one-queue",
      severity: "error",
      from: { path: "^(app|server|emails|infra|prisma)/", pathNot: "^server/queue/" },
      to: { path: "node_modules/bullmq/", ...value },
    },
    {
      name: "one-stripe",
      severity: "error",
      from: { path: "^(app|server|emails|infra|prisma)/", pathNot: "^server/subscription/" },
      to: { path: "node_modules/stripe/" },
    },
    {
      name: "nothing-serves-from-tests",
      severity: "error",
      from: { pathNot: "^tests/" },
      to: { path: "^tests/" },
    },
    {
      name: "no-development-package-in-production",
      severity: "error",
      from: { path: "^(app|server|emails|infra)/" },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
    },
    { name: "no-circle", severity: "error", from: {}, to: { circular: true, viaOnly: value } },
    { name: "resolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(\\.next|dist|\\.chevet)" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json", ".css"],
    },
  },
};
