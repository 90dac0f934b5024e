#include "store/posting_rules.h"

#include <fmt/ranges.h>

namespace hoopoe::store::posting_rules {

std::vector<PostingRule> list(Read& read) {
  return read.all(
      "select id, act, words, hosts, links, mentions, age_hours, message from posting_rules order by id",
      [](const Row& row) {
        return PostingRule{.id = row.get<RuleId>(0),
                           .act = row.get<RuleAct>(1),
                           .words = parse_rule_list(row.get<std::string>(2)),
                           .hosts = parse_rule_list(row.get<std::string>(3)),
                           .links = row.get<int>(4),
                           .mentions = row.get<int>(5),
                           .age = std::chrono::hours(row.get<int>(6)),
                           .message = row.get<std::string>(7)};
      });
}

RuleId insert(Write& write, const PostingRule& rule) {
  const auto id = write.next_id<RuleId>();
  write.execute(
      "insert into posting_rules (id, act, words, hosts, links, mentions, age_hours, message) "
      "values ($1, $2, $3, $4, $5, $6, $7, $8)",
      id, rule.act, fmt::format("{}", fmt::join(rule.words, "\n")),
      fmt::format("{}", fmt::join(rule.hosts, "\n")), rule.links, rule.mentions,
      static_cast<int>(rule.age.count()), rule.message);
  return id;
}

bool erase(Write& write, RuleId id) {
  return write.execute("delete from posting_rules where id = $1", id) > 0;
}

}  // namespace hoopoe::store::posting_rules
