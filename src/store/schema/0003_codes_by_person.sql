-- A new password takes back what was granted and not yet fetched.
create index codes_by_person on codes (person_id);
