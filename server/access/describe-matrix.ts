import { matrix, type Permission, permissions, permissionsOf, type Role, roles } from "./permissions.ts";

export interface MatrixRow {
  readonly permission: Permission;
  readonly held: readonly Role[];
  /** What the person in charge of personal information holds beside any role. */
  readonly officer: boolean;
}

/** The matrix that the server obeys, as rows: for the page that people read and for `chevet access matrix`. */
export function describeMatrix(): { roles: readonly Role[]; rows: MatrixRow[] } {
  // A role that holds nothing of that duty shows what the duty itself brings.
  const bare = matrix.assistant;
  const officer = permissionsOf("assistant", true, "");
  return {
    roles,
    rows: permissions.map((permission) => ({
      permission,
      held: roles.filter((role) => matrix[role].includes(permission)),
      officer: officer.has(permission) && !bare.includes(permission),
    })),
  };
}
