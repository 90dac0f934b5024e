// Ids and cursors from outside: a page is what cutting the whole list by hand gives, and a cursor that is no
// id is refused.

#include <algorithm>
#include <optional>
#include <vector>

#include <boost/json.hpp>

#include "base/id.h"
#include "main/test_site.h"
#include "net/encoding.h"
#include "tests/fuzz/require.h"
#include "tests/support/test_square.h"

namespace {

using namespace hoopoe;
using namespace hoopoe::tests;
namespace json = boost::json;

struct Square {
  Square() {
    square.settings().rate_limits_enabled = false;
    const app::Actor jack = square.person("jack");
    for (int i = 0; i < 50; ++i) {
      square.clock().advance(milliseconds(1));
      posts.push_back(square.publish(jack, "post " + std::to_string(i)).post->id.value);
    }
  }
  TestSquare square;
  TestSite site{square};
  std::vector<std::int64_t> posts;  // oldest first
};

Square& square() {
  static Square made;
  return made;
}

struct Cursors {
  std::optional<std::int64_t> max_id, since_id, min_id;
  std::int64_t limit = 20;
};

// Nothing when one of them is no id.
std::optional<Cursors> plainly_read(const net::Parameters& sent) {
  const auto cursor = [&sent](std::string_view name) -> std::optional<std::int64_t> {
    const auto text = sent.get(name).value_or("");
    if (text.empty()) return 0;
    if (text == "0") return 1;
    const auto id = Id<struct AnyTag>::parse(text);
    return id ? std::optional(id->value) : std::nullopt;
  };
  Cursors cursors{cursor("max_id"), cursor("since_id"), cursor("min_id")};
  if (!cursors.max_id || !cursors.since_id || !cursors.min_id) return std::nullopt;
  cursors.limit = std::clamp<std::int64_t>(sent.integer("limit").value_or(cursors.limit), 1, 40);
  return cursors;
}

// Newest first.
std::vector<std::int64_t> plainly_cut(const Cursors& cursors) {
  std::vector<std::int64_t> page;
  const std::int64_t after = *cursors.min_id != 0 ? *cursors.min_id : *cursors.since_id;
  for (const std::int64_t id : square().posts) {
    if (id > after && (*cursors.max_id == 0 || id < *cursors.max_id)) page.push_back(id);
  }
  const auto limit = std::min(page.size(), static_cast<std::size_t>(cursors.limit));
  // The ones just after min_id are the oldest of them.
  if (*cursors.min_id != 0) page.resize(limit);
  std::ranges::reverse(page);
  page.resize(limit);
  return page;
}

std::vector<std::int64_t> ids_of(const net::Response& response) {
  std::vector<std::int64_t> ids;
  for (const json::value& post : json::parse(response.content()).as_array()) {
    ids.push_back(Id<struct AnyTag>::parse(post.at("id").as_string())->value);
  }
  return ids;
}

void check_id(std::string_view text) {
  const auto id = Id<struct AnyTag>::parse(text);
  require(!id || (id->value > 0 && id->str() == text));
}

void check_page(const std::string& query, const net::Parameters& sent) {
  std::optional<Cursors> cursors;
  bool flags_are_right = true;
  try {
    for (const char* flag : {"remote", "only_media", "local"}) {
      flags_are_right = !sent.flag(flag).value_or(false) && flags_are_right;
    }
    cursors = plainly_read(sent);
  } catch (const Refusal&) {
    flags_are_right = false;
  }
  const net::Response response = square().site.get("/api/v1/timelines/public?" + query, {});
  require(response.status == 200 || response.status == 400);
  if (!flags_are_right) return;
  require((response.status == 200) == cursors.has_value());
  if (!cursors) return;
  require(ids_of(response) == plainly_cut(*cursors));
  const auto link = response.headers.find("Link");
  require(!link || std::ranges::count(*link, '<') == 2);
}

}  // namespace

// The input is the query of a timeline, and an id.
// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string query(as_text(data, size));
  check_id(query);
  if (!net::parse_target("/?" + query)) return 0;
  net::Parameters sent;
  try {
    net::read_urlencoded(query, "query", sent);
  } catch (const Refusal&) {
    return 0;
  }
  check_page(query, sent);
  // The pages of browsers have cursors of their own; what is none of them is no fault of the server's.
  require(square().site.get("/?" + query, {}).status < 500);
  return 0;
}
