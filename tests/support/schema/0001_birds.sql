-- A small schema for the tests of the wrapper: one step of each common kind.
create table birds (
  id {id} primary key,
  name {text} not null unique,
  seen {time}
) {strict};
insert into birds (id, name) values (1, 'hoopoe');
