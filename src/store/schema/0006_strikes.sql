-- What moderators told somebody about an act of theirs; the id is that of the notice they got.
create table strikes (
  account_id {id} not null,
  id {id} not null,
  kind {int} not null,                   -- domain/strike.h
  post_id {id},
  words {text} not null,
  primary key (account_id, id)
) {clustered};

create index audit_by_account on audit (account_id, id desc);
create index people_waiting on people (id) where approved is null;
create index report_posts_by_post on report_posts (post_id);
