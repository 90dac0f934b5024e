-- What operators ask of new posts: domain/posting_rule.h. Lists have one entry a line.
create table posting_rules (
  id {id} primary key,
  act {int} not null,
  words {text} not null,
  hosts {text} not null,
  links {int} not null,
  mentions {int} not null,
  age_hours {int} not null,
  message {text} not null
) {strict};

-- Posts that wait for a moderator; each becomes a post of its own, or nothing.
create table held_posts (
  id {id} primary key,
  author_id {id} not null,
  person_id {id} not null,
  client_id {id},
  reply_to_id {id},
  visibility {int} not null,
  reply_rule {int} not null,
  sensitive {bool} not null,
  warning {text} not null,
  language {text} not null,
  text {text} not null,
  created {time} not null
) {strict};
create index held_posts_by_author on held_posts (author_id, id);

drop index reports_open_by_account;
