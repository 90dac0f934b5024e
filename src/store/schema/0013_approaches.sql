-- To whom somebody wrote, in the last day, who neither follows them nor wrote to them first: app/strangers.h.
create table approaches (
  person_id {id} not null,
  account_id {id} not null,              -- to whom
  created {time} not null,
  primary key (person_id, account_id)
) {clustered};
create index approaches_by_created on approaches (created);
