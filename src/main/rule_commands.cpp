#include "main/rule_commands.h"

#include <algorithm>
#include <array>

#include "app/publish.h"
#include "app/rules.h"
#include "store/held_posts.h"
#include "store/posting_rules.h"
#include "store/posts.h"

namespace hoopoe {

namespace {

int number(const json::object& command, std::string_view name) {
  const json::value* value = command.if_contains(name);
  // What is out of bounds stays so.
  return value != nullptr && value->is_int64()
             ? static_cast<int>(std::clamp<std::int64_t>(value->get_int64(), -1, 1'000'000))
             : 0;
}

PostingRule rule_of(const json::object& command) {
  const auto act = parse_rule_act(field(command, "do"));
  if (!act) refuse("A rule does one of these: hold, limit, refuse.");
  return {.id = {},
          .act = *act,
          .words = parse_rule_list(field(command, "words")),
          .hosts = parse_rule_list(field(command, "sites")),
          .links = number(command, "links"),
          .mentions = number(command, "mentions"),
          .age = std::chrono::hours(number(command, "age")),
          .message = field(command, "message")};
}

std::string add(app::App& app, const json::object& command) {
  const PostingRule rule = rule_of(command);
  const RuleId id =
      app.db.write_blocking([&](store::Write& write) { return app::add_rule(write, rule, act_of(command)); });
  return fmt::format("Rule {} holds from now on.\n", id.value);
}

std::string try_out(app::App& app, const json::object& command) {
  const PostingRule rule = rule_of(command);
  return app.db.read([&](store::Read& read) {
    const app::Trial trial = app::try_rule(read, rule);
    std::string lines = fmt::format("Of the {} newest public posts it would have caught {}.\n",
                                    trial.looked_at, trial.caught);
    for (const Post& post : store::posts::find_many(read, trial.examples)) {
      lines +=
          fmt::format("{}\t{}\t{}\n", post.id.value, handle_of(read, post.author), on_one_line(post.text));
    }
    return lines;
  });
}

std::string list(app::App& app, const json::object&) {
  std::string lines;
  for (const PostingRule& rule : app.db.read(store::posting_rules::list)) {
    lines += fmt::format("{}\t{}\n", rule.id.value, on_one_line(app::describe(rule)));
  }
  return lines;
}

template <class IdType>
IdType require_id(const json::object& command) {
  const auto id = IdType::parse(field(command, "id"));
  if (!id) refuse("It is named by its number in the list.");
  return *id;
}

std::string remove(app::App& app, const json::object& command) {
  const auto id = require_id<RuleId>(command);
  app.db.write_blocking([&](store::Write& write) { app::remove_rule(write, id, act_of(command)); });
  return "Removed.\n";
}

std::string list_held(app::App& app, const json::object& command) {
  std::string lines;
  app.db.read([&](store::Read& read) {
    const auto after = HeldPostId::parse(field(command, "after")).value_or(HeldPostId{});
    for (const HeldPost& held : store::held_posts::list(read, after, listed_max)) {
      lines += fmt::format(
          "{}\t{}\t{}\t{}\t{}\n", held.id.value, iso8601(held.created), handle_of(read, held.author),
          held.draft.warning.empty() ? "-" : on_one_line(held.draft.warning), on_one_line(held.draft.text));
    }
  });
  return lines;
}

std::string release(app::App& app, const json::object& command) {
  const auto id = require_id<HeldPostId>(command);
  const PostId post = app.db.write_blocking(
      [&](store::Write& write) { return app::release_post(app, write, id, act_of(command)); });
  return fmt::format("Published as {}.\n", post.value);
}

std::string turn_down(app::App& app, const json::object& command) {
  const auto id = require_id<HeldPostId>(command);
  app.db.write_blocking([&](store::Write& write) { app::turn_down_post(write, id, act_of(command)); });
  return "Turned down.\n";
}

constexpr std::array commands{
    AdminCommand{.name = "rule add", .run = add},
    AdminCommand{.name = "rule try", .run = try_out},
    AdminCommand{.name = "rule list", .run = list},
    AdminCommand{.name = "rule remove", .run = remove},
    AdminCommand{.name = "held list", .run = list_held},
    AdminCommand{.name = "held release", .run = release},
    AdminCommand{.name = "held turn-down", .run = turn_down},
};

}  // namespace

std::span<const AdminCommand> rule_commands() { return commands; }

}  // namespace hoopoe
