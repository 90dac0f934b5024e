#include "domain/report.h"

#include <algorithm>
#include <array>
#include <utility>

namespace hoopoe {

namespace {

constexpr std::array names{
    std::pair{ReportCategory::other, std::string_view("other")},
    std::pair{ReportCategory::spam, std::string_view("spam")},
    std::pair{ReportCategory::legal, std::string_view("legal")},
    std::pair{ReportCategory::violation, std::string_view("violation")},
};

}  // namespace

std::optional<ReportCategory> parse_report_category(std::string_view name) {
  const auto found = std::ranges::find(names, name, &decltype(names)::value_type::second);
  if (found == names.end()) return std::nullopt;
  return found->first;
}

std::string_view name_of(ReportCategory category) {
  return std::ranges::find(names, category, &decltype(names)::value_type::first)->second;
}

}  // namespace hoopoe
