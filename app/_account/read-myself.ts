import "server-only";
import { redirect } from "next/navigation";
import { refusalOf } from "../_trpc/page-error.ts";
import { api } from "../_trpc/server.ts";

/** Whose account this is, or off to the sign-in page and back. */
export async function readMyself(realm: "staff" | "host", path: string) {
  try {
    return await (await api(undefined, realm)).auth.session.state();
  } catch (error) {
    if (!refusalOf(error)) throw error;
    redirect(`${realm === "host" ? "/host/connexion" : "/connexion"}?suite=${encodeURIComponent(path)}`);
  }
}
