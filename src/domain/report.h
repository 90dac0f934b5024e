#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "domain/ids.h"

namespace hoopoe {

// Stored as these numbers (Mastodon API, Report "category").
enum class ReportCategory { other = 0, spam = 1, legal = 2, violation = 3 };
std::optional<ReportCategory> parse_report_category(std::string_view name);
std::string_view name_of(ReportCategory category);

constexpr int report_comment_characters_max = 1000;  // Mastodon API, POST reports "comment"
constexpr std::size_t report_posts_max = 100;
constexpr int open_reports_max = 20;  // of one account: nobody hides what others report under their own

// What somebody asks the operators to look at.
struct Report {
  ReportId id;
  AccountId account;  // who reports; none but operators learn of it
  AccountId target;
  std::vector<PostId> posts;  // of the target
  ReportCategory category = ReportCategory::other;
  std::string comment;
  Time created;
  std::optional<Time> closed;
};

}  // namespace hoopoe
