import { NextIntlClientProvider } from "next-intl";
import { getMessages } from "next-intl/server";
import type { ReactNode } from "react";
import type * as messages from "./fr/index.ts";

export type Namespace = keyof typeof messages;

/** What every client component may use. Kept small: it travels with each page. */
const always: Namespace[] = ["common", "errors"];

/** Gives the client components below it the messages of these namespaces (and of `common` and `errors`), and no more. */
export async function ClientMessages({ of, children }: { of?: Namespace[]; children: ReactNode }) {
  const all = (await getMessages()) as typeof messages;
  const wanted = Object.fromEntries([...always, ...(of ?? [])].map((namespace) => [namespace, all[namespace]]));
  return <NextIntlClientProvider messages={wanted}>{children}</NextIntlClientProvider>;
}
