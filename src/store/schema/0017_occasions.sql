-- Live events: a post that sums it up, and the accounts whose posts from then on belong to it.
create table occasions (
  post_id {id} primary key,
  ended {time}
) {strict};

create table occasion_speakers (
  post_id {id} not null,
  position {int} not null,
  account_id {id} not null,
  primary key (post_id, position)
) {clustered};
