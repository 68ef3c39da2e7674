-- An express consent to what is not about one's care (AC-62, CASL s. 10): its words, its day, how it was given and who wrote it down, apart from
-- what the same address says of messages about care, which comes and goes by itself.
alter table clinic.contact_standing
  add column promotional_source text not null default '' constraint contact_standing_promotional_source check (promotional_source in ('', 'in-person', 'phone', 'written', 'link', 'stop')),
  add column promotional_at timestamptz,
  -- Who wrote it down; nobody, where the person did it by themselves.
  add column promotional_by uuid,
  drop constraint contact_standing_express,
  add constraint contact_standing_express check (promotional <> 'granted'
    or (consent_text <> '' and promotional_by is not null and promotional_source in ('in-person', 'phone', 'written'))),
  add constraint contact_standing_promotional_decided check ((promotional = 'unasked') = (promotional_at is null) and (promotional_source = '') = (promotional_at is null));
