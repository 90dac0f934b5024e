-- Whom an account does not want to meet.

-- Neither reads the other, follows the other, or is told of the other.
create table blocks (
  account_id {id} not null,
  target_id {id} not null,
  id {id} not null,
  primary key (account_id, target_id)
) {clustered};
create index blocks_by_account on blocks (account_id, id desc);

-- Left out of what comes to the account by itself, and never learns of it.
create table mutes (
  account_id {id} not null,
  target_id {id} not null,
  id {id} not null,
  notifications_hidden {bool} not null,
  expires {time},
  primary key (account_id, target_id)
) {clustered};
create index mutes_by_account on mutes (account_id, id desc);
