/**
 * Who may do what in a clinic: one closed list, one matrix. `npm run chevet -- access matrix` prints it.
 * The necessity test (LRSSS; AC-28) rules: a role holds what its work needs, and nothing "just in case".
 */
export const permissions = [
  "clinic:read",
  "clinic:manage",
  "clinic:security",
  "member:list",
  "member:invite",
  "member:manage",
  "practitioner:list",
  "practitioner:manage",
  "location:list",
  "location:manage",
  "schedule:read",
  "schedule:manage",
  "page:manage",
  "appointment:read",
  "appointment:write",
  "appointment:overbook",
  "reminder:manage",
  "patient:search",
  "patient:read",
  "patient:write",
  "patient:merge",
  "patient:import",
  "patient:restrict",
  "patient:break-glass",
  "chart:read",
  "chart:write",
  "chart:sign",
  "document:file",
  "task:use",
  "chart:prepare",
  "chart:prescribe",
  "audit:read",
  "audit:export",
  "audit:own",
  "integration:list",
  "integration:manage",
  "privacy:manage",
] as const;
export type Permission = (typeof permissions)[number];

export const roles = [
  "owner",
  "administrator",
  "professional",
  "assistant",
  "billing",
  "trainee",
  "privacy_officer",
] as const;
export type Role = (typeof roles)[number];

const everyone: Permission[] = [
  "clinic:read",
  "member:list",
  "practitioner:list",
  "location:list",
  "schedule:read",
  "audit:own",
];
const administration: Permission[] = [
  ...everyone,
  "clinic:manage",
  "clinic:security",
  "member:invite",
  "member:manage",
  "practitioner:manage",
  "location:manage",
  "integration:list",
  "integration:manage",
  "schedule:manage",
  "page:manage",
  "reminder:manage",
];
const agenda: Permission[] = ["appointment:read", "appointment:write"];
const frontDesk: Permission[] = [
  ...everyone,
  "patient:search",
  "patient:read",
  "patient:write",
  ...agenda,
  // What arrives is filed at the front desk too; of a chart it then sees what it filed itself, and no more.
  "document:file",
  // Of what is asked of somebody, it sees what says nothing of care.
  "task:use",
];
/** What touches many records at once, or whose record something is: for whoever answers for the register. */
const register: Permission[] = ["patient:merge", "patient:import"];
const privacy: Permission[] = ["audit:read", "audit:export", "privacy:manage", "patient:restrict", "integration:list"];

/** The chart is for whoever gives care: by their role, or by the practitioner's card that an owner who sees patients has. */
const care: Permission[] = ["chart:read", "chart:write", "chart:sign", "chart:prepare", "document:file"];

export const matrix: Readonly<Record<Role, readonly Permission[]>> = {
  owner: [...new Set([...administration, ...privacy, ...frontDesk, ...register, "appointment:overbook" as const])],
  administrator: [
    ...new Set([...administration, ...frontDesk, ...register, "appointment:overbook", "audit:read"] as const),
  ],
  professional: [
    ...frontDesk,
    ...care,
    "patient:merge",
    "chart:prescribe",
    "appointment:overbook",
    "patient:break-glass",
    "patient:restrict",
  ],
  // Reception squeezes people in all day: the reason is written beside it.
  assistant: [...frontDesk, "appointment:overbook"],
  billing: [...everyone, "patient:search", "patient:read", "appointment:read", "task:use"],
  // Works under a supervisor's name: reads and writes the record, decides on no restriction.
  trainee: [...frontDesk, ...care],
  privacy_officer: [...everyone, ...privacy, "patient:search", "patient:read"],
};

/** Professions that prescribe drugs (server/medication-request/README.md): theirs alone is `chart:prescribe`. */
export const prescribingProfessions: readonly string[] = [
  "physician",
  "dentist",
  "optometrist",
  "podiatrist",
  "midwife",
  "pharmacist",
];

/** Those who get a prescription ready for somebody who signs it. Whoever else gives care writes down what is taken, and no more. */
export const preparingProfessions: readonly string[] = [
  ...prescribingProfessions,
  "nurse",
  "licensed-practical-nurse",
  "dental-hygienist",
];

/**
 * @param privacyOfficer the person in charge of personal information holds that duty beside any role.
 * @param profession what they practise here by their practitioner's card; "" for whoever has none.
 */
export function permissionsOf(role: Role, privacyOfficer: boolean, profession: string): ReadonlySet<Permission> {
  const held = new Set([...matrix[role], ...(privacyOfficer ? privacy : []), ...(profession ? care : [])]);
  // Whoever gives care here may be alone with somebody whose life is in danger, whatever else they are in the clinic.
  if (role !== "trainee" && profession) held.add("patient:break-glass");
  // A trainee learns it under whoever signs, whatever their card says or does not say yet.
  if (role !== "trainee" && profession !== "" && !preparingProfessions.includes(profession))
    held.delete("chart:prepare");
  // A trainee prepares, and their supervisor signs.
  if (role !== "trainee" && prescribingProfessions.includes(profession)) return held.add("chart:prescribe");
  held.delete("chart:prescribe");
  return held;
}
