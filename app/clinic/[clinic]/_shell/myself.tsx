"use client";

import { UserMenu } from "../../../_ui/user-menu/user-menu.tsx";

/** Who is signed in here. */
export function Myself(props: { name: string; email: string; role: string }) {
  return <UserMenu {...props}>{null}</UserMenu>;
}
