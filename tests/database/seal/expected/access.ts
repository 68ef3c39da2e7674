/**
 * Who may do what with which rows: one page to read and to judge. The catalogue walk fails when the database says otherwise, and
 * the attack suite takes it for the truth: every statement that this page does not allow must be refused, and every one that
 * it allows must succeed.
 *
 * S select, I insert, U update, D delete, with the columns in brackets when not all; then the condition on the row.
 * `clinic_id=@clinic_id`: the column against what the transaction entered with. `a => b`: a row that meets a may be changed as
 * long as it then meets b. `clinic_id~@clinic_id`: equal, or both absent. `unrestricted`: less what a patient asked not to be
 * shown to this person. A role that is not named holds nothing.
 */
export const access: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "clinic.audit_event": {
    mover:
      "SI(clinic_id id recorded_at event action outcome entity entity_ids patient_id agent_id agent_role session_id request_id address ground detail): clinic_id=@clinic_id",
    registrar:
      "I(clinic_id id event action outcome entity entity_ids patient_id agent_id agent_role session_id request_id address ground detail): clinic_id=@clinic_id & agent_id~@user_id",
    sealer: "S: clinic_id=@clinic_id",
    staff:
      "S: clinic_id=@clinic_id; I(clinic_id id event action outcome entity entity_ids patient_id agent_id agent_role session_id request_id address ground detail): clinic_id=@clinic_id & agent_id~@user_id",
  },
  "clinic.audit_label": {
    mover: "SIUD: clinic_id=@clinic_id",
    registrar: "I: clinic_id=@clinic_id",
    staff: "SIU: clinic_id=@clinic_id",
  },
  "clinic.audit_seal": {
    mover: "SI: clinic_id=@clinic_id",
    sealer: "SI: clinic_id=@clinic_id",
    staff: "S: clinic_id=@clinic_id",
  },
  "clinic.break_glass": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff:
      "S: clinic_id=@clinic_id; I: clinic_id=@clinic_id & user_id=@user_id & (expires_at <= (now() + '12:00:00'::interval))",
  },
  "clinic.clinic": {
    mover: "SIUD: clinic_id=@clinic_id",
    patient:
      "S(clinic_id name legal_regime time_zone default_locale phone email privacy_officer_name privacy_officer_title privacy_officer_email privacy_officer_phone logo_file_id): clinic_id=@clinic_id",
    registrar: "I: clinic_id=@clinic_id",
    staff: "SIU: clinic_id=@clinic_id",
    visitor:
      "S(clinic_id name legal_regime time_zone default_locale phone email privacy_officer_name privacy_officer_title privacy_officer_email privacy_officer_phone logo_file_id): clinic_id=@clinic_id",
  },
  "clinic.counter": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SIU: clinic_id=@clinic_id",
  },
  "clinic.integration": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SIU: clinic_id=@clinic_id",
  },
  "clinic.location": {
    mover: "SIUD: clinic_id=@clinic_id",
    registrar: "I: clinic_id=@clinic_id",
    staff: "SIU: clinic_id=@clinic_id",
  },
  "clinic.name_word": {
    mover: "SIUD: clinic_id=@clinic_id",
    search: "S: every row, past row security",
    staff: "I: clinic_id=@clinic_id",
  },
  "clinic.occupancy": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SIUD: clinic_id=@clinic_id",
  },
  "clinic.patient": {
    mover: "SIUD: clinic_id=@clinic_id",
    patient: "S: clinic_id=@clinic_id & patient_id=@patient_id",
    search: "S: every row, past row security",
    staff: "SIU: clinic_id=@clinic_id & unrestricted",
  },
  "clinic.patient_contact": {
    mover: "SIUD: clinic_id=@clinic_id",
    patient: "S: clinic_id=@clinic_id & patient_id=@patient_id",
    search: "S: every row, past row security",
    staff: "SIU: clinic_id=@clinic_id & unrestricted",
  },
  "clinic.patient_word": {
    mover: "SIUD: clinic_id=@clinic_id",
    search: "S: every row, past row security",
    staff: "S(clinic_id patient_id)ID: clinic_id=@clinic_id & unrestricted",
  },
  "clinic.practitioner": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SIU: clinic_id=@clinic_id",
  },
  "clinic.record_version": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SI: clinic_id=@clinic_id & unrestricted",
  },
  "clinic.related_person": {
    mover: "SIUD: clinic_id=@clinic_id",
    patient: "S: clinic_id=@clinic_id & patient_id=@patient_id",
    staff: "SIU: clinic_id=@clinic_id & unrestricted",
  },
  "clinic.restriction": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff:
      "SI: clinic_id=@clinic_id; U: clinic_id=@clinic_id & ((user_id IS NULL) | (user_id IS DISTINCT FROM @user_id)) => clinic_id=@clinic_id",
  },
  "clinic.stored_file": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SI: clinic_id=@clinic_id & unrestricted",
  },
  "host._prisma_migrations": {},
  "host.agreement": {
    host: "S: @user_id-given",
    registrar: "I: clinic_id=@clinic_id & user_id=@user_id",
    staff: "S: clinic_id=@clinic_id",
  },
  "host.audit_event": {
    host: "S: @user_id-given; I: operator_id=@user_id",
  },
  "host.clinic_registration": {
    auth: "S: clinic_id=@clinic_id | slug=@slug",
    host: "SU(status approved_at approved_by last_updated version): @user_id-given",
    registrar: "I: clinic_id=@clinic_id",
    relay: "S: true",
    staff: "SU(display_name slug time_zone region professions last_updated version): clinic_id=@clinic_id",
  },
  "host.operator": {
    auth: "S: user_id=@user_id",
    host: "S: @user_id-given",
  },
  "host.setting": {
    auth: "S: true",
    host: "S: true; U: @user_id-given",
    registrar: "S: true",
    relay: "S: true",
    staff: "S: true",
    visitor: "S: true",
  },
  "host.slug": {
    auth: "S: slug=@slug",
    registrar: "S: true; I: clinic_id=@clinic_id",
    staff: "SIU(current): clinic_id=@clinic_id",
    visitor: "S: slug=@slug",
  },
  "identity.audit_event": {
    auth: "S: user_id=@user_id; I(id event outcome user_id session_id clinic_id request_id address detail): (user_id IS NULL) | user_id=@user_id | (outcome <> 'success'::text)",
    sealer: "S: @clinic_id = '00000000-0000-0000-0000-000000000000'::uuid",
  },
  "identity.audit_seal": {
    sealer: "SI: @clinic_id = '00000000-0000-0000-0000-000000000000'::uuid",
  },
  "identity.clinic_policy": {
    auth: "S: clinic_id=@clinic_id",
    registrar: "I: clinic_id=@clinic_id",
    staff: "SU: clinic_id=@clinic_id",
  },
  "identity.federated_identity": {
    auth: "S: clinic_id=@clinic_id; IU(last_used_at)D: clinic_id=@clinic_id & user_id=@user_id",
  },
  "identity.invitation": {
    auth: "SU(accepted_at accepted_by version): token_hash=@token_hash",
    staff: "SIU: clinic_id=@clinic_id",
  },
  "identity.membership": {
    auth: "SU(display_name email last_updated version): user_id=@user_id; I: clinic_id=@clinic_id & user_id=@user_id",
    registrar: "I: clinic_id=@clinic_id & user_id=@user_id",
    staff: "SIU: clinic_id=@clinic_id",
  },
  "identity.oidc_provider": {
    auth: "S: clinic_id=@clinic_id",
    staff: "SIUD: clinic_id=@clinic_id",
  },
  "identity.one_time_secret": {
    auth: "SIU(secret_hash sealed_data attempts expires_at used_at)D: secret_hash=@token_hash | id=@secret_id | user_id=@user_id | email=@email",
    registrar: "SU(attempts used_at): id=@secret_id",
    sealer:
      "S(expires_at)D: (@clinic_id = '00000000-0000-0000-0000-000000000000'::uuid) & (expires_at < (now() - '7 days'::interval))",
  },
  "identity.passkey": {
    auth: "S: user_id=@user_id | credential_id=@token_hash; I: user_id=@user_id; U(counter transports label backed_up last_used_at revoked_at): user_id=@user_id | credential_id=@token_hash => user_id=@user_id",
  },
  "identity.recovery_code": {
    auth: "SIUD: user_id=@user_id",
  },
  "identity.session": {
    auth: "SU(last_seen_at expires_at idle_minutes locked_at revoked_at second_factor_at confirmed_at address device place): token_hash=@session_hash | user_id=@user_id; I: user_id=@user_id",
  },
  "identity.totp": {
    auth: "SIUD: user_id=@user_id",
  },
  "identity.user": {
    auth: "S: id=@user_id | email=@email; I: id=@user_id; U: id=@user_id | email=@email => id=@user_id",
    registrar: "I: id=@user_id",
  },
  "queue.dead_letter": {
    host: "S(id clinic_id job job_id error_code attempts failed_at replayed_at replayed_by requeued_as)U(replayed_at replayed_by): true",
    relay: "SIU(requeued_as)D: true",
  },
  "queue.delivery": {
    auth: "I(id clinic_id channel kind subject locale): clinic_id~@clinic_id",
    billing: "I(id clinic_id channel kind subject locale): clinic_id~@clinic_id",
    host: "SI(id clinic_id channel kind subject locale): clinic_id IS NULL",
    patient: "I(id clinic_id channel kind subject locale): clinic_id=@clinic_id",
    registrar: "I(id clinic_id channel kind subject locale): clinic_id=@clinic_id",
    relay: "SU(message_id state attempts error_code started_at settled_at)D: true",
    staff: "SI(id clinic_id channel kind subject locale): clinic_id=@clinic_id",
    visitor: "I(id clinic_id channel kind subject locale): clinic_id=@clinic_id",
  },
  "queue.limit_counter": {
    auth: "SIUD: key=@token_hash",
    sealer: "S(expire)D: @clinic_id = '00000000-0000-0000-0000-000000000000'::uuid",
  },
  "queue.outbox": {
    auth: "I(id clinic_id job payload run_at): clinic_id~@clinic_id",
    billing: "S(id clinic_id)I(id clinic_id job payload run_at)D: clinic_id~@clinic_id",
    host: "I(id clinic_id job payload run_at): clinic_id~@clinic_id",
    mover: "S(id clinic_id)I(id clinic_id job payload run_at)D: clinic_id~@clinic_id",
    patient: "I(id clinic_id job payload run_at): clinic_id=@clinic_id",
    registrar: "I(id clinic_id job payload run_at): clinic_id=@clinic_id",
    relay: "SIU(relayed_at)D: true",
    sealer: "S(id clinic_id)I(id clinic_id job payload run_at)D: clinic_id~@clinic_id",
    staff:
      "S(id clinic_id)D: clinic_id=@clinic_id & @user_id-absent; I(id clinic_id job payload run_at): clinic_id=@clinic_id",
    visitor: "I(id clinic_id job payload run_at): clinic_id=@clinic_id",
  },
};
