#include "web/form_errors.h"

#include <algorithm>
#include <array>
#include <utility>

#include "web/words.h"

namespace hoopoe::web {

namespace {

// The fields by the names that app/ gives them.
using Row = std::pair<std::string_view, std::string_view>;
constexpr std::array sections{
    Row{"username", "HANDLE_ERROR"}, Row{"email", "EMAIL_ERROR"},   Row{"password", "PASSWORD_ERROR"},
    Row{"reason", "REASON_ERROR"},   Row{"invite", "INVITE_ERROR"},
};

}  // namespace

void add_errors(Values& values, const Refusal& refusal) {
  bool is_told = false;
  for (const Refusal::Detail& detail : refusal.details) {
    const auto found = std::ranges::find(sections, std::string_view(detail.field), &Row::first);
    if (found == sections.end()) continue;
    values.section(found->second).set("WORDS", sentence(detail));
    is_told = true;
  }
  if (!is_told) values.section("ERROR").set("WORDS", without_prefix(refusal.what()));
}

}  // namespace hoopoe::web
