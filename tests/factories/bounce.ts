/** Reports of non-delivery in the shapes that mail servers give them; addresses and names are made up. */

export interface Report {
  status?: string;
  action?: string;
  diagnostic?: string;
  to?: string;
}

const crlf = (text: string) => Buffer.from(text.replaceAll("\n", "\r\n"));

/** Postfix: notification, delivery-status, the mail's headers. */
export const postfix = ({
  status = "5.1.1",
  action = "failed",
  diagnostic = `smtp; 550 ${status} <zoe@exemple.quebec>: Recipient address rejected: User unknown`,
  to = "retour@exemple.quebec",
}: Report = {}) =>
  crlf(`Return-Path: <>
Date: Tue, 2 Mar 2027 09:30:00 -0500 (EST)
From: MAILER-DAEMON@relais.exemple.quebec (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: ${to}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
	boundary="4A1B2C3D4E.1772461800/relais.exemple.quebec"
Content-Transfer-Encoding: 8bit
Message-Id: <20270302143000.4A1B2C3D4E@relais.exemple.quebec>

This is a MIME-encapsulated message.

--4A1B2C3D4E.1772461800/relais.exemple.quebec
Content-Description: Notification
Content-Type: text/plain; charset=utf-8

This is the mail system at host relais.exemple.quebec.

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients. It's attached below.

--4A1B2C3D4E.1772461800/relais.exemple.quebec
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; relais.exemple.quebec
X-Postfix-Queue-ID: 4A1B2C3D4E
X-Postfix-Sender: rfc822; ${to}
Arrival-Date: Tue,  2 Mar 2027 09:29:58 -0500 (EST)

Final-Recipient: rfc822; zoe@exemple.quebec
Original-Recipient: rfc822;zoe@exemple.quebec
Action: ${action}
Status: ${status}
Remote-MTA: dns; mx.exemple.quebec
Diagnostic-Code: ${diagnostic}

--4A1B2C3D4E.1772461800/relais.exemple.quebec
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers

From: Clinique <ne-pas-repondre@exemple.quebec>
To: zoe@exemple.quebec
Subject: Votre rendez-vous

--4A1B2C3D4E.1772461800/relais.exemple.quebec--
`);

/** Exchange Online: HTML first, a generic status, the real one in a folded diagnostic. */
export const exchange = crlf(`From: <postmaster@exemple.onmicrosoft.example>
To: <retour@exemple.quebec>
Date: Tue, 2 Mar 2027 14:30:00 +0000
Content-Type: multipart/report; report-type=delivery-status;
 boundary="_000_exchange_"
Subject: Undeliverable: Votre rendez-vous
Auto-Submitted: auto-replied
MIME-Version: 1.0

--_000_exchange_
Content-Type: multipart/alternative; boundary="_001_exchange_"

--_001_exchange_
Content-Type: text/plain; charset="us-ascii"

Your message to zoe@exemple.quebec couldn't be delivered.

--_001_exchange_
Content-Type: text/html; charset="us-ascii"

<html><body><p>Your message couldn't be delivered.</p></body></html>

--_001_exchange_--

--_000_exchange_
Content-Type: message/delivery-status

Reporting-MTA: dns;YQB01.exemple.prod.example
Received-From-MTA: dns;relais.exemple.quebec
Arrival-Date: Tue, 2 Mar 2027 14:29:58 +0000

Final-Recipient: rfc822;zoe@exemple.quebec
Action: failed
Status: 5.0.0
Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient
 not found by SMTP address lookup

--_000_exchange_
Content-Type: message/rfc822

From: Clinique <ne-pas-repondre@exemple.quebec>
Subject: Votre rendez-vous
Content-Type: multipart/report; report-type=delivery-status; boundary="inner"

--inner
Content-Type: text/plain

Bonjour
--inner--

--_000_exchange_--
`);

/** Gmail: a report inside multipart/related, base64 pieces, several spellings. */
export const gmail = crlf(`From: Mail Delivery Subsystem <mailer-daemon@googlemail.example>
To: retour@exemple.quebec
Auto-Submitted: auto-replied
Subject: Delivery Status Notification (Failure)
Content-Type: multipart/report; boundary="000000000000b1b2"; report-type=delivery-status

--000000000000b1b2
Content-Type: multipart/related; boundary="000000000000b1b3"

--000000000000b1b3
Content-Type: text/plain; charset="UTF-8"

** Address not found **
--000000000000b1b3--
--000000000000b1b2
Content-Type: message/delivery-status

Reporting-MTA: dns; googlemail.example
Arrival-Date: Tue, 02 Mar 2027 06:29:58 -0800 (PST)
X-Original-Message-ID: <01@exemple.quebec>

final-recipient: rfc822; zoe@exemple.quebec
ACTION: Failed
status: 5.2.2 (mailbox full)
Last-Attempt-Date: Tue, 02 Mar 2027 06:30:00 -0800 (PST)
--000000000000b1b2--
`);

/** An internationalized report (RFC 6533). */
export const global = crlf(`From: postmaster@exemple.quebec
To: retour@exemple.quebec
Content-Type: multipart/report; report-type=global-delivery-status; boundary="g"

--g
Content-Type: text/plain; charset=utf-8

Non livré.
--g
Content-Type: message/global-delivery-status

Reporting-MTA: dns; exemple.quebec

Final-Recipient: utf-8; zoé@exemple.quebec
Action: failed
Status: 5.1.3
--g--
`);

/** qmail knows no RFC 3464. */
export const qmail = crlf(`From: MAILER-DAEMON@vieux.exemple.quebec
To: retour@exemple.quebec
Subject: failure notice

Hi. This is the qmail-send program at vieux.exemple.quebec.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<zoe@exemple.quebec>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.
`);

/** Two recipients of one alias: the first was reached. */
export const mixed = crlf(`From: MAILER-DAEMON@exemple.quebec
To: retour@exemple.quebec
Content-Type: multipart/report; report-type=delivery-status; boundary=m

--m
Content-Type: message/delivery-status

Reporting-MTA: dns; exemple.quebec

Final-Recipient: rfc822; une@exemple.quebec
Action: relayed
Status: 2.0.0

Final-Recipient: rfc822; deux@exemple.quebec
Action: failed
Status: 5.1.1

--m--
`);

/** Somebody is away; the second is how some programs say it without a header. */
export const holidays = [
  crlf(`From: zoe@exemple.quebec
To: retour@exemple.quebec
Auto-Submitted: auto-replied
Subject: Absente du bureau

Je suis absente. En cas d'urgence : erreur #5.1.1, dit-on.
`),
  crlf(`From: zoe@exemple.quebec
To: retour@exemple.quebec
Subject: Re: Votre rendez-vous

Merci, j'y serai!
`),
];
