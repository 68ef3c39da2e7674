/** The ten roles that a transaction may become (architecture: promise 3). */
export type EntryRole =
  | "staff"
  | "patient"
  | "visitor"
  | "auth"
  | "registrar"
  | "host"
  | "billing"
  | "relay"
  | "sealer"
  | "mover";

/** Who a transaction acts as, and the keys that its policies look at. Nothing given is nothing seen. */
export interface Entry {
  readonly role: EntryRole;
  readonly clinicId?: string;
  readonly userId?: string;
  readonly patientId?: string;
  readonly requestId?: string;
  readonly breakGlassId?: string;
  readonly sessionHash?: Uint8Array;
  readonly tokenHash?: Uint8Array;
  readonly secretId?: string;
  readonly email?: string;
  readonly slug?: string;
}

const enterText = "select reference.enter($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";

const bytes = (value?: Uint8Array) => (value ? Buffer.from(value) : null);

/** The one statement that opens a transaction. `named` prepares it once per connection; not behind a transaction pooler. */
export function enterStatement(entry: Entry, named: boolean) {
  return {
    name: named ? "chevet_enter" : undefined,
    text: enterText,
    values: [
      entry.role,
      entry.clinicId ?? null,
      entry.userId ?? null,
      entry.patientId ?? null,
      entry.requestId ?? null,
      entry.breakGlassId ?? null,
      bytes(entry.sessionHash),
      bytes(entry.tokenHash),
      entry.secretId ?? null,
      entry.email ?? null,
      entry.slug ?? null,
    ],
  };
}

/** The same person in the same place: a verb called by a verb joins its transaction, and any other is refused. */
export function sameEntry(a: Entry, b: Entry): boolean {
  return (
    a.role === b.role &&
    a.clinicId === b.clinicId &&
    a.userId === b.userId &&
    a.patientId === b.patientId &&
    a.breakGlassId === b.breakGlassId &&
    a.email === b.email &&
    a.secretId === b.secretId &&
    a.slug === b.slug &&
    sameBytes(a.sessionHash, b.sessionHash) &&
    sameBytes(a.tokenHash, b.tokenHash)
  );
}

function sameBytes(a?: Uint8Array, b?: Uint8Array): boolean {
  if (!a || !b) return a === b;
  return Buffer.compare(a, b) === 0;
}
