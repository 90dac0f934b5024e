#include "store/occasions.h"

#include <fmt/format.h>

namespace hoopoe::store::occasions {

namespace {

// Neither has blocked the other.
std::string not_apart(std::string_view one, std::string_view other) {
  return fmt::format(
      "not exists (select 1 from blocks b where b.account_id = {0} and b.target_id = {1}) "
      "and not exists (select 1 from blocks b where b.account_id = {1} and b.target_id = {0})",
      one, other);
}

}  // namespace

std::unordered_map<PostId, Occasion> find_map(Read& read, const std::vector<PostId>& summaries) {
  std::unordered_map<PostId, Occasion> found;
  for (const Row& row :
       read.query("select o.post_id, p.author_id, o.ended from occasions o "
                  "join posts p on p.id = o.post_id and p.deleted is null where o.post_id in {ids:$1}",
                  summaries)) {
    const auto id = row.get<PostId>(0);
    found.emplace(id, Occasion{.summary = id,
                               .holder = row.get<AccountId>(1),
                               .speakers = {},
                               .ended = row.get<std::optional<Time>>(2)});
  }
  if (found.empty()) return found;
  const std::string speakers =
      "select s.post_id, s.account_id from occasion_speakers s join posts p on p.id = s.post_id "
      "where s.post_id in {ids:$1} and " +
      not_apart("s.account_id", "p.author_id") + " order by s.post_id, s.position";
  for (const Row& row : read.query(Sql::built(speakers), summaries)) {
    const auto occasion = found.find(row.get<PostId>(0));
    if (occasion != found.end()) occasion->second.speakers.push_back(row.get<AccountId>(1));
  }
  return found;
}

std::optional<Occasion> find(Read& read, PostId summary) {
  auto found = find_map(read, {summary});
  return found.empty() ? std::nullopt : std::optional(std::move(found.begin()->second));
}

std::vector<PostId> joined(Read& read, const std::vector<PostId>& summaries, const Post& post) {
  const std::string sql =
      "select o.post_id from occasions o join posts p on p.id = o.post_id and p.deleted is null "
      "and p.visibility < 2 join accounts a on a.id = p.author_id and a.suspended is null "
      "and a.deleted is null where o.post_id in {ids:$1} and o.post_id < $2 "
      "and (o.ended is null or o.ended >= $3) "
      "and exists (select 1 from occasion_speakers s where s.post_id = o.post_id and s.account_id = $4) "
      "and " +
      not_apart("$4", "p.author_id");
  return read.values<PostId>(Sql::built(sql), summaries, post.id, post.created, post.author);
}

void save(Write& write, const Occasion& occasion) {
  erase(write, occasion.summary);
  write.execute("insert into occasions (post_id, ended) values ($1, $2)", occasion.summary, occasion.ended);
  int position = 0;
  for (const AccountId speaker : occasion.speakers) {
    write.execute("insert into occasion_speakers (post_id, position, account_id) values ($1, $2, $3)",
                  occasion.summary, position++, speaker);
  }
}

void erase(Write& write, PostId summary) {
  write.execute("delete from occasions where post_id = $1", summary);
  write.execute("delete from occasion_speakers where post_id = $1", summary);
}

}  // namespace hoopoe::store::occasions
