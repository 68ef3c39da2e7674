import type { APIRequestContext } from "@playwright/test";

interface Caught {
  id: string;
  subject: string;
  text: string;
}

/** The newest caught mail to an address whose subject fits, waited for: it travels through outbox, queue, worker and SMTP. */
export async function waitForMail(request: APIRequestContext, to: string, subject: RegExp): Promise<Caught> {
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    const answer = await request.get(`/local/mail.json?to=${encodeURIComponent(to)}`);
    const list: Caught[] = answer.ok() ? await answer.json() : [];
    const found = list.find((mail) => subject.test(mail.subject));
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`no mail to ${to} about ${subject}`);
}

/** The six digits of the newest code sent to an address. */
export async function waitForCode(request: APIRequestContext, to: string): Promise<string> {
  const { subject } = await waitForMail(request, to, /\d{6}/);
  return /\d{6}/.exec(subject)?.[0] ?? "";
}
