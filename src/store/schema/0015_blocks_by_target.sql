-- By whom somebody is blocked.
create index blocks_by_target on blocks (target_id, account_id);
