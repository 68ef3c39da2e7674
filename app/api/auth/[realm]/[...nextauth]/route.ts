import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { runtime, signInCall } from "../../../../_trpc/server.ts";

type Context = { params: Promise<{ realm: string; nextauth: string[] }> };

/** next-auth, with the options that the web process lends for this request (server/auth/next-auth). */
async function serve(request: NextRequest, context: Context): Promise<Response> {
  const { realm, nextauth } = await context.params;
  const { isServed, signInDoor } = runtime().auth;
  if (!isServed(request.method, realm, nextauth)) return new Response(null, { status: 404 });
  const door = signInDoor({ ...(await signInCall()), realm });
  return door.finish(await NextAuth(request, context, door.options));
}

export { serve as GET, serve as POST };
