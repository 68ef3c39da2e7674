import type { Permission, Role } from "#server/access/permissions.ts";
import type { ClinicContext, ClinicView, UserView } from "#server/context.ts";

/** Who is here, in which clinic, and what the workspace may show of it. */
export interface Me {
  readonly user: UserView;
  readonly clinic: ClinicView;
  readonly membership: {
    readonly id: string;
    readonly role: Role;
    readonly displayName: string;
    readonly permissions: readonly Permission[];
  };
}

/** The member of this call, as the workspace's frame needs them. Reads nothing: the context already knows. */
export function readMe({ user, clinic, membership }: ClinicContext): Me {
  const { id, role, displayName, permissions } = membership;
  return { user, clinic, membership: { id, role, displayName, permissions: [...permissions] } };
}
