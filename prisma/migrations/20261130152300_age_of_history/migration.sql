-- How old somebody was when it happened to them (FHIR R4, FamilyMemberHistory.condition.onsetAge): « infarctus, père, 52 ans ». A day is known of the
-- patient more often than of a relative. Null: nobody said.
alter table clinic.history_entry add column at_age smallint constraint history_entry_at_age check (at_age between 0 and 120);
