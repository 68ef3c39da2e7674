import { BlockList, isIP } from "node:net";
import { z } from "zod";

/** Every variable that Chevet reads: its shape, what it is for in French and English, and which process cannot start without it. */

export type Process = "web" | "worker" | "migrate";
type About = {
  fr: string;
  en: string;
  neededBy?: Process[];
  /** Another variable that makes this one unnecessary. */
  unless?: string;
};

const about = z.registry<About>();
const flag = z.enum(["0", "1", "true", "false"]).transform((value) => value === "1" || value === "true");
const port = z.coerce.number().int().min(1).max(65535);
const postgresUrl = z.url({ protocol: /^postgres(ql)?$/ });
const secret = z.string().min(32);
const proxies = z
  .string()
  .transform((value) => value.split(",").map((part) => part.trim()))
  .refine((list) => list.every(isAddressOrRange));

const hostsAndPorts = z
  .string()
  .transform((value) => value.split(",").map((part) => part.trim()))
  .refine((list) => list.every((part) => /^[a-z0-9.-]+:\d{1,5}$/.test(part)));

function isAddressOrRange(text: string): boolean {
  const [address = "", bits, ...rest] = text.split("/");
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  if (bits === undefined) return true;
  if (!/^\d{1,3}$/.test(bits)) return false;
  try {
    new BlockList().addSubnet(address, Number(bits), family === 6 ? "ipv6" : "ipv4");
    return true;
  } catch {
    return false;
  }
}

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  return new URL(text).origin === text;
}

