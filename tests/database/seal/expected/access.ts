/**
 * Who may do what with which rows: one page to read and to judge. The catalogue walk fails when the database says otherwise, and
 * the attack suite takes it for the truth: every statement that this page does not allow must be refused, and every one that
 * it allows must succeed.
 *
 * S select, I insert, U update, D delete, with the columns in brackets when not all; then the condition on the row.
 * `clinic_id=@clinic_id`: the column against what the transaction entered with. `a => b`: a row that meets a may be changed as
 * long as it then meets b. `clinic_id~@clinic_id`: equal, or both absent. `unrestricted`: less what a patient asked not to be
 * shown to this person. `clinical`: they give care here. `addressed`: private to nobody, or to them too. `handled`: they give care here, or it waits to be filed, or they filed it.
 * `unmixed`: nor of what a letter or a note brought from elsewhere in
 * the chart. `suited`: it says nothing of care, or they give care here. A role that is not named
 * holds nothing.
 */
export const access: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "clinic.allergy_intolerance": {
    mover: "SIUD: clinic_id=@clinic_id",
    search: "S(clinic_id patient_id status error_at created_at): every row, past row security",
    staff: "SIU: clinic_id=@clinic_id & unrestricted & clinical",
  },
  "clinic.appointment": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SIU: clinic_id=@clinic_id & unrestricted",
    visitor:
      "S(clinic_id id sitting_id status flow source confirmed_at cancelled_at cancelled_by created_at last_updated version)U(sitting_id status flow confirmed_at cancelled_at cancelled_by last_updated version change_number change_txid): clinic_id=@clinic_id & id=@appointment_id; I(clinic_id id sitting_id patient_id request_person_id source): clinic_id=@clinic_id & ((patient_id IS NULL) | patient_id=@patient_id) & (author_id IS NULL) & (source = ANY (ARRAY['online'::text, 'waitlist'::text]))",
  },
  "clinic.appointment_access": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SIU(revoked_at): clinic_id=@clinic_id",
    visitor:
      "S(clinic_id id appointment_id token_hash expires_at revoked_at)I(clinic_id id appointment_id token_hash expires_at)U(expires_at): clinic_id=@clinic_id & token_hash=@token_hash",
  },
  "clinic.audit_event": {
    mover:
      "SI(clinic_id id recorded_at event action outcome entity entity_ids patient_id agent_id agent_role session_id request_id address ground detail): clinic_id=@clinic_id",
    registrar:
      "I(clinic_id id event action outcome entity entity_ids patient_id agent_id agent_role session_id request_id address ground detail): clinic_id=@clinic_id & agent_id~@user_id",
    sealer: "S: clinic_id=@clinic_id",
    staff:
      "S: clinic_id=@clinic_id; I(clinic_id id event action outcome entity entity_ids patient_id agent_id agent_role session_id request_id address ground detail): clinic_id=@clinic_id & agent_id~@user_id",
    visitor:
      "I(clinic_id id event action outcome entity entity_ids patient_id agent_role request_id address ground detail): clinic_id=@clinic_id & (agent_id IS NULL) & (agent_role = 'visitor'::text) & (session_id IS NULL)",
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
  "clinic.booking_policy": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SIU: clinic_id=@clinic_id",
    visitor: "S: clinic_id=@clinic_id",
  },
  "clinic.break_glass": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff:
      "S: clinic_id=@clinic_id; I: clinic_id=@clinic_id & user_id=@user_id & (expires_at <= (now() + '12:00:00'::interval))",
  },
  "clinic.calendar_feed": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SIU(revoked_at): clinic_id=@clinic_id",
    visitor:
      "S(clinic_id id practitioner_id user_id token_hash level locale last_read_at revoked_at)U(last_read_at): clinic_id=@clinic_id & token_hash=@token_hash",
  },
  "clinic.chart_opening": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff:
      "S: clinic_id=@clinic_id & unrestricted; I: clinic_id=@clinic_id & unrestricted & author_id=@user_id & clinical & (expires_at <= (now() + '12:00:00'::interval))",
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
  "clinic.condition": {
    mover: "SIUD: clinic_id=@clinic_id",
    search: "S(clinic_id patient_id status error_at created_at): every row, past row security",
    staff: "SIU: clinic_id=@clinic_id & unrestricted & clinical",
  },
  "clinic.contact_check": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SU(code_hash)D: clinic_id=@clinic_id",
    visitor:
      "SI(clinic_id id token_hash email expires_at)U(attempts verified_at expires_at)D: clinic_id=@clinic_id & token_hash=@token_hash",
  },
  "clinic.contact_standing": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SIU: clinic_id=@clinic_id",
  },
  "clinic.consent": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SIU: clinic_id=@clinic_id & unrestricted",
  },
  "clinic.correspondent": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SIU: clinic_id=@clinic_id",
  },
  "clinic.chart_export": {
    mover: "SIUD: clinic_id=@clinic_id",
    search:
      "S(clinic_id id patient_id author_id options created_at settled_at held author_role): every row, past row security",
    staff:
      "SIU(status steps done pages left_out file_id size_bytes error_code settled_at held): clinic_id=@clinic_id & unrestricted & clinical & author_id=@user_id",
  },
  "clinic.communication": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SI: clinic_id=@clinic_id & unrestricted",
  },
  "clinic.communication_document": {
    mover: "SIUD: clinic_id=@clinic_id",
    search: "S(clinic_id communication_id document_id chart_export_id): every row, past row security",
    staff: "SI: clinic_id=@clinic_id & unrestricted & (clinical | author_id=@user_id)",
  },
  "clinic.counter": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SIU: clinic_id=@clinic_id",
  },
  "clinic.encounter": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SIU: clinic_id=@clinic_id & unrestricted & clinical",
  },
  "clinic.discussion": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SIU: clinic_id=@clinic_id & unrestricted & suited",
  },
  "clinic.discussion_message": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SI: clinic_id=@clinic_id & unrestricted & suited",
  },
  "clinic.discussion_participant": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SI: clinic_id=@clinic_id & unrestricted & suited",
  },
  "clinic.discussion_reading": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SIU: clinic_id=@clinic_id & unrestricted & author_id=@user_id",
  },
  "clinic.document": {
    mover: "SIUD: clinic_id=@clinic_id",
    search: "S(clinic_id id patient_id category status categories): every row, past row security",
    staff: "SIU: clinic_id=@clinic_id & unrestricted & unmixed & handled",
  },
  "clinic.document_note": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SI: clinic_id=@clinic_id & unrestricted & clinical",
  },
  "clinic.document_text": {
    mover: "SIUD: clinic_id=@clinic_id",
    search: "S: every row, past row security",
    staff: "SIU: clinic_id=@clinic_id & unrestricted & unmixed & handled",
  },
  "clinic.document_upload": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SIU: clinic_id=@clinic_id & author_id=@user_id",
  },
  "clinic.fax_account": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SIU: clinic_id=@clinic_id",
  },
  "clinic.freed_time": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SIU(sitting_id status): clinic_id=@clinic_id & placed",
    visitor:
      "I(clinic_id id service_id location_id resource_id mode starts_at duration_minutes cause): clinic_id=@clinic_id & (sitting_id IS NULL) & (status = 'open'::text)",
  },
  "clinic.healthcare_service": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SIU: clinic_id=@clinic_id",
    visitor: "S: clinic_id=@clinic_id & (status = 'active'::text)",
  },
  "clinic.history_entry": {
    mover: "SIUD: clinic_id=@clinic_id",
    search: "S(clinic_id patient_id status error_at created_at): every row, past row security",
    staff: "SIU: clinic_id=@clinic_id & unrestricted & clinical",
  },
  "clinic.immunization": {
    mover: "SIUD: clinic_id=@clinic_id",
    search: "S(clinic_id patient_id status error_at created_at): every row, past row security",
    staff: "SIU: clinic_id=@clinic_id & unrestricted & clinical",
  },
  "clinic.integration": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SIU: clinic_id=@clinic_id",
  },
  "clinic.location": {
    mover: "SIUD: clinic_id=@clinic_id",
    registrar: "I: clinic_id=@clinic_id",
    staff: "SIU: clinic_id=@clinic_id",
    visitor:
      "S(clinic_id id name address_line city postal_code phone time_zone status): clinic_id=@clinic_id & (status = 'active'::text)",
  },
  "clinic.message_wording": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SIU: clinic_id=@clinic_id",
  },
  "clinic.name_word": {
    mover: "SIUD: clinic_id=@clinic_id",
    search: "S: every row, past row security",
    staff: "I: clinic_id=@clinic_id",
  },
  "clinic.observation": {
    mover: "SIUD: clinic_id=@clinic_id",
    search: "S(clinic_id patient_id status error_at created_at): every row, past row security",
    staff: "SIU: clinic_id=@clinic_id & unrestricted & clinical",
  },
  "clinic.note": {
    mover: "SIUD: clinic_id=@clinic_id",
    search:
      "S(clinic_id id patient_id author_id audience status signed_at signed_by error_at created_at categories): every row, past row security",
    staff: "SIU: clinic_id=@clinic_id & unrestricted & unmixed & clinical & addressed",
  },
  "clinic.note_condition": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SI: clinic_id=@clinic_id & unrestricted & clinical & addressed",
  },
  "clinic.note_draft": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SIU: clinic_id=@clinic_id & unrestricted & unmixed & clinical & addressed",
  },
  "clinic.letter": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SIU: clinic_id=@clinic_id & unrestricted & unmixed & clinical",
  },
  "clinic.letter_draft": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SIU: clinic_id=@clinic_id & unrestricted & unmixed & clinical",
  },
  "clinic.letter_template": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SIU: clinic_id=@clinic_id",
  },
  "clinic.letter_template_version": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SI: clinic_id=@clinic_id",
  },
  "clinic.service_request": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff:
      "SIU: clinic_id=@clinic_id & unrestricted & (clinical | (status = ANY (ARRAY['signed'::text, 'sent'::text, 'booked'::text, 'seen'::text])))",
  },
  "clinic.medication": {
    mover: "SIUD: clinic_id=@clinic_id",
    search: "S(clinic_id patient_id status error_at created_at): every row, past row security",
    staff: "SIU: clinic_id=@clinic_id & unrestricted & clinical",
  },
  "clinic.medication_favourite": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SIU: clinic_id=@clinic_id",
  },
  "clinic.medication_request": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SI: clinic_id=@clinic_id & unrestricted & clinical",
  },
  "clinic.medication_review": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SI: clinic_id=@clinic_id & unrestricted & clinical",
  },
  "clinic.prescription": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SIU: clinic_id=@clinic_id & unrestricted & clinical",
  },
  "clinic.occupancy": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SIUD: clinic_id=@clinic_id",
    visitor:
      "S(clinic_id id resource_id kind during starts_at ends_at blocking hold_expires_at sitting_id): clinic_id=@clinic_id; I(clinic_id id resource_id kind during sitting_id): clinic_id=@clinic_id & sitting_id=@sitting_id & blocking; U(kind): clinic_id=@clinic_id & sitting_id=@sitting_id => clinic_id=@clinic_id & sitting_id=@sitting_id & blocking; D: clinic_id=@clinic_id & (sitting_id=@sitting_id | ((kind = 'hold'::text) & (hold_expires_at < now())))",
  },
  "clinic.opening_review": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "S: clinic_id=@clinic_id; I: clinic_id=@clinic_id & author_id=@user_id",
  },
  "clinic.own_concept": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SIU: clinic_id=@clinic_id",
  },
  "clinic.own_concept_word": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SID: clinic_id=@clinic_id",
  },
  "clinic.patient": {
    mover: "SIUD: clinic_id=@clinic_id",
    patient: "S: clinic_id=@clinic_id & patient_id=@patient_id",
    search: "S: every row, past row security",
    staff: "SIU: clinic_id=@clinic_id & unrestricted",
  },
  "clinic.patient_alert": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SIU: clinic_id=@clinic_id & unrestricted",
  },
  "clinic.patient_contact": {
    mover: "SIUD: clinic_id=@clinic_id",
    patient: "S: clinic_id=@clinic_id & patient_id=@patient_id",
    search: "S: every row, past row security",
    staff: "SIU: clinic_id=@clinic_id & unrestricted",
  },
  "clinic.patient_import": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SIU: clinic_id=@clinic_id",
  },
  "clinic.patient_import_line": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SIU: clinic_id=@clinic_id",
  },
  "clinic.patient_list": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SIU: clinic_id=@clinic_id",
  },
  "clinic.patient_merge": {
    mover: "SIUD: clinic_id=@clinic_id",
    search: "S(clinic_id patient_id undone_at): every row, past row security",
    staff: "SIU: clinic_id=@clinic_id & unrestricted",
  },
  "clinic.patient_merge_row": {
    mover: "SIUD: clinic_id=@clinic_id",
  },
  "clinic.patient_word": {
    mover: "SIUD: clinic_id=@clinic_id",
    search: "S: every row, past row security",
    staff: "S(clinic_id patient_id)ID: clinic_id=@clinic_id & unrestricted",
  },
  "clinic.phrase": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SIU: clinic_id=@clinic_id",
  },
  "clinic.place": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SID: clinic_id=@clinic_id",
    visitor: "SI: clinic_id=@clinic_id; D: clinic_id=@clinic_id & id=@appointment_id",
  },
  "clinic.practitioner": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SIU: clinic_id=@clinic_id",
    visitor:
      "S(clinic_id id prefix family_name given_name profession professional_order permit_number status): clinic_id=@clinic_id & (status = 'active'::text)",
  },
  "clinic.public_page": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SIU: clinic_id=@clinic_id",
    visitor: "S(clinic_id published published_at frame_origins): clinic_id=@clinic_id & (published IS NOT NULL)",
  },
  "clinic.questionnaire": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SIU: clinic_id=@clinic_id",
  },
  "clinic.questionnaire_version": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SI: clinic_id=@clinic_id",
  },
  "clinic.recall": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SIU: clinic_id=@clinic_id & unrestricted",
  },
  "clinic.recall_attempt": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SI: clinic_id=@clinic_id & unrestricted",
  },
  "clinic.record_version": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff:
      "S: clinic_id=@clinic_id & unrestricted & unmixed & ((category = ANY (ARRAY['identity'::text, 'appointment'::text, 'administrative'::text])) | clinical) & addressed; I: clinic_id=@clinic_id & unrestricted",
    visitor:
      "I(clinic_id entity entity_id version patient_id category content replaced_by author_id audience categories): clinic_id=@clinic_id & (entity = ANY (ARRAY['sitting'::text, 'appointment'::text, 'waitlist_entry'::text])) & replaced_by~@user_id",
  },
  "clinic.related_person": {
    mover: "SIUD: clinic_id=@clinic_id",
    patient: "S: clinic_id=@clinic_id & patient_id=@patient_id",
    staff: "SIU: clinic_id=@clinic_id & unrestricted",
  },
  "clinic.reminder_rule": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SIU: clinic_id=@clinic_id",
  },
  "clinic.reminder_rule_service": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SID: clinic_id=@clinic_id",
  },
  "clinic.request_person": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SIU: clinic_id=@clinic_id & unrestricted",
    visitor:
      "I(clinic_id id family_name given_name birth_date language email phone relation booker_name new_patient nam_sealed nam_hash nam_last2 verified_at notice_version text_messages): clinic_id=@clinic_id & (patient_id IS NULL) & (author_id IS NULL) & (status = 'open'::text)",
  },
  "clinic.resource": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SIU(location_id name type status last_updated version change_number change_txid): clinic_id=@clinic_id",
    visitor: "S(clinic_id id kind practitioner_id location_id name type status): clinic_id=@clinic_id",
  },
  "clinic.restriction": {
    mover: "SIUD: clinic_id=@clinic_id",
    search: "S(clinic_id patient_id user_id role created_at ended_at): every row, past row security",
    staff:
      "SI: clinic_id=@clinic_id; U: clinic_id=@clinic_id & ((user_id IS NULL) | (user_id IS DISTINCT FROM @user_id)) & (@denied-absent | (role IS NULL) | (POSITION((((((patient_id)::text || ':'::text) || category) || ';'::text)) IN (current_setting('app.denied'::text, true))) = 0)) => clinic_id=@clinic_id",
  },
  "clinic.schedule_exception": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SIU: clinic_id=@clinic_id",
    visitor: "S(clinic_id id resource_id location_id kind reason starts_at ends_at status): clinic_id=@clinic_id",
  },
  "clinic.schedule_rule": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SIU: clinic_id=@clinic_id",
    visitor: "S: clinic_id=@clinic_id",
  },
  "clinic.schedule_stamp": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SIU: clinic_id=@clinic_id",
    visitor: "SIU: clinic_id=@clinic_id",
  },
  "clinic.self_made_ground": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff:
      "S: clinic_id=@clinic_id & unrestricted; I: clinic_id=@clinic_id & unrestricted & author_id=@user_id & clinical",
  },
  "clinic.service_candidate": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SID: clinic_id=@clinic_id",
    visitor: "S: clinic_id=@clinic_id",
  },
  "clinic.service_requirement": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SID: clinic_id=@clinic_id",
    visitor: "S: clinic_id=@clinic_id",
  },
  "clinic.sitting": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff:
      "SIU: clinic_id=@clinic_id & placed; D: clinic_id=@clinic_id & (status = 'held'::text) & (hold_expires_at < now())",
    visitor:
      "S(clinic_id id kind service_id location_id resource_id mode local_date local_minute time_zone duration_minutes buffer_before_minutes buffer_after_minutes starts_at ends_at capacity status hold_hash hold_expires_at last_updated version): clinic_id=@clinic_id; I(clinic_id id kind service_id location_id resource_id mode local_date local_minute time_zone duration_minutes buffer_before_minutes buffer_after_minutes capacity status hold_hash hold_expires_at): clinic_id=@clinic_id & (status = 'held'::text) & hold_hash=@token_hash; U(location_id resource_id local_date local_minute time_zone status hold_hash hold_expires_at last_updated version change_number change_txid): clinic_id=@clinic_id & id=@sitting_id & (kind = 'visit'::text); D: clinic_id=@clinic_id & (status = 'held'::text) & ((hold_expires_at < now()) | id=@sitting_id)",
  },
  "clinic.sitting_series": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SI: clinic_id=@clinic_id",
  },
  "clinic.stored_file": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SI: clinic_id=@clinic_id & unrestricted",
    visitor:
      "S(clinic_id id purpose media_type size_bytes object_key): clinic_id=@clinic_id & (purpose = 'page-cover'::text) & (patient_id IS NULL)",
  },
  "clinic.task": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SIU: clinic_id=@clinic_id & unrestricted & suited",
  },
  "clinic.task_policy": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SIU: clinic_id=@clinic_id",
  },
  "clinic.transmission": {
    mover: "SIUD: clinic_id=@clinic_id",
    search: "S(clinic_id id patient_id token_hash): every row, past row security",
    staff:
      "SIU(status contact token_hash code_hash code_by tries access_hash access_until revoked_at revoked_by driver provider_id attempts error_code pages started_at settled_at): clinic_id=@clinic_id & unrestricted & (clinical | author_id=@user_id)",
    visitor:
      "S(clinic_id id patient_id content language token_hash code_hash tries access_hash access_until expires_at opened_at fetched revoked_at)U(tries access_hash access_until opened_at fetched): clinic_id=@clinic_id & token_hash=@token_hash & (revoked_at IS NULL) & (expires_at > now())",
  },
  "clinic.visit_message": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff:
      "SIU(channel due_at status reason error_code provider_id segments attempts started_at settled_at): clinic_id=@clinic_id & placed",
  },
  "clinic.waitlist_entry": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SIU: clinic_id=@clinic_id & unrestricted & placed-or-anywhere",
    visitor:
      "S(clinic_id id appointment_id status version leave_hash mailed_hash): clinic_id=@clinic_id & (appointment_id=@appointment_id | leave_hash=@token_hash | mailed_hash=@token_hash); I(clinic_id id request_person_id service_id location_id resource_ids weekdays from_minute until_minute until_date appointment_id source leave_hash): clinic_id=@clinic_id & (patient_id IS NULL) & (author_id IS NULL) & (source = 'online'::text) & (status = 'waiting'::text) & appointment_id~@appointment_id; U(status version): clinic_id=@clinic_id & (status = 'waiting'::text) & (appointment_id=@appointment_id | leave_hash=@token_hash | mailed_hash=@token_hash) => clinic_id=@clinic_id & (status = 'removed'::text) & (appointment_id=@appointment_id | leave_hash=@token_hash | mailed_hash=@token_hash)",
  },
  "clinic.waitlist_offer": {
    mover: "SIUD: clinic_id=@clinic_id",
    staff: "SIU(patient_id token_hash status booked_id answered_at): clinic_id=@clinic_id & unrestricted & placed",
    visitor:
      "S(clinic_id id patient_id request_person_id appointment_id sitting_id service_id location_id resource_id starts_at ends_at token_hash expires_at status booked_id): clinic_id=@clinic_id & token_hash=@token_hash; U(status booked_id answered_at): clinic_id=@clinic_id & token_hash=@token_hash & (status = 'open'::text) => clinic_id=@clinic_id & token_hash=@token_hash & (status = ANY (ARRAY['accepted'::text, 'declined'::text]))",
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
    visitor: "S(clinic_id display_name slug time_zone region status): clinic_id=@clinic_id",
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
  "queue.contact_link": {
    auth: "S(id clinic_id token_hash): clinic_id=@clinic_id & token_hash=@token_hash",
    relay: "S(id clinic_id token_hash number_hash): true",
    staff: "I(id clinic_id token_hash number_hash): clinic_id=@clinic_id",
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
  "queue.return_path": {
    relay:
      "S(id clinic_id standing_id bounced_at created_at)I(id clinic_id standing_id)U(standing_id bounced_at code)D: true",
    staff: "S(id clinic_id standing_id code)I(id clinic_id standing_id)U(standing_id): clinic_id=@clinic_id",
  },
  "queue.text_reply": {
    relay: "SID: true",
  },
  "reference.code_system": {
    staff: "S: no row security",
  },
  // Read by nobody who serves: the host's own import works on them.
  "reference.drug_line": {},
  "reference.drug_part": {},
  "reference.drug_product": {
    staff: "S: no row security",
  },
  "reference.drug_release": {
    staff: "S: no row security",
  },
  "reference.drug_word": {
    staff: "S: no row security",
  },
  "reference.growth_row": {
    staff: "S: no row security",
  },
  "reference.growth_set": {
    staff: "S: no row security",
  },
  "reference.concept": {
    staff: "S: no row security",
  },
  "reference.concept_word": {
    staff: "S: no row security",
  },
};
