#include <boost/json.hpp>

#include "api/entities.h"
#include "api/handlers.h"
#include "app/accounts.h"
#include "app/report.h"
#include "base/refusal.h"

namespace hoopoe::api {

namespace {

// The entity Report of the Mastodon API. Operators answer in deeds, so no action is ever told in it.
json::object report_json(const Call& call, const Report& report) {
  json::array posts;
  for (const PostId post : report.posts) posts.emplace_back(post.str());
  return {{"id", report.id.str()},
          {"action_taken", false},
          {"action_taken_at", nullptr},
          {"category", name_of(report.category)},
          {"comment", report.comment},
          {"forwarded", false},
          {"created_at", iso8601(report.created)},
          {"status_ids", std::move(posts)},
          {"rule_ids", nullptr},
          {"target_account", account_json(call.app, app::account_by_id(call.app, report.target))}};
}

ReportCategory category_of(const Call& call) {
  const std::string_view name = call.parameter("category");
  if (name.empty()) return ReportCategory::other;
  const auto category = parse_report_category(name);
  if (!category) {
    throw Refusal(RefusalKind::invalid, "Validation failed: Category is other, spam, legal or violation");
  }
  return *category;
}

}  // namespace

Answer report(Call& call) {
  Report wish{.id = {},
              .account = {},
              .target = AccountId{require_id(call.parameter("account_id"))},
              .posts = parameter_ids<PostId>(call, "status_ids"),
              .category = category_of(call),
              .comment = std::string(call.parameter("comment")),
              .created = {}};
  co_return answer(report_json(call, co_await app::report(call.app, call.user(), std::move(wish))));
}

}  // namespace hoopoe::api