export const variables = {
  DATABASE_URL: postgresUrl.optional().register(about, {
    fr: "adresse PostgreSQL d'un administrateur (postgresql://nom:mot-de-passe@hôte/base); sert à préparer la base, jamais à servir",
    en: "PostgreSQL address of an administrator (postgresql://name:password@host/database); it prepares the database and never serves",
  }),
  CHEVET_OWNER_DATABASE_URL: postgresUrl.optional().register(about, {
    fr: "adresse PostgreSQL du rôle chevet_owner, pour les migrations seulement",
    en: "PostgreSQL address of the role chevet_owner, for migrations only",
    neededBy: ["migrate"],
  }),
  CHEVET_WEB_DATABASE_URL: postgresUrl.optional().register(about, {
    fr: "adresse PostgreSQL du rôle chevet_web",
    en: "PostgreSQL address of the role chevet_web",
    neededBy: ["web"],
  }),
  CHEVET_WORKER_DATABASE_URL: postgresUrl.optional().register(about, {
    fr: "adresse PostgreSQL du rôle chevet_worker",
    en: "PostgreSQL address of the role chevet_worker",
    neededBy: ["worker"],
  }),
  CHEVET_QUEUE_DATABASE_URL: postgresUrl.optional().register(about, {
    fr: "adresse PostgreSQL directe (sans PgBouncer) du rôle chevet_queue, pour la file et les mises à jour en direct; sans elle, le processus web écoute par sa propre adresse",
    en: "direct PostgreSQL address (not through PgBouncer) of the role chevet_queue, for the queue and live updates; without it the web process listens by its own address",
    neededBy: ["worker"],
  }),
  DATABASE_POOLED: flag.default(false).register(about, {
    fr: "1 si les adresses web et worker passent par PgBouncer en mode transaction, sinon 0",
    en: "1 when the web and worker addresses go through PgBouncer in transaction mode, else 0",
  }),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(200).default(10).register(about, {
    fr: "connexions PostgreSQL par processus, de 1 à 200",
    en: "PostgreSQL connections per process, from 1 to 200",
  }),
  REDIS_URL: z
    .url({ protocol: /^rediss?$/ })
    .optional()
    .register(about, {
      fr: "adresse Redis ou Valkey (redis://hôte:6379) pour la file et les limites; sans elle, PostgreSQL s'en charge",
      en: "Redis or Valkey address (redis://host:6379) for the queue and rate limits; without it PostgreSQL does both",
    }),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/ })
    .optional()
    .register(about, {
      fr: "serveur de courriel (smtps://nom:mot-de-passe@hôte:465)",
      en: "mail server (smtps://name:password@host:465)",
      neededBy: ["worker"],
    }),
  MAIL_FROM: z.email().optional().register(about, {
    fr: "adresse d'expéditeur des courriels; sans elle, ne-pas-repondre@ suivi du domaine de CHEVET_ORIGIN",
    en: "sender address of the mails; without it, ne-pas-repondre@ followed by the domain of CHEVET_ORIGIN",
  }),
  MAIL_RETURN: z
    .email()
    .refine((address) => address.indexOf("@") <= 11 && !address.includes("+"))
    .optional()
    .register(about, {
      fr: "adresse où reviennent les courriels qui n'arrivent pas (retour@courriel.exemple.quebec; 11 caractères au plus avant @, sans +); chaque envoi y ajoute + et son propre jeton",
      en: "address that mails which do not arrive come back to (retour@courriel.exemple.quebec; at most 11 characters before @, no +); each send adds + and a token of its own",
    }),
  MAIL_RETURN_PORT: port.optional().register(about, {
    fr: "port LMTP où le worker reçoit du serveur de courriel ce qui revient à MAIL_RETURN",
    en: "LMTP port where the worker is given by the mail server what comes back to MAIL_RETURN",
  }),
  MAIL_RETURN_HOST: z.string().min(1).default("127.0.0.1").register(about, {
    fr: "adresse de ce port; 127.0.0.1 quand le serveur de courriel est sur la même machine",
    en: "address of that port; 127.0.0.1 when the mail server is on the same machine",
  }),
  MAIL_CATCHER_PORT: port.optional().register(about, {
    fr: "port de l'attrape-courriel local (mode local seulement, réglé par npm run up)",
    en: "port of the local mail catcher (local mode only, set by npm run up)",
  }),
  SMS_DRIVER: z.enum(["none", "catcher", "swift", "voipms"]).default("none").register(about, {
    fr: "service de textos : none (aucun), catcher (mode local), swift (Swift SMS Gateway) ou voipms (VoIP.ms)",
    en: "text message service: none, catcher (local mode), swift (Swift SMS Gateway) or voipms (VoIP.ms)",
  }),
  SMS_ACCOUNT: z.string().min(1).optional().register(about, {
    fr: "compte du service de textos : la clé de compte (swift) ou le courriel du compte (voipms)",
    en: "account of the text message service: the account key (swift) or the account's e-mail (voipms)",
  }),
  SMS_SECRET: z.string().min(1).optional().register(about, {
    fr: "mot de passe de l'API du service de textos (voipms)",
    en: "API password of the text message service (voipms)",
  }),
  SMS_FROM: z
    .string()
    .regex(/^\+\d{8,15}$/)
    .optional()
    .register(about, {
      fr: "numéro d'où partent les textos (+14185550142)",
      en: "number that text messages leave from (+14185550142)",
    }),
  SMS_API_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .register(about, {
      fr: "autre adresse de l'API de textos, sans barre finale; pour les essais seulement",
      en: "another address of the text message API, without a final slash; for tests only",
    }),
  S3_ENDPOINT: z
    .url({ protocol: /^https?$/ })
    .optional()
    .register(about, {
      fr: "adresse d'un stockage compatible S3; sans elle, les fichiers vont dans CHEVET_DATA_DIR",
      en: "address of an S3-compatible store; without it files go to CHEVET_DATA_DIR",
    }),
  S3_BUCKET: z.string().min(3).optional().register(about, { fr: "seau S3", en: "S3 bucket" }),
  S3_REGION: z.string().min(1).default("ca-east").register(about, { fr: "région S3", en: "S3 region" }),
  S3_ACCESS_KEY_ID: z.string().min(1).optional().register(about, { fr: "clé d'accès S3", en: "S3 access key" }),
  S3_SECRET_ACCESS_KEY: z.string().min(1).optional().register(about, { fr: "secret S3", en: "S3 secret" }),
  CHEVET_KEK_FILE: z
    .string()
    .min(1)
    .optional()
    .register(about, {
      fr: "fichier des clés de chiffrement des clés (plusieurs versions, une courante), lisible du seul service",
      en: "file of the key-encryption keys (several versions, one current), readable by the service only",
      neededBy: ["web", "worker"],
    }),
  CHEVET_KEYSTORE_DIR: z
    .string()
    .min(1)
    .optional()
    .register(about, {
      fr: "dossier des clés de clinique emballées, hors des sauvegardes de la base",
      en: "folder of the wrapped clinic keys, outside the database backups",
      neededBy: ["web", "worker"],
      unless: "CHEVET_KEYSTORE_BUCKET",
    }),
  CHEVET_KEYSTORE_BUCKET: z.string().min(3).optional().register(about, {
    fr: "seau S3 réservé aux clés de clinique emballées, distinct de S3_BUCKET, à la place de CHEVET_KEYSTORE_DIR",
    en: "S3 bucket kept for the wrapped clinic keys, other than S3_BUCKET, instead of CHEVET_KEYSTORE_DIR",
  }),
  CHEVET_AUDIT_HEADS_DIR: z
    .string()
    .min(1)
    .optional()
    .register(about, {
      fr: "dossier des têtes signées du journal, hors de la base",
      en: "folder of the journal's signed heads, outside the database",
      neededBy: ["worker"],
    }),
  CHEVET_AUDIT_KEY_FILE: z
    .string()
    .min(1)
    .optional()
    .register(about, {
      fr: "clé privée Ed25519 (PEM) qui signe les têtes du journal",
      en: "Ed25519 private key (PEM) that signs the journal's heads",
      neededBy: ["worker"],
    }),
  CHEVET_OUTBOUND_ALLOW: hostsAndPorts.optional().register(about, {
    fr: "adresses privées permises aux appels sortants (hôte:port, séparées par des virgules); pour les essais seulement",
    en: "private addresses that outbound calls may reach (host:port, separated by commas); for tests only",
  }),
  CHEVET_ORIGIN: z
    .string()
    .refine(isOrigin)
    .optional()
    .register(about, {
      fr: "adresse publique du site, sans barre finale (https://chevet.exemple.quebec)",
      en: "public address of the site, without a final slash (https://chevet.example.quebec)",
      neededBy: ["web", "worker"],
    }),
  CHEVET_SOURCE_URL: z
    .url({ protocol: /^https$/ })
    .optional()
    .register(about, {
      fr: "adresse https du code source de ce qui tourne ici, que la licence oblige à offrir (AGPL-3.0, article 13); la console de l'hébergeur peut en donner une autre",
      en: "https address of the source code of what runs here, which the licence has you offer (AGPL-3.0, section 13); the host's console may give another",
    }),
  CHEVET_SECRET_STAFF: secret.optional().register(about, {
    fr: "secret du personnel, 32 caractères ou plus, au hasard",
    en: "staff secret, 32 random characters or more",
    neededBy: ["web"],
  }),
  CHEVET_SECRET_PATIENT: secret.optional().register(about, {
    fr: "secret des patients, 32 caractères ou plus, différent des deux autres",
    en: "patients' secret, 32 random characters or more, unlike the other two",
    neededBy: ["web"],
  }),
  CHEVET_SECRET_HOST: secret.optional().register(about, {
    fr: "secret de l'hébergeur, 32 caractères ou plus, différent des deux autres",
    en: "host's secret, 32 random characters or more, unlike the other two",
    neededBy: ["web"],
  }),
  TRUSTED_PROXIES: proxies.optional().register(about, {
    fr: "adresses ou plages (10.0.0.0/8) des mandataires crus sur l'adresse du visiteur, séparées par des virgules",
    en: "addresses or ranges (10.0.0.0/8) of the proxies believed about the visitor's address, separated by commas",
  }),
  CHEVET_LISTEN: z.union([z.ipv4(), z.ipv6()]).default("127.0.0.1").register(about, {
    fr: "adresse d'écoute du site (127.0.0.1, ou 0.0.0.0 dans un conteneur)",
    en: "address the site listens on (127.0.0.1, or 0.0.0.0 in a container)",
  }),
  PORT: port.default(3000).register(about, { fr: "port du site", en: "port of the site" }),
  METRICS_PORT: port.optional().register(about, {
    fr: "port des mesures Prometheus, sur la boucle locale; sans lui, aucune mesure n'est servie",
    en: "port of the Prometheus metrics, on loopback; without it no metrics are served",
  }),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info").register(about, {
    fr: "détail du journal technique : fatal, error, warn, info, debug, trace ou silent",
    en: "detail of the logs: fatal, error, warn, info, debug, trace or silent",
  }),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/ })
    .optional()
    .register(about, {
      fr: "collecteur OpenTelemetry (http://127.0.0.1:4318); sans lui, aucune trace ne sort",
      en: "OpenTelemetry collector (http://127.0.0.1:4318); without it no trace leaves",
    }),
  CHEVET_DATA_DIR: z.string().min(1).default(".chevet").register(about, {
    fr: "dossier des données locales",
    en: "folder of the local data",
  }),
  CHEVET_NEXT_DIR: z.string().min(1).default(".next").register(about, {
    fr: "dossier de construction des pages",
    en: "build folder of the pages",
  }),
  CHEVET_LOCAL: flag.default(false).register(about, {
    fr: "1 en mode local (courriels attrapés visibles, témoins sans https), sinon 0",
    en: "1 in local mode (caught mail visible, cookies without https), else 0",
  }),
  CHEVET_DEV: flag.default(false).register(about, {
    fr: "1 pour développer (pages reconstruites à chaque changement), sinon 0",
    en: "1 for development (pages rebuilt at each change), else 0",
  }),
} satisfies Record<string, z.ZodType>;

/** What a variable is for, in both languages, and who needs it. */
export function aboutVariable(name: keyof typeof variables): About {
  return about.get(variables[name]) ?? { fr: "", en: "" };
}
