"use client";

import { Button, type ButtonProps } from "@mantine/core";
import Link from "next/link";
import type { ReactNode, Ref } from "react";

/** A link that looks like a button: it goes somewhere. Something that happens is a `Button`. */
export function LinkButton({
  href,
  ...props
}: ButtonProps & { href: string; onClick?: () => void; ref?: Ref<HTMLAnchorElement>; children: ReactNode }) {
  return <Button component={Link} href={href} prefetch={false} {...props} />;
}
