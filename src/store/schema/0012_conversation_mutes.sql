-- Conversations that somebody hears no more of, by the post that each begins with.
create table conversation_mutes (
  account_id {id} not null,
  root_id {id} not null,
  primary key (account_id, root_id)
) {clustered};
